package io.slimimage.credentials;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.credentials.JsonFields.MalformedJsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What {@code docker login} and {@code podman login} have stored, in a file or with a helper.
 *
 * <p>The files, in order: {@code config.json}, {@code .dockerconfigjson} or {@code .dockercfg} in
 * {@code $DOCKER_CONFIG}, else in {@code .docker} of {@code $HOME} and of {@code user.home}; then
 * {@code $REGISTRY_AUTH_FILE}, else {@code containers/auth.json} in {@code $XDG_RUNTIME_DIR} and in
 * {@code $XDG_CONFIG_HOME}, which is {@code ~/.config} by default. Within a file the registry's own
 * credential helper is asked before the general one, and that before the entries of the file.
 *
 * <p>A file is read once, at the first lookup; one that cannot be used is reported once.
 */
public final class DockerConfigCredentials implements CredentialSource {

  /** How long to wait for a credential helper; one that asks a cloud takes a few seconds. */
  public static final Duration DEFAULT_HELPER_TIMEOUT = Duration.ofSeconds(30);

  private final UserEnvironment environment;
  private final Duration helperTimeout;
  private final BuildLog log;
  private final Map<ConfigLocation, Optional<DockerConfig>> configs = new ConcurrentHashMap<>();

  /** Creates a source that waits {@link #DEFAULT_HELPER_TIMEOUT} for helpers. */
  public DockerConfigCredentials(UserEnvironment environment, BuildLog log) {
    this(environment, DEFAULT_HELPER_TIMEOUT, log);
  }

  /**
   * Creates a source.
   *
   * @param environment where to look for files and helper programs
   * @param helperTimeout how long to wait for one helper
   * @param log gets a warning for each file and helper that fails
   */
  public DockerConfigCredentials(
      UserEnvironment environment, Duration helperTimeout, BuildLog log) {
    this.environment = Objects.requireNonNull(environment, "environment");
    this.helperTimeout = Objects.requireNonNull(helperTimeout, "helperTimeout");
    this.log = Objects.requireNonNull(log, "log");
  }

  @Override
  public Optional<Credentials> find(String registry) {
    List<CredentialSource> sources = new ArrayList<>();
    for (ConfigLocation location : ConfigLocation.existing(environment)) {
      configs
          .computeIfAbsent(location, this::load)
          .ifPresent(config -> sources.addAll(sources(config, location, registry)));
    }
    return CredentialChain.firstComplete(sources, registry, log);
  }

  private Optional<DockerConfig> load(ConfigLocation location) {
    try {
      return Optional.of(
          DockerConfig.parse(Files.readAllBytes(location.file()), location.dialect()));
    } catch (MalformedJsonException e) {
      warnAbout(location, e.getMessage(), "correct it or log in again");
    } catch (IOException e) {
      warnAbout(location, "not readable", "check its permissions");
    }
    return Optional.empty();
  }

  private void warnAbout(ConfigLocation location, String problem, String advice) {
    log.warn(
        SlimImageException.advise(
            "Ignoring the registry credentials in ["
                + location.file()
                + "], since the file is "
                + problem,
            advice));
  }

  private List<CredentialSource> sources(
      DockerConfig config, ConfigLocation location, String registry) {
    RegistryName name = RegistryName.of(registry);
    List<CredentialSource> sources = new ArrayList<>();
    for (String helper : config.helpers(name)) {
      sources.add(new CredentialHelper(helper, location.file(), environment, helperTimeout, log));
    }
    for (JsonFields entry : config.entries(name)) {
      sources.add(asked -> credentials(entry, location, asked));
    }
    return sources;
  }

  private Optional<Credentials> credentials(
      JsonFields entry, ConfigLocation location, String registry) {
    String source = location.file().toString();
    String identityToken = entry.text("identitytoken");
    if (!identityToken.isEmpty()) {
      return Optional.of(new Credentials("", "", identityToken, source));
    }
    String encoded = entry.text("auth");
    if (encoded.isEmpty()) {
      return Optional.of(
          new Credentials(entry.text("username"), entry.text("password"), "", source));
    }
    Optional<Credentials> decoded = decode(encoded, source);
    if (decoded.isEmpty()) {
      log.warn(
          SlimImageException.advise(
              "Ignoring the entry for the registry ["
                  + registry
                  + "] in ["
                  + source
                  + "], since its 'auth' is not 'user:password' in Base64",
              "log in again"));
    }
    return decoded;
  }

  /** Decodes what {@code docker login} encodes; the user name ends at the first colon. */
  private static Optional<Credentials> decode(String encoded, String source) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(encoded.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    String pair = new String(bytes, StandardCharsets.UTF_8);
    int colon = pair.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    // Docker strips these too: its early versions padded the pair with NUL bytes.
    String password = pair.substring(colon + 1).replaceAll("^\0+|\0+$", "");
    return Optional.of(new Credentials(pair.substring(0, colon), password, "", source));
  }

  @Override
  public String toString() {
    return "credentials of Docker and Podman";
  }
}
