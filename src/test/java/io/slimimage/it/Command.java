package io.slimimage.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Programs on the path. */
final class Command {

  private static final long LIMIT_SECONDS = 120;

  private Command() {}

  static boolean exists(String name) {
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(System.getenv().getOrDefault("PATH", ""))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
  }

  /** Runs a program to its end and returns what it wrote; fails where the program does. */
  static String run(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("command", ".log");
    Path errors = Files.createTempFile("command", ".err");
    try {
      Process process =
          new ProcessBuilder(List.of(command))
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile())
              .start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(List.of(command) + " does not end");
      }
      String text = Files.readString(output, UTF_8);
      if (process.exitValue() != 0) {
        throw new AssertionError(
            List.of(command)
                + " ended with "
                + process.exitValue()
                + ":\n"
                + text
                + Files.readString(errors, UTF_8));
      }
      return text;
    } finally {
      Files.delete(output);
      Files.delete(errors);
    }
  }
}
