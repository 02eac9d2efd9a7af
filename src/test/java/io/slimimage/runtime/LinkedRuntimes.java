package io.slimimage.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Runs, copies and describes linked runtimes. */
final class LinkedRuntimes {

  private LinkedRuntimes() {}

  /** Returns the names of the modules. */
  static List<String> modules(Path runtime) throws Exception {
    return run(runtime.resolve("bin/java").toString(), "--list-modules")
        .lines()
        .map(line -> line.replaceFirst("@.*", ""))
        .toList();
  }

  /** Runs a program of the tests and returns what it has found, by the names of its tests. */
  static Map<String, String> probe(Path runtime, Class<?> program, String... tests)
      throws Exception {
    String classes =
        Path.of(program.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    List<String> command =
        new ArrayList<>(
            List.of(
                runtime.resolve("bin/java").toString(),
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Djava.awt.headless=true",
                "-cp",
                classes,
                program.getName()));
    command.addAll(List.of(tests));
    Map<String, String> found = new TreeMap<>();
    run(command.toArray(String[]::new))
        .lines()
        .forEach(line -> found.put(line.split("=")[0], line.substring(line.indexOf('=') + 1)));
    return found;
  }

  /** Runs a command, which must succeed, and returns what it prints. */
  static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  /** Returns kind, permissions and content of everything in a directory. */
  static Map<String, String> describe(Path runtime) throws IOException {
    Map<String, String> described = new TreeMap<>();
    try (Stream<Path> files = Files.walk(runtime)) {
      for (Path file : files.toList()) {
        described.put(runtime.relativize(file).toString(), describeOne(file));
      }
    }
    return described;
  }

  private static String describeOne(Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      return "link to " + Files.readSymbolicLink(file);
    }
    String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    return Files.isDirectory(file) ? permissions : permissions + Digest.sha256(Blob.of(file));
  }

  /** Copies a runtime or a JDK, this without what is large and never linked. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (!name.endsWith(".jsa") && !name.equals("src.zip")) {
          Files.copy(
              file,
              to.resolve(from.relativize(file).toString()),
              LinkOption.NOFOLLOW_LINKS,
              StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }
}
