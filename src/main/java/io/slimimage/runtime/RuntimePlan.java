package io.slimimage.runtime;

import io.slimimage.BuildLog;
import io.slimimage.NotedWarnings;
import io.slimimage.blob.Digest;
import io.slimimage.blob.EarlierBuilds;
import io.slimimage.layer.Layer;
import io.slimimage.layer.LayerRole;
import io.slimimage.layer.LayerSource;
import io.slimimage.modules.ClassPath;
import io.slimimage.modules.Jdk;
import io.slimimage.modules.JdkContent;
import io.slimimage.modules.ModuleScan;
import io.slimimage.modules.ModuleSet;
import io.slimimage.system.HostReads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The runtime layer of an image, of which no more is made than is asked for.
 *
 * <p>What an earlier build has made of the same is known in steps, each by the content of what it
 * is made from: what jars say of modules and of native code, the modules that come of it, and the
 * key of the layer that comes of these. So where nothing has changed, files are looked at but none
 * is read, and where a line of code has changed, only the jar that it is in.
 *
 * <p>The key of the layer depends besides on files of this system. Which ones is known once the
 * layer was made; then each of them is looked at again ({@link HostReads}).
 *
 * <p>Safe for use by several threads, of which one does the work.
 */
public final class RuntimePlan implements LayerSource {

  private static final String KIND = "runtime";

  private final RuntimeRequest request;
  private final EarlierBuilds earlier;
  private final NotedWarnings log;

  private ClassPath classPath;
  private Digest jdk;
  private ModuleSet modules;
  private Digest inputs;
  private Digest key;
  private Layer layer;

  /**
   * Plans a layer.
   *
   * @param earlier what earlier builds have made
   * @param log gets each warning once, whether the layer is made or known
   */
  public RuntimePlan(RuntimeRequest request, EarlierBuilds earlier, BuildLog log) {
    this.request = request;
    this.earlier = earlier;
    this.log = new NotedWarnings(log);
  }

  @Override
  public LayerRole role() {
    return LayerRole.RUNTIME;
  }

  /** Returns the JDK that the runtime is linked from. */
  public Jdk jdk() {
    return request.jdk();
  }

  /**
   * Returns the modules with what needs them.
   *
   * @throws io.slimimage.SlimImageException if they cannot be found as it was asked for
   */
  public synchronized ModuleSet modules() {
    if (modules == null) {
      jdk = JdkContent.digest(request.jdk(), earlier.records());
      classPath = ClassPath.of(request.jars(), earlier.digests());
      modules =
          ModuleScan.scan(
              request.jdk(), classPath, request.selection(), request.locales(), earlier, log);
    }
    return modules;
  }

  /**
   * Returns what the user has to know of the runtime.
   *
   * @throws io.slimimage.SlimImageException if the runtime cannot be made as it was asked for
   */
  public synchronized List<String> warnings() throws IOException {
    if (layer == null) {
      key();
    }
    return log.warnings();
  }

  /**
   * Returns the key of the layer, which is that of all its entries: different inputs may come to
   * the same. Once the layer was made, it is that of its files as they are now, so that it shows
   * whether one has changed since.
   *
   * @throws io.slimimage.SlimImageException if the runtime cannot be made as it was asked for
   */
  @Override
  public synchronized Digest key() throws IOException {
    if (layer != null) {
      return keyOf(layer);
    }
    if (key == null) {
      inputs = RuntimeKey.of(request, modules(), jdk, classPath, earlier);
      Optional<KnownRuntime> known =
          earlier
              .records()
              .find(KIND, inputs)
              .flatMap(KnownRuntime::parse)
              .filter(each -> HostReads.hold(each.reads(), request.host(), earlier.digests()));
      if (known.isPresent()) {
        log.debug("Nothing that the runtime layer is made from has changed");
        known.get().warnings().forEach(log::warn);
        key = known.get().layer();
      } else {
        make(log);
      }
    }
    return key;
  }

  /**
   * Makes the layer, unless that was needed for its key.
   *
   * @throws io.slimimage.SlimImageException if the runtime cannot be made as it was asked for
   */
  @Override
  public synchronized Layer layer() throws IOException {
    if (layer == null && key == null) {
      // Nobody asks by which key it could be found again.
      layer = make(HostReads.unnoted(), log);
    } else if (layer == null) {
      Digest known = key;
      make(new Silent(log));
      if (!key.equals(known)) {
        log.debug("The runtime layer is another one than it was: " + key + ", not " + known);
      }
    }
    return layer;
  }

  private void make(BuildLog sink) throws IOException {
    HostReads reads = new HostReads(earlier.digests());
    NotedWarnings noted = new NotedWarnings(sink);
    layer = make(reads, noted);
    key = keyOf(layer);
    earlier.records().put(KIND, inputs, KnownRuntime.toText(key, noted.warnings(), reads.toText()));
  }

  private Layer make(HostReads reads, BuildLog sink) {
    LinkRequest link =
        new LinkRequest(
            request.jdk(),
            modules().names(),
            modules().features(),
            request.locales(),
            request.form());
    Path linked = RuntimeLinker.link(link, jdk, earlier.directory(), sink);
    return Layer.of(
        LayerRole.RUNTIME, SlimRuntime.entries(request, modules(), linked, reads, sink));
  }

  private Digest keyOf(Layer made) throws IOException {
    return LayerSource.of(made, earlier.digests()).key();
  }

  /** A log for work that has told all that there was to tell when it was done before. */
  private record Silent(BuildLog log) implements BuildLog {

    @Override
    public void info(String message) {
      log.debug(message);
    }

    @Override
    public void warn(String message) {
      log.debug(message);
    }

    @Override
    public void debug(String message) {
      log.debug(message);
    }

    @Override
    public boolean isDebugEnabled() {
      return log.isDebugEnabled();
    }
  }
}
