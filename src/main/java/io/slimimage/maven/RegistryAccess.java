package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.credentials.CredentialChain;
import io.slimimage.credentials.CredentialSource;
import io.slimimage.credentials.Credentials;
import io.slimimage.credentials.RegistryName;
import io.slimimage.credentials.RememberedCredentials;
import io.slimimage.image.ImageReference;
import io.slimimage.registry.HttpRegistries;
import io.slimimage.registry.Registries;
import io.slimimage.registry.RegistrySettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Named;
import javax.inject.Singleton;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/** How a Maven run reaches registries: its parameters, its proxies and the user's credentials. */
@Named
@Singleton
class RegistryAccess {

  private static final String USERNAME = "slimimage.registry.username";
  private static final String PASSWORD = "slimimage.registry.password";

  private final SettingsCredentials settingsCredentials;
  private final SettingsDecrypter decrypter;

  @Inject
  RegistryAccess(SettingsCredentials settingsCredentials, SettingsDecrypter decrypter) {
    this.settingsCredentials = settingsCredentials;
    this.decrypter = decrypter;
  }

  /**
   * Opens the registries; no request is made yet.
   *
   * @param module what names of files are relative to
   * @throws io.slimimage.ConfigurationException if a parameter is wrong
   */
  final Registries open(
      MavenSession session,
      Path module,
      Parameters given,
      CredentialSource credentials,
      BuildLog log) {
    return client(settings(session, module, given, log), credentials, log);
  }

  /** Makes the client. */
  Registries client(RegistrySettings settings, CredentialSource credentials, BuildLog log) {
    return new HttpRegistries(settings, credentials, log);
  }

  final RegistrySettings settings(
      MavenSession session, Path module, Parameters given, BuildLog log) {
    Problems problems = new Problems();
    RegistryConfiguration configuration = RegistryConfiguration.of(given, module, problems);
    problems.throwIfAny();
    return new RegistrySettings(
        configuration.insecure(),
        configuration.authorities(),
        configuration.mirrors(),
        MavenProxies.of(session, decrypter, log),
        new RegistrySettings.Timeouts(
            RegistrySettings.Timeouts.USUAL.connect(), configuration.idle()),
        session.isOffline());
  }

  /** Returns where credentials are looked for: the parameters, then what this machine keeps. */
  final RememberedCredentials credentials(MavenSession session, Parameters given, BuildLog log) {
    List<CredentialSource> sources = new ArrayList<>();
    ofParameters(session, given, log).ifPresent(sources::add);
    sources.addAll(settingsCredentials.sources(session, log));
    return new RememberedCredentials(new CredentialChain(sources, log));
  }

  /** They are for one registry, so without the image's name nobody can tell for which. */
  private static Optional<CredentialSource> ofParameters(
      MavenSession session, Parameters given, BuildLog log) {
    String username = text(given.registry().username());
    String password = text(given.registry().password());
    if (username.isEmpty() && password.isEmpty()) {
      return Optional.empty();
    }
    if (given.image() == null) {
      log.warn(
          SlimImageException.advise(
              "'"
                  + USERNAME
                  + "' and '"
                  + PASSWORD
                  + "' have no effect without 'slimimage.image', whose registry they are for",
              "set it, or put the credentials into settings.xml"));
      return Optional.empty();
    }
    if (!password.isEmpty() && isInPom(session)) {
      log.warn(
          SlimImageException.advise(
              "'" + PASSWORD + "' is in the POM, which others can read and Maven prints with -X",
              "put it into a server of settings.xml"));
    }
    RegistryName own = RegistryName.of(ImageReference.parse(given.image().strip()).registry());
    Credentials credentials =
        new Credentials(
            username, password, "", "the parameters '" + USERNAME + "' and '" + PASSWORD + "'");
    return Optional.of(
        registry ->
            RegistryName.of(registry).equals(own) ? Optional.of(credentials) : Optional.empty());
  }

  private static boolean isInPom(MavenSession session) {
    return !session.getUserProperties().containsKey(PASSWORD)
        && session.getSettings().getProfiles().stream()
            .noneMatch(profile -> profile.getProperties().containsKey(PASSWORD));
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }
}
