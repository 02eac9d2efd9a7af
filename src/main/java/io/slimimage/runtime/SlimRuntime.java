package io.slimimage.runtime;

import io.slimimage.BuildLog;
import io.slimimage.blob.Blob;
import io.slimimage.layer.LayerEntry;
import io.slimimage.modules.Jdk;
import io.slimimage.modules.ModuleScan;
import io.slimimage.modules.ModuleSelection;
import io.slimimage.modules.ModuleSet;
import io.slimimage.modules.ScannedJar;
import io.slimimage.system.SystemFiles;
import io.slimimage.system.SystemRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Java runtime trimmed to an application, as entries of the runtime layer.
 *
 * @param entries the files, parents may be missing
 * @param modules the modules with what needs them
 */
public record SlimRuntime(List<LayerEntry> entries, ModuleSet modules) {

  /** The directory of the runtime in the image, without a slash in front. */
  public static final String HOME = "opt/java";

  private static final Path SYSTEM = Path.of("/");
  private static final String TRUST_STORE = "lib/security/cacerts";

  /** Copies the list. */
  public SlimRuntime {
    entries = List.copyOf(entries);
  }

  /**
   * A runtime as it was linked.
   *
   * @param modules the modules with what needs them
   * @param directory where it is, to be read only
   */
  public record Linked(ModuleSet modules, Path directory) {}

  /**
   * Finds the modules of a class path and links them, if no earlier build has done so.
   *
   * @param cache the directory that keeps what later builds can use again; need not exist
   */
  public static Linked link(
      Jdk jdk,
      List<ScannedJar> jars,
      ModuleSelection selection,
      List<String> locales,
      JimageForm form,
      Path cache,
      BuildLog log) {
    ModuleSet modules =
        ModuleScan.scan(jdk, jars, selection, locales, cache.resolve("modules"), log);
    LinkRequest request = new LinkRequest(jdk, modules.names(), modules.features(), locales, form);
    return new Linked(modules, RuntimeLinker.link(request, cache, log));
  }

  /**
   * Links a runtime and adds the system files that the base image lacks.
   *
   * @throws io.slimimage.SlimImageException if the runtime cannot be made as it was asked for
   */
  public static SlimRuntime assemble(RuntimeRequest request, BuildLog log) {
    Linked linked =
        link(
            request.jdk(),
            request.jars(),
            request.selection(),
            request.locales(),
            request.form(),
            request.cache(),
            log);
    List<LayerEntry> entries =
        new ArrayList<>(LinkedFiles.entries(linked.directory(), HOME, TRUST_STORE));
    trustStore(request, linked.directory(), log).ifPresent(entries::add);
    RuntimeRequest.Container container = request.container();
    container
        .base()
        .map(
            base ->
                new SystemRequest(
                    SYSTEM,
                    request.jdk().home(),
                    linked.directory(),
                    request.jars(),
                    container.extra(),
                    linked.modules().features(),
                    base,
                    container.user(),
                    container.home()))
        .ifPresent(system -> entries.addAll(SystemFiles.of(system, log)));
    return new SlimRuntime(entries, linked.modules());
  }

  /**
   * The JDK's own store, not the one that was linked: with modules from files that is the vendor's,
   * without them it is this machine's.
   */
  private static Optional<LayerEntry> trustStore(
      RuntimeRequest request, Path directory, BuildLog log) {
    Path own = request.jdk().home().resolve(TRUST_STORE);
    Path original = Files.isRegularFile(own) ? own : directory.resolve(TRUST_STORE);
    if (!Files.isRegularFile(original)) {
      log.warn("The JDK at " + request.jdk().home() + " has no trust store: TLS will trust nobody");
      return Optional.empty();
    }
    Blob store = TrustStore.of(original, request.caCertificates());
    return Optional.of(new LayerEntry.File(HOME + "/" + TRUST_STORE, 0644, store));
  }
}
