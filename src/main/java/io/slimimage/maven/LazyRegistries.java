package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.credentials.CredentialSource;
import io.slimimage.credentials.RememberedCredentials;
import io.slimimage.registry.Registries;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import javax.inject.Provider;
import org.apache.maven.execution.MavenSession;

/**
 * The registries of one goal, all by one client, and their credentials, each looked up once. They
 * are opened when they are needed first; a goal that needs none loads none of their classes.
 */
final class LazyRegistries implements Supplier<Registries>, AutoCloseable {

  private final Provider<RegistryAccess> access;
  private final MavenSession session;
  private final Parameters given;
  private final Path module;
  private final BuildLog log;
  private RememberedCredentials credentials;
  private Registries client;

  /** Prepares the registries of a goal for the current project. */
  LazyRegistries(
      Provider<RegistryAccess> access, MavenSession session, Parameters given, BuildLog log) {
    this.access = access;
    this.session = session;
    this.given = given;
    // Some versions of Maven tell the current project to the goal's own thread alone.
    this.module = session.getCurrentProject().getBasedir().toPath();
    this.log = log;
  }

  /** Returns whether no request may be made. */
  boolean offline() {
    return session.isOffline();
  }

  /**
   * Returns the registries, which are closed with this.
   *
   * @throws io.slimimage.ConfigurationException if a parameter is wrong
   */
  @Override
  public synchronized Registries get() {
    if (client == null) {
      client = access.get().open(session, module, given, credentials(), log);
    }
    return client;
  }

  /** Returns where the credentials of a registry come from, if it has wanted to see any. */
  synchronized Optional<String> origin(String registry) {
    return credentials == null ? Optional.empty() : credentials.origin(registry);
  }

  /** Returns the credentials, each of which is looked up once. */
  synchronized CredentialSource credentials() {
    if (credentials == null) {
      credentials = access.get().credentials(session, given, log);
    }
    return credentials;
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
    }
  }
}
