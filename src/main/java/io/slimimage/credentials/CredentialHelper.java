package io.slimimage.credentials;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.credentials.JsonFields.MalformedJsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * A program {@code docker-credential-<name>} that keeps credentials in a key chain or gets them
 * from a cloud.
 *
 * <p>Whatever goes wrong is a warning and the lookup goes on, since most base images can be pulled
 * without credentials. What the program wrote is never shown, not even on failure: it may be, or
 * quote, the secret.
 *
 * @see <a href="https://github.com/docker/docker-credential-helpers">the protocol</a>
 */
final class CredentialHelper implements CredentialSource {

  private static final String PREFIX = "docker-credential-";

  /** No separators: the name comes from a file and is to stay within {@code PATH}. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

  /** The protocol's own words, and those of the macOS key chain that old helpers pass on. */
  private static final Pattern NOT_FOUND =
      Pattern.compile("credentials not found|could not be found in the keychain");

  /** What stands for the user where the secret is an identity token. */
  private static final String TOKEN_USER = "<token>";

  private final String program;
  private final Path configuredIn;
  private final UserEnvironment environment;
  private final Duration timeout;
  private final BuildLog log;

  /**
   * Creates a source.
   *
   * @param name the program's name without {@code docker-credential-}
   * @param configuredIn the file that names the helper, for messages
   * @param environment where the program is looked for, and what it runs with
   */
  CredentialHelper(
      String name, Path configuredIn, UserEnvironment environment, Duration timeout, BuildLog log) {
    this.program = PREFIX + Objects.requireNonNull(name, "name");
    this.configuredIn = Objects.requireNonNull(configuredIn, "configuredIn");
    this.environment = Objects.requireNonNull(environment, "environment");
    this.timeout = Objects.requireNonNull(timeout, "timeout");
    this.log = Objects.requireNonNull(log, "log");
  }

  @Override
  public Optional<Credentials> find(String registry) {
    Optional<Path> executable =
        NAME.matcher(program).matches() ? environment.findProgram(program) : Optional.empty();
    if (executable.isEmpty()) {
      warn(registry, "is not on the PATH", "install it or remove it from that file");
      return Optional.empty();
    }
    String server = RegistryName.of(registry).serverAddress();
    String check = "run [echo " + server + " | " + program + " get] to see why";
    try {
      return interpret(
          HelperProcess.run(executable.get(), server, environment.variables(), timeout),
          registry,
          check);
    } catch (TimeoutException e) {
      warn(registry, "did not answer within " + timeout.toMillis() / 1000.0 + " s", check);
    } catch (IOException e) {
      warn(registry, "failed: " + e.getMessage(), check);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SlimImageException(
          "Interrupted while waiting for the credential helper [" + program + "]", e);
    }
    return Optional.empty();
  }

  private Optional<Credentials> interpret(
      HelperProcess.Answer answer, String registry, String check) {
    if (answer.exitCode() == 0) {
      Optional<Credentials> credentials = read(answer.stdout());
      if (credentials.isEmpty()) {
        warn(registry, "did not answer with credentials in JSON", check);
      }
      return credentials;
    }
    if (!saysNotFound(answer.stdout()) && !saysNotFound(answer.stderr())) {
      warn(registry, "failed with exit code " + answer.exitCode(), check);
    }
    return Optional.empty();
  }

  private Optional<Credentials> read(byte[] json) {
    JsonFields answer;
    try {
      answer = JsonFields.parse(json);
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    String username = answer.text("Username");
    String secret = answer.text("Secret");
    return Optional.of(
        username.equals(TOKEN_USER)
            ? new Credentials("", "", secret, program)
            : new Credentials(username, secret, "", program));
  }

  private static boolean saysNotFound(byte[] output) {
    String text = new String(output, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
    return NOT_FOUND.matcher(text).find();
  }

  private void warn(String registry, String problem, String advice) {
    log.warn(
        SlimImageException.advise(
            "No credentials for the registry ["
                + registry
                + "] from the credential helper ["
                + program
                + "] of ["
                + configuredIn
                + "], which "
                + problem,
            advice));
  }

  @Override
  public String toString() {
    return program;
  }
}
