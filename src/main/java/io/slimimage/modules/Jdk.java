package io.slimimage.modules;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.slimimage.SlimImageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JDK on this machine, which need not be the one that runs this code.
 *
 * @param home its directory
 * @param feature its feature release, such as 17
 * @param release the properties of its file {@code release}, without quotes
 */
public record Jdk(Path home, int feature, Map<String, String> release) {

  private static final Pattern LINE = Pattern.compile("(\\w+)=\"?(.*?)\"?\\s*");
  private static final Pattern FEATURE = Pattern.compile("(?:1\\.)?(\\d{1,4})(?:[.+-].*)?");
  private static final int FIRST_WITH_MODULES = 9;

  /** Copies the map. */
  public Jdk {
    Objects.requireNonNull(home, "home");
    release = Map.copyOf(release);
  }

  /**
   * Reads the JDK in a directory.
   *
   * @throws SlimImageException if there is none, or one without modules
   */
  public static Jdk at(Path home) {
    Map<String, String> release = readRelease(home);
    Matcher version = FEATURE.matcher(release.getOrDefault("JAVA_VERSION", ""));
    if (!version.matches()) {
      throw noJdk(home, "its file release has no JAVA_VERSION", null);
    }
    int feature = Integer.parseInt(version.group(1));
    if (feature < FIRST_WITH_MODULES || !Files.isRegularFile(home.resolve("lib/modules"))) {
      throw noJdk(home, "it is of release " + feature + " and has no file lib/modules", null);
    }
    return new Jdk(home, feature, release);
  }

  /**
   * Returns the path of {@code jlink}.
   *
   * @throws SlimImageException if this is a JRE, which has none
   */
  public Path jlink() {
    for (String name : new String[] {"jlink", "jlink.exe"}) {
      Path jlink = home.resolve("bin").resolve(name);
      if (Files.isRegularFile(jlink)) {
        return jlink;
      }
    }
    throw new SlimImageException(
        SlimImageException.advise(
            "[" + home + "] is a JRE: it has no bin/jlink",
            "run Maven on a JDK or set slimimage.runtime=jre"));
  }

  /** Returns whether it has its modules as files to link from, and need not link from itself. */
  public boolean hasJmods() {
    return Files.isRegularFile(home.resolve("jmods/java.base.jmod"));
  }

  private static Map<String, String> readRelease(Path home) {
    Path file = home.resolve("release");
    if (!Files.isRegularFile(file)) {
      throw noJdk(home, "it has no file release", null);
    }
    Map<String, String> release = new HashMap<>();
    try {
      for (String line : Files.readAllLines(file, UTF_8)) {
        Matcher property = LINE.matcher(line);
        if (property.matches()) {
          release.put(property.group(1), property.group(2));
        }
      }
    } catch (CharacterCodingException e) {
      throw noJdk(home, "its file release is no text", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
    return release;
  }

  private static SlimImageException noJdk(Path home, String why, Exception cause) {
    return new SlimImageException(
        SlimImageException.advise(
            "[" + home + "] is no JDK that a runtime can be linked from: " + why,
            "run Maven on a JDK from release 17 on"),
        cause);
  }
}
