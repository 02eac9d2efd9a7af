package io.slimimage.docker;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What of this machine decides where an engine is looked for.
 *
 * @param variables the environment variables
 * @param home the user's home directory
 * @param run the directory of the system's sockets, {@code /var/run}
 * @param windows whether engines listen at a named pipe
 */
public record EngineEnvironment(
    Map<String, String> variables, Path home, Path run, boolean windows) {

  /** Copies the variables. */
  public EngineEnvironment {
    variables = Map.copyOf(variables);
  }

  /** Returns the environment of this process. */
  public static EngineEnvironment ofProcess() {
    boolean windows =
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    return new EngineEnvironment(
        System.getenv(), Path.of(System.getProperty("user.home")), Path.of("/var/run"), windows);
  }

  /** Returns a variable that is set to something. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  /** Returns the directory of the Docker client's {@code config.json}. */
  Path dockerConfig() {
    return variable("DOCKER_CONFIG").map(Path::of).orElse(home.resolve(".docker"));
  }
}
