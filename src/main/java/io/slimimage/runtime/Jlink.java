package io.slimimage.runtime;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Runs the {@code jlink} of a JDK. */
final class Jlink {

  /**
   * How the tool's own JVM runs. It keeps its plugins in a hash table by their identity hashes, so
   * that it depends on the machine's locale and more whether the generated classes are stripped;
   * with the same hash for all objects the result is always the same. Without the server's compiler
   * and garbage collector it takes less processor time, and a third of the memory.
   */
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-XX:+IgnoreUnrecognizedVMOptions",
          "-XX:+UnlockExperimentalVMOptions",
          "-XX:hashCode=2",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Duser.language=en");

  private static final int LAST_LINES = 10;
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private static final Pattern STACK_FRAME = Pattern.compile("\\s+(at |\\.\\.\\. \\d+ more)");

  private final LinkRequest request;
  private final BuildLog log;

  Jlink(LinkRequest request, BuildLog log) {
    this.request = request;
    this.log = log;
  }

  /**
   * Links the runtime.
   *
   * @param output its directory, which must not exist
   * @throws SlimImageException if there is no {@code jlink}, or it fails
   */
  void run(Path output) {
    if (!Files.isExecutable(tool())) {
      throw new SlimImageException(
          SlimImageException.advise(
              "the Java runtime [" + request.jdk().home() + "] has no bin/jlink",
              "build with a JDK, or set slimimage.runtime to jre"));
    }
    List<List<String>> forms = forms(request.form());
    for (int i = 0; ; i++) {
      List<String> command = command(forms.get(i), output);
      log.debug(quoted(command));
      Result result = execute(command);
      log.debug(result.output());
      if (result.status() == 0) {
        return;
      }
      boolean refused = result.output().toLowerCase(Locale.ROOT).contains("compress");
      if (!refused || i == forms.size() - 1) {
        throw failure(command, result);
      }
    }
  }

  private Path tool() {
    return request.jdk().home().resolve("bin").resolve("jlink");
  }

  /**
   * Returns the options for the form, the best first: each JDK refuses those that it does not know.
   *
   * <p>What {@code jlink} compresses a layer cannot compress once more, so the smallest layer needs
   * classes that only share their strings. JDK 21 has deprecated that, and JDK 25 still has it.
   */
  private static List<List<String>> forms(JimageForm form) {
    return switch (form) {
      case PULL -> List.of(List.of("--compress=1"), List.of());
      case DISK -> List.of(List.of("--compress=zip-9"), List.of("--compress=2"));
    };
  }

  private List<String> command(List<String> form, Path output) {
    Languages languages = Languages.of(request.locales());
    List<String> command = new ArrayList<>();
    command.add(tool().toString());
    JVM_OPTIONS.forEach(option -> command.add("-J" + option));
    command.add("--add-modules=" + String.join(",", request.modules()));
    // Not --strip-debug, which needs objcopy.
    command.add("--strip-java-debug-attributes");
    command.add("--no-header-files");
    command.add("--no-man-pages");
    command.add("--exclude-resources=" + languages.others());
    if (request.modules().contains("jdk.localedata")) {
      command.add("--include-locales=" + String.join(",", languages.codes()));
    }
    command.addAll(form);
    command.add("--output=" + output);
    return command;
  }

  private record Result(int status, String output) {}

  private Result execute(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try {
        process.getOutputStream().close();
        byte[] output = process.getInputStream().readAllBytes();
        return new Result(process.waitFor(), new String(output, StandardCharsets.UTF_8).strip());
      } finally {
        process.destroy();
      }
    } catch (IOException e) {
      throw new SlimImageException(
          SlimImageException.advise(
              "[" + tool() + "] does not run (" + e.getMessage() + ")",
              "check that the JDK is one for this machine"),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SlimImageException("jlink was interrupted", e);
    }
  }

  private static SlimImageException failure(List<String> command, Result result) {
    List<String> lines =
        result.output().lines().filter(line -> !STACK_FRAME.matcher(line).lookingAt()).toList();
    String last =
        lines.stream()
            .skip(Math.max(0, lines.size() - LAST_LINES))
            .collect(Collectors.joining("\n"));
    return new SlimImageException(
        SlimImageException.advise(
                "jlink failed with exit code " + result.status(),
                "repeat by hand what it was to do:")
            + "\n"
            + quoted(command)
            + "\nIt said:\n"
            + last);
  }

  /** Writes a command as a shell takes it. */
  private static String quoted(List<String> command) {
    return command.stream()
        .map(word -> PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }
}
