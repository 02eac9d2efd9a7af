package io.slimimage.maven;

import io.slimimage.SlimImageException;
import io.slimimage.image.ImageConfig;
import io.slimimage.runtime.SlimRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The programs that an image on {@code scratch} has: those of Java, and what the project brings.
 *
 * @param config how a container starts
 * @param extra the directory of the project's own files for the image, which need not exist
 */
record ScratchPrograms(ImageConfig config, Path extra) {

  private static final String JAVA = "/" + SlimRuntime.HOME + "/";

  /** What every Java runtime has. */
  private static final Set<String> JAVA_PROGRAMS = Set.of("java", "keytool");

  /** More than the first line of a script has. */
  private static final int FIRST_LINE = 256;

  /** Returns what to warn of: commands that no container could run. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    check("entrypoint", config.entrypoint(), warnings);
    if (config.healthcheck() != null) {
      check("healthcheck.command", config.healthcheck().command(), warnings);
    }
    return warnings;
  }

  private void check(String parameter, List<String> command, List<String> warnings) {
    if (command.isEmpty() || isThere(command.get(0))) {
      return;
    }
    warnings.add(
        SlimImageException.advise(
            "'"
                + ParameterReader.PREFIX
                + "container."
                + parameter
                + "' ["
                + String.join(",", command)
                + "] cannot run: on the base image 'scratch' there is no shell and no program but"
                + " Java's",
            "begin it with java, bring the program by 'slimimage.extraDirectory', or name an image"
                + " that has it by 'slimimage.baseImage'"));
  }

  private boolean isThere(String program) {
    if (program.contains("/")) {
      String path = program.startsWith("/") ? program : config.workingDirectory() + "/" + program;
      return path.startsWith(JAVA) || isBrought(path);
    }
    return Stream.of(config.env().getOrDefault("PATH", "").split(":"))
        .anyMatch(
            directory ->
                JAVA_PROGRAMS.contains(program) && (directory + "/").equals(JAVA + "bin/")
                    || isBrought(directory + "/" + program));
  }

  /** A script is worth nothing without the program that runs it. */
  private boolean isBrought(String path) {
    Path file = extra.resolve(path.replaceFirst("^/+", ""));
    if (Files.isSymbolicLink(file)) {
      // Where it leads in the image is not worth finding out for a warning.
      return true;
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    String line = firstLine(file);
    return !line.startsWith("#!") || isThere(line.substring(2).strip().split("\\s+")[0]);
  }

  private static String firstLine(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String start = new String(in.readNBytes(FIRST_LINE), StandardCharsets.ISO_8859_1);
      return start.lines().findFirst().orElse("");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
