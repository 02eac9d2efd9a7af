package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.artifact.repository.ArtifactRepository;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.Mirror;
import org.apache.maven.settings.Profile;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Repository;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.io.xpp3.SettingsXpp3Writer;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * The part of {@code settings.xml} that the Maven in the builder stage gets: mirrors, proxies and
 * profiles, never a server or anything else that is secret, since a build's steps stay readable in
 * the engine's cache.
 */
final class BuilderSettings {

  /** Every Maven since 3.8.1 brings it along, the one in the builder stage as well. */
  private static final String MAVENS_BLOCKER = "maven-default-http-blocker";

  /** Not by {@code URI}, which rejects what Maven takes, such as a password with a percent sign. */
  private static final Pattern USER_INFO = Pattern.compile("://[^/?#]*@");

  private final Settings settings;
  private final BuildLog log;

  BuilderSettings(Settings settings, BuildLog log) {
    this.settings = settings;
    this.log = log;
  }

  /** Returns the filtered settings on one line, or nothing where there is nothing to tell. */
  Optional<String> filtered() {
    Settings filtered = new Settings();
    filtered.setMirrors(reachable(settings.getMirrors()));
    settings.getProxies().stream().filter(Proxy::isActive).forEach(p -> filtered.addProxy(open(p)));
    settings.getProfiles().forEach(profile -> filtered.addProfile(open(profile)));
    Set<String> known =
        filtered.getProfiles().stream().map(Profile::getId).collect(Collectors.toSet());
    settings.getActiveProfiles().stream()
        .filter(known::contains)
        .forEach(filtered::addActiveProfile);
    if (filtered.getMirrors().isEmpty()
        && filtered.getProxies().isEmpty()
        && filtered.getProfiles().isEmpty()) {
      return Optional.empty();
    }
    StringWriter out = new StringWriter();
    try {
      new SettingsXpp3Writer().write(out, filtered);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return Optional.of(out.toString().strip().replaceAll("\\s*\\R\\s*", " "));
  }

  /**
   * Refuses a build that needs a repository which only opens with credentials, or whose settings
   * have credentials in a URL.
   *
   * @param projects the projects that the builder stage compiles
   */
  void refuseSecretRepositories(List<MavenProject> projects) {
    Set<String> servers =
        settings.getServers().stream()
            .filter(BuilderSettings::hasSecret)
            .map(Server::getId)
            .collect(Collectors.toSet());
    refuse(
        repositories(projects).filter(r -> servers.contains(r.getId())).map(r -> r.getId()),
        "needs the credentials of its server in settings.xml");
    refuse(
        Stream.concat(
            forwardedWithUser(),
            repositories(projects).filter(r -> hasUser(r.getUrl())).map(r -> r.getId())),
        "has a user in its URL");
  }

  private static Stream<ArtifactRepository> repositories(List<MavenProject> projects) {
    return projects.stream()
        .flatMap(
            project ->
                Stream.concat(
                    project.getRemoteArtifactRepositories().stream(),
                    project.getPluginArtifactRepositories().stream()));
  }

  /** Also what this build does not use, since the settings travel as a whole. */
  private Stream<String> forwardedWithUser() {
    Stream<String> mirrors =
        settings.getMirrors().stream()
            .filter(mirror -> hasUser(mirror.getUrl()))
            .map(Mirror::getId);
    Stream<String> repositories =
        settings.getProfiles().stream()
            .flatMap(
                profile ->
                    Stream.concat(
                        profile.getRepositories().stream(),
                        profile.getPluginRepositories().stream()))
            .filter(repository -> hasUser(repository.getUrl()))
            .map(Repository::getId);
    return Stream.concat(mirrors, repositories);
  }

  private static boolean hasUser(String url) {
    return url != null && USER_INFO.matcher(url).find();
  }

  private static void refuse(Stream<String> ids, String reason) {
    Set<String> refused =
        ids.map(id -> "'" + id + "'").collect(Collectors.toCollection(TreeSet::new));
    if (!refused.isEmpty()) {
      throw new SlimImageException(
          SlimImageException.advise(
              "The repository "
                  + String.join(", ", refused)
                  + " "
                  + reason
                  + ", and credentials never enter the builder stage, where anyone with access to"
                  + " the engine could read them",
              "name a mirror that opens without credentials from the engine's network"));
    }
  }

  private static boolean hasSecret(Server server) {
    boolean headers =
        server.getConfiguration() instanceof Xpp3Dom dom && dom.getChild("httpHeaders") != null;
    return headers || server.getPassword() != null || server.getPrivateKey() != null;
  }

  private List<Mirror> reachable(List<Mirror> mirrors) {
    return mirrors.stream()
        .filter(mirror -> !(mirror.isBlocked() && MAVENS_BLOCKER.equals(mirror.getId())))
        .filter(
            mirror -> {
              boolean local = mirror.getUrl() != null && mirror.getUrl().startsWith("file:");
              if (local) {
                log.debug("The mirror '" + mirror.getId() + "' is a local directory: left out");
              }
              return !local;
            })
        .toList();
  }

  private Proxy open(Proxy proxy) {
    Proxy copy = proxy.clone();
    if (copy.getPassword() != null) {
      log.warn(
          "The proxy '"
              + proxy.getId()
              + "' of settings.xml reaches the builder stage without its user and password");
    }
    copy.setUsername(null);
    copy.setPassword(null);
    return copy;
  }

  private Profile open(Profile profile) {
    Profile copy = profile.clone();
    Properties properties = new Properties();
    for (String name : profile.getProperties().stringPropertyNames()) {
      String value = profile.getProperties().getProperty(name);
      if (Forwarding.looksSecret(name, value)) {
        log.debug("The property '" + name + "' of settings.xml looks like a secret: left out");
      } else {
        properties.setProperty(name, value);
      }
    }
    copy.setProperties(properties);
    copy.getRepositories().removeIf(repository -> isLocal(repository.getUrl()));
    copy.getPluginRepositories().removeIf(repository -> isLocal(repository.getUrl()));
    return copy;
  }

  private static boolean isLocal(String url) {
    return url != null && url.startsWith("file:");
  }
}
