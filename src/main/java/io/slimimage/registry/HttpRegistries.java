package io.slimimage.registry;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.credentials.CredentialSource;
import io.slimimage.image.ImageReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Registries that are spoken to over HTTP. Nothing happens before the first request. */
public final class HttpRegistries implements Registries {

  private final RegistrySettings settings;
  private final CredentialSource credentials;
  private final BuildLog log;
  private final TrafficCounter traffic = new TrafficCounter();
  private final Transport transport;
  private final Map<String, RegistryClient> clients = new ConcurrentHashMap<>();
  private final FailedMirrors failedMirrors;

  /**
   * Creates the registries of a build.
   *
   * @param settings how they are reached
   * @param credentials is asked once for each registry that wants some
   * @param log gets every request at the level {@code debug}
   */
  public HttpRegistries(RegistrySettings settings, CredentialSource credentials, BuildLog log) {
    this(settings, credentials, log, Timing.REAL);
  }

  HttpRegistries(
      RegistrySettings settings, CredentialSource credentials, BuildLog log, Timing timing) {
    this.settings = settings;
    this.credentials = credentials;
    this.log = log;
    this.failedMirrors = new FailedMirrors(log);
    this.transport =
        new Transport(settings, new HostPolicy(settings.insecure()), traffic, timing, log);
  }

  @Override
  public Repository repository(ImageReference image, Access access) {
    if (settings.offline()) {
      throw new RegistryException(
          SlimImageException.advise(
              "The registry ["
                  + image.registry()
                  + "] is not asked for ["
                  + image
                  + "], since Maven is offline",
              "run it once without -o"));
    }
    HttpRepository origin = open(image.registry(), image.repository(), access);
    List<String> names = settings.mirrors().getOrDefault(image.registry(), List.of());
    if (access == Access.PUSH || names.isEmpty()) {
      return origin;
    }
    List<HttpRepository> mirrors = new ArrayList<>();
    for (String name : names) {
      mirrors.add(mirror(name, image.repository()));
    }
    return new MirroredRepository(mirrors, origin, failedMirrors);
  }

  private HttpRepository mirror(String name, String repository) {
    int slash = name.indexOf('/');
    String host = slash < 0 ? name : name.substring(0, slash);
    String path = slash < 0 ? "" : name.substring(slash + 1);
    String prefix = path.isEmpty() || path.endsWith("/") ? path : path + "/";
    return open(host.toLowerCase(Locale.ROOT), prefix + repository, Access.PULL);
  }

  private HttpRepository open(String registry, String repository, Access access) {
    RegistryClient client =
        clients.computeIfAbsent(
            registry, it -> new RegistryClient(it, transport, credentials, log));
    return new HttpRepository(client, repository, access);
  }

  @Override
  public Traffic traffic() {
    return traffic.snapshot();
  }

  @Override
  public void close() {
    clients.clear();
    transport.close();
  }
}
