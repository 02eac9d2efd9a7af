package io.slimimage.runtime;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
    String tool = request.jdk().jlink().toString();
    List<List<String>> forms = forms(request.form());
    for (int i = 0; ; i++) {
      List<String> command = new ArrayList<>(List.of(tool));
      command.addAll(options(request));
      command.addAll(forms.get(i));
      command.add("--output=" + output);
      log.debug(JlinkFailure.quoted(command));
      Result result = execute(command);
      log.debug(result.output());
      if (result.status() == 0) {
        return;
      }
      boolean refused = result.output().toLowerCase(Locale.ROOT).contains("compress");
      if (!refused || i == forms.size() - 1) {
        throw JlinkFailure.of(command, result.status(), result.output(), output);
      }
    }
  }

  /**
   * Returns the options for the form, the best first: each JDK refuses those that it does not know.
   *
   * <p>What {@code jlink} compresses a layer cannot compress once more, so the smallest layer needs
   * classes that only share their strings. JDK 21 has deprecated that, and JDK 25 still has it.
   */
  static List<List<String>> forms(JimageForm form) {
    return switch (form) {
      case PULL -> List.of(List.of("--compress=1"), List.of());
      case DISK -> List.of(List.of("--compress=zip-9"), List.of("--compress=2"));
    };
  }

  /** Returns all other options but the output. */
  static List<String> options(LinkRequest request) {
    Languages languages = Languages.of(request.locales());
    List<String> options = new ArrayList<>();
    JVM_OPTIONS.forEach(option -> options.add("-J" + option));
    options.add("--add-modules=" + String.join(",", request.modules()));
    // Not --strip-debug, which needs objcopy.
    options.add("--strip-java-debug-attributes");
    options.add("--no-header-files");
    options.add("--no-man-pages");
    options.add("--exclude-resources=" + languages.others());
    if (request.modules().contains("jdk.localedata")) {
      options.add("--include-locales=" + String.join(",", languages.codes()));
    }
    return options;
  }

  private record Result(int status, String output) {}

  private static Result execute(List<String> command) {
    try (Child child = new Child()) {
      Process process = child.start(new ProcessBuilder(command).redirectErrorStream(true));
      process.getOutputStream().close();
      byte[] output = process.getInputStream().readAllBytes();
      return new Result(process.waitFor(), new String(output, StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      throw new SlimImageException(
          SlimImageException.advise(
              "[" + command.get(0) + "] does not run (" + e.getMessage() + ")",
              "check that the JDK is one for this machine"),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SlimImageException("jlink was interrupted", e);
    }
  }
}
