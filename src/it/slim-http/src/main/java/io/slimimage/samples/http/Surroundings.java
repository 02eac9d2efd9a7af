package io.slimimage.samples.http;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.NumberFormat;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the application finds around it, one fact a line. */
final class Surroundings {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 22);

  private Surroundings() {}

  static String facts() {
    Map<String, Callable<Object>> facts = new LinkedHashMap<>();
    facts.put("javaHome", () -> Files.isDirectory(Path.of(System.getProperty("java.home"))));
    facts.put("userName", () -> System.getProperty("user.name"));
    facts.put("userHome", () -> System.getProperty("user.home"));
    facts.put("userHomeExists", () -> Files.isDirectory(Path.of(System.getProperty("user.home"))));
    facts.put("localhost", () -> InetAddress.getByName("localhost").isLoopbackAddress());
    addTimes(facts);
    addTexts(facts);
    addFiles(facts);
    addProcesses(facts);
    return facts.entrySet().stream()
        .map(fact -> fact.getKey() + "=" + outcome(fact.getValue()) + "\n")
        .collect(Collectors.joining());
  }

  private static void addTimes(Map<String, Callable<Object>> facts) {
    facts.put("seoul", () -> ZonedDateTime.now(ZoneId.of("Asia/Seoul")).getOffset());
    facts.put("berlin", () -> DAY.atStartOfDay(ZoneId.of("Europe/Berlin")).getOffset());
    facts.put("zone", ZoneId::systemDefault);
  }

  private static void addTexts(Map<String, Callable<Object>> facts) {
    facts.put("charset", Charset::defaultCharset);
    facts.put("fileNames", () -> System.getProperty("sun.jnu.encoding"));
    facts.put(
        "date",
        () ->
            DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL)
                .withLocale(Locale.KOREA)
                .format(DAY));
    facts.put("day", () -> DayOfWeek.SUNDAY.getDisplayName(TextStyle.FULL, Locale.KOREAN));
    facts.put("money", () -> NumberFormat.getCurrencyInstance(Locale.KOREA).format(1234));
  }

  private static void addFiles(Map<String, Callable<Object>> facts) {
    facts.put("temporary", () -> deleted(Files.createTempFile("slim", null)));
    facts.put("hangul", Surroundings::hangul);
    facts.put("uid", () -> owner("unix:uid"));
    facts.put("gid", () -> owner("unix:gid"));
    facts.put("root", () -> deleted(Files.createFile(Path.of("/slim"))));
  }

  private static void addProcesses(Map<String, Callable<Object>> facts) {
    facts.put("shell", () -> exitCode("/bin/sh", "-c", "exit 0"));
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    facts.put("child", () -> exitCode(java.toString(), "-version"));
  }

  /** Returns the name of a file as the system lists it after it was created. */
  private static String hangul() throws IOException {
    Path directory = Files.createTempDirectory("slim");
    Path file = Files.writeString(directory.resolve("한글.txt"), "한글");
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(found -> found.getFileName().toString()).collect(Collectors.joining(","));
    } finally {
      Files.delete(file);
      Files.delete(directory);
    }
  }

  private static Object owner(String attribute) throws IOException {
    Path file = Files.createTempFile("slim", null);
    try {
      return Files.getAttribute(file, attribute);
    } finally {
      Files.delete(file);
    }
  }

  private static boolean deleted(Path file) throws IOException {
    return Files.deleteIfExists(file);
  }

  private static int exitCode(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return process.waitFor();
  }

  /** A fact that cannot be had says why; the others must still be told. */
  private static Object outcome(Callable<Object> fact) {
    try {
      return fact.call();
    } catch (Exception | LinkageError e) {
      return e;
    }
  }
}
