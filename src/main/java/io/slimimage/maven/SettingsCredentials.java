package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.credentials.CredentialSource;
import io.slimimage.credentials.Credentials;
import io.slimimage.credentials.DockerConfigCredentials;
import io.slimimage.credentials.ExplicitCredentials;
import io.slimimage.credentials.UserEnvironment;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.inject.Inject;
import javax.inject.Named;
import javax.inject.Singleton;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;

/** The places where this machine keeps registry credentials, Maven's {@code settings.xml} first. */
@Named
@Singleton
final class SettingsCredentials {

  private final SettingsDecrypter decrypter;
  private final Supplier<UserEnvironment> user;

  @Inject
  SettingsCredentials(SettingsDecrypter decrypter) {
    // Not the environment itself: a daemon has another one in its next build.
    this(decrypter, UserEnvironment::current);
  }

  SettingsCredentials(SettingsDecrypter decrypter, Supplier<UserEnvironment> user) {
    this.decrypter = decrypter;
    this.user = user;
  }

  List<CredentialSource> sources(MavenSession session, BuildLog log) {
    return List.of(
        new ExplicitCredentials(
            session.getSettings().getServers().stream().map(Server::getId).toList(),
            id -> decrypted(session, id, log)),
        new DockerConfigCredentials(user.get(), log));
  }

  /** Decrypts one server only: that of another may be broken, and is none of our business. */
  private Optional<Credentials> decrypted(MavenSession session, String id, BuildLog log) {
    Server server = session.getSettings().getServer(id);
    SettingsDecryptionResult result =
        decrypter.decrypt(new DefaultSettingsDecryptionRequest(server));
    for (SettingsProblem problem : result.getProblems()) {
      log.warn(
          SlimImageException.advise(
              "Server '" + id + "' of settings.xml is left out: " + problem.getMessage(),
              "encrypt its password again, or see whether settings-security.xml is there"));
    }
    if (!result.getProblems().isEmpty()) {
      // What Maven hands out then is the encrypted password, which is none.
      return Optional.empty();
    }
    Server decrypted = result.getServer();
    return Optional.of(
        new Credentials(
            text(decrypted.getUsername()),
            text(decrypted.getPassword()),
            "",
            "server '" + id + "' of settings.xml"));
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }
}
