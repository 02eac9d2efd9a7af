package io.slimimage.credentials;

import io.slimimage.ConfigurationException;
import io.slimimage.SlimImageException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Where a user's configuration and programs are found: a value, so that tests need no process. */
public final class UserEnvironment {

  /** In the order in which a helper is usually there: {@code .exe} first, wrappers after it. */
  private static final List<String> WINDOWS_EXTENSIONS = List.of(".exe", ".cmd", ".bat");

  private final Map<String, String> variables;
  private final Path userHome;
  private final boolean windows;

  /**
   * Creates an environment.
   *
   * @param variables the environment variables; names are case-insensitive on Windows
   * @param userHome Java's {@code user.home}, or null where there is none
   * @param windows whether programs have extensions and {@code PATH} has semicolons
   */
  public UserEnvironment(Map<String, String> variables, Path userHome, boolean windows) {
    Map<String, String> copy =
        windows ? new TreeMap<>(String.CASE_INSENSITIVE_ORDER) : new LinkedHashMap<>();
    copy.putAll(Objects.requireNonNull(variables, "variables"));
    this.variables = Collections.unmodifiableMap(copy);
    this.userHome = userHome;
    this.windows = windows;
  }

  /** Returns the environment of this process. */
  public static UserEnvironment current() {
    String home = System.getProperty("user.home", "");
    boolean windows =
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    return new UserEnvironment(System.getenv(), home.isBlank() ? null : Path.of(home), windows);
  }

  Map<String, String> variables() {
    return variables;
  }

  /**
   * Returns the path that a variable holds, empty where it is unset or blank.
   *
   * @throws ConfigurationException if the value cannot be a path
   */
  Optional<Path> path(String variable) {
    String value = variables.getOrDefault(variable, "");
    if (value.isBlank()) {
      return Optional.empty();
    }
    return Optional.of(
        parse(value)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        SlimImageException.advise(
                            "The environment variable [" + variable + "] does not hold a path",
                            "correct or unset it"))));
  }

  /**
   * Returns the home directories to look into: {@code $HOME}, which the command line tools obey,
   * before {@code user.home}, which Java takes from the password file.
   */
  List<Path> homes() {
    return Stream.concat(path("HOME").stream(), Stream.ofNullable(userHome)).distinct().toList();
  }

  /** Finds a program in the absolute directories of {@code PATH}, by its name without extension. */
  Optional<Path> findProgram(String name) {
    List<String> extensions = windows ? WINDOWS_EXTENSIONS : List.of("");
    return Stream.of(variables.getOrDefault("PATH", "").split(windows ? ";" : ":"))
        .map(directory -> directory.replace("\"", ""))
        .flatMap(directory -> parse(directory).stream())
        .filter(Path::isAbsolute)
        .flatMap(
            directory -> extensions.stream().map(extension -> directory.resolve(name + extension)))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  private static Optional<Path> parse(String path) {
    try {
      return Optional.of(Path.of(path));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Shows nothing of the variables: build servers keep secrets in them. */
  @Override
  public String toString() {
    return "environment of the user at " + userHome;
  }
}
