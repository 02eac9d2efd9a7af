package io.slimimage.runtime;

import io.slimimage.BuildLog;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.blob.EarlierBuilds;
import io.slimimage.layer.LayerEntry;
import io.slimimage.modules.ClassPath;
import io.slimimage.modules.Jdk;
import io.slimimage.modules.JdkContent;
import io.slimimage.modules.ModuleScan;
import io.slimimage.modules.ModuleSelection;
import io.slimimage.modules.ModuleSet;
import io.slimimage.modules.ScannedJar;
import io.slimimage.system.HostReads;
import io.slimimage.system.SystemFiles;
import io.slimimage.system.SystemRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A Java runtime trimmed to an application, as entries of the runtime layer. */
public final class SlimRuntime {

  /** The directory of the runtime in the image, without a slash in front. */
  public static final String HOME = "opt/java";

  private static final String TRUST_STORE = "lib/security/cacerts";

  private SlimRuntime() {}

  /**
   * Finds the modules of a class path and links them, if no earlier build has done so.
   *
   * @param earlier what was found and linked before
   */
  public static void link(
      Jdk jdk,
      List<ScannedJar> jars,
      ModuleSelection selection,
      List<String> locales,
      JimageForm form,
      EarlierBuilds earlier,
      BuildLog log) {
    ClassPath classPath = ClassPath.of(jars, earlier.digests());
    ModuleSet modules = ModuleScan.scan(jdk, classPath, selection, locales, earlier, log);
    LinkRequest request = new LinkRequest(jdk, modules.names(), modules.features(), locales, form);
    Digest content = JdkContent.digest(jdk, earlier.records());
    RuntimeLinker.link(request, content, earlier.directory(), log);
  }

  /**
   * Adds the trust store and the system files that the base image lacks to a linked runtime.
   *
   * @param modules the modules that were linked
   * @param linked the directory of the runtime
   * @param reads takes note of what is looked at on the system
   * @throws io.slimimage.SlimImageException if the runtime cannot be made as it was asked for
   */
  static List<LayerEntry> entries(
      RuntimeRequest request, ModuleSet modules, Path linked, HostReads reads, BuildLog log) {
    List<LayerEntry> entries = new ArrayList<>(LinkedFiles.entries(linked, HOME, TRUST_STORE));
    Path original = trustStore(request.jdk()).orElse(linked.resolve(TRUST_STORE));
    if (Files.isRegularFile(original)) {
      Blob store = TrustStore.of(original, request.caCertificates());
      entries.add(new LayerEntry.File(HOME + "/" + TRUST_STORE, 0644, store));
    } else {
      log.warn("The JDK at " + request.jdk().home() + " has no trust store: TLS will trust nobody");
    }
    RuntimeRequest.Container container = request.container();
    container
        .base()
        .map(
            base ->
                new SystemRequest(
                    request.host(),
                    request.jdk().home(),
                    linked,
                    request.jars(),
                    container.extra(),
                    modules.features(),
                    base,
                    container.user(),
                    container.home()))
        .ifPresent(system -> entries.addAll(SystemFiles.of(system, reads, log)));
    entries.addAll(container.directories());
    return entries;
  }

  /**
   * Returns the JDK's own store if it has one, which is better than the one that was linked: with
   * modules from files that is the vendor's, without them it is this machine's.
   */
  static Optional<Path> trustStore(Jdk jdk) {
    return Optional.of(jdk.home().resolve(TRUST_STORE)).filter(Files::isRegularFile);
  }
}
