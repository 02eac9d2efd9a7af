package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.image.ImageConfig;
import io.slimimage.runtime.SlimRuntime;
import io.slimimage.system.BaseSystem;
import java.nio.file.Path;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Translates the parameters of a linked runtime, collecting what is wrong with them. */
final class RuntimeReader {

  private static final String JAVA = "/" + SlimRuntime.HOME + "/bin/java";
  private static final String CHARSET = "LC_CTYPE";
  private static final String UTF_8 = "C.UTF-8";

  private final RuntimeParameters given;
  private final RuntimeChoice choice;
  private final Problems problems;

  RuntimeReader(RuntimeParameters given, RuntimeChoice choice, Problems problems) {
    this.given = given;
    this.choice = choice;
    this.problems = problems;
  }

  /** Returns the program that starts the application. */
  String java() {
    return choice.linked() ? JAVA : "java";
  }

  /** Returns the variables that a container needs for the runtime. */
  Map<String, String> env() {
    Map<String, String> env = new LinkedHashMap<>();
    if (choice.linked()) {
      env.put("JAVA_HOME", "/" + SlimRuntime.HOME);
      if (choice.onScratch()) {
        env.put("PATH", "/" + SlimRuntime.HOME + "/bin");
      }
      // The JVM takes the charset of file names from this category alone.
      env.put(CHARSET, UTF_8);
    }
    return env;
  }

  /**
   * Returns how to link, or nothing where the base image has a runtime.
   *
   * @param module the module's directory, which files are relative to
   * @param log hears of certificates that have expired
   * @param cache what the builds that use this configuration keep results in
   */
  Optional<RuntimeConfiguration> read(Path module, ImageConfig config, String cache, BuildLog log) {
    if (!choice.linked()) {
      return Optional.empty();
    }
    if (choice.onScratch()) {
      checkUser(config.user());
      warnOfLocales(config.env(), log);
    }
    given.locales().forEach(this::checkLocale);
    return Optional.of(
        new RuntimeConfiguration(
            given.modules().only(),
            added(config),
            given.modules().exclude(),
            given.locales(),
            CaFiles.read(module, given.caCertificates(), problems, log),
            config.user(),
            ContainerReader.hasOwnHome(config.user()) ? ContainerReader.HOME.substring(1) : "",
            choice.onScratch() ? BaseSystem.SCRATCH : null,
            cache));
  }

  private List<String> added(ImageConfig config) {
    Set<String> added = new LinkedHashSet<>(given.modules().add());
    if (given.modules().only().isEmpty()) {
      added.addAll(FlagModules.of(config));
    }
    return List.copyOf(added);
  }

  /** Only we write the accounts of an image on nothing, and a name tells no number. */
  private void checkUser(String user) {
    for (String part : user.split(":", 2)) {
      if (part.matches("[a-z_][a-zA-Z0-9_.-]*") && !part.equals("root")) {
        problems.add(
            "container.user",
            user,
            "a number on the base image 'scratch', which knows no names but root",
            "write " + ContainerReader.DEFAULT_USER);
        return;
      }
    }
  }

  /** Of a locale other than C.UTF-8 there are no files here, and glibc falls back to ASCII. */
  private static void warnOfLocales(Map<String, String> env, BuildLog log) {
    env.forEach(
        (name, value) -> {
          if (name.matches("LANG|LC_[A-Z]+") && undoesUtf8(name, value)) {
            log.warn(
                SlimImageException.advise(
                    "'slimimage.container.env."
                        + name
                        + "' ["
                        + value
                        + "] keeps glibc from knowing UTF-8 in this image, so that file names other"
                        + " than ASCII fail",
                    "remove it: UTF-8 is there without it, and languages by 'slimimage.locales'"));
          }
        });
  }

  private static boolean undoesUtf8(String name, String value) {
    boolean utf8 = value.matches("(?i)C\\.UTF-?8");
    return switch (name) {
      case CHARSET -> !utf8;
      case "LC_ALL" -> !utf8 && !value.isEmpty();
      default -> !utf8 && !List.of("", "C", "POSIX").contains(value);
    };
  }

  private void checkLocale(String tag) {
    try {
      if (new Locale.Builder().setLanguageTag(tag.strip()).build().getLanguage().isEmpty()) {
        throw new IllformedLocaleException();
      }
    } catch (IllformedLocaleException e) {
      problems.add("locales", tag, "a language tag of BCP 47", "write ko, de-AT or zh-Hans-CN");
    }
  }
}
