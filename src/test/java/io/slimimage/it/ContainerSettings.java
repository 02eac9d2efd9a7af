package io.slimimage.it;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a container of an image is started.
 *
 * @param network {@code host}, whose ports the tests can reach, or {@code none}, whose loopback is
 *     the container's own; an engine of the lab has no other
 * @param env the environment variables
 * @param files files of this machine that the container sees, by their path in it
 * @param dns the name servers, of which the engine writes {@code /etc/resolv.conf}
 * @param readOnly whether the image's files cannot be changed and only {@code /tmp} can be written,
 *     as by {@code --read-only --tmpfs /tmp}
 * @param tmpfsOptions the options of that {@code /tmp}, such as {@code exec}; without any, the
 *     engine lets no code be loaded from it
 */
public record ContainerSettings(
    String network,
    Map<String, String> env,
    Map<String, Path> files,
    List<String> dns,
    boolean readOnly,
    String tmpfsOptions) {

  /** Copies the collections. */
  public ContainerSettings {
    env = Map.copyOf(env);
    files = Map.copyOf(files);
    dns = List.copyOf(dns);
  }

  /** Returns the settings of a container on the host's network, with nothing else set. */
  public static ContainerSettings onHostNetwork() {
    return new ContainerSettings("host", Map.of(), Map.of(), List.of(), false, "");
  }

  /** Returns the settings of a container that reaches nothing but itself. */
  public static ContainerSettings withoutNetwork() {
    return new ContainerSettings("none", Map.of(), Map.of(), List.of(), false, "");
  }

  /** Returns these settings with one more environment variable. */
  public ContainerSettings env(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(env);
    more.put(name, value);
    return new ContainerSettings(network, more, files, dns, readOnly, tmpfsOptions);
  }

  /** Returns these settings with one more file, which the container can only read. */
  public ContainerSettings file(String path, Path source) {
    Map<String, Path> more = new LinkedHashMap<>(files);
    more.put(path, source);
    return new ContainerSettings(network, env, more, dns, readOnly, tmpfsOptions);
  }

  /** Returns these settings with a name server. */
  public ContainerSettings nameServer(String address) {
    return new ContainerSettings(network, env, files, List.of(address), readOnly, tmpfsOptions);
  }

  /** Returns these settings with files that cannot be changed, but for those in {@code /tmp}. */
  public ContainerSettings withReadOnlyFiles() {
    return withReadOnlyFiles("");
  }

  /** Returns these settings with files that cannot be changed, and options for {@code /tmp}. */
  public ContainerSettings withReadOnlyFiles(String options) {
    return new ContainerSettings(network, env, files, dns, true, options);
  }
}
