package io.slimimage.runtime;

import io.slimimage.blob.Digest;
import io.slimimage.blob.EarlierBuilds;
import io.slimimage.blob.FieldLines;
import io.slimimage.layer.LayerEntry;
import io.slimimage.modules.ClassPath;
import io.slimimage.modules.ModuleSet;
import io.slimimage.system.BaseSystem;
import io.slimimage.system.NativeKeys;
import io.slimimage.system.SystemFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Names all that a runtime layer is made from, but for the files of the system: which of those
 * count is known only afterwards.
 */
final class RuntimeKey {

  private final FieldLines text = new FieldLines();

  private RuntimeKey() {}

  /**
   * Returns a digest that differs where the layer may differ.
   *
   * @param modules the modules to link
   * @param jdk the content of the JDK to link from
   * @param classPath the request's jars
   * @throws IOException if a file cannot be read
   */
  static Digest of(
      RuntimeRequest request,
      ModuleSet modules,
      Digest jdk,
      ClassPath classPath,
      EarlierBuilds earlier)
      throws IOException {
    RuntimeKey key = new RuntimeKey();
    key.text.add("code", earlier.code().hex());
    key.addLinked(request, modules, jdk, earlier);
    Optional<BaseSystem> base = request.container().base();
    if (base.isPresent()) {
      Path home = request.jdk().home();
      key.addBase(base.get());
      key.text.add("natives", NativeKeys.ofJars(classPath, home, jdk, earlier).hex());
      key.text.add("extra", NativeKeys.ofExtra(request.container().extra(), earlier).hex());
      key.text.add("system", SystemFiles.describe(request.host(), home, earlier.digests()));
    }
    key.addContainer(request.container());
    return Digest.sha256(key.text.toString());
  }

  private void addLinked(
      RuntimeRequest request, ModuleSet modules, Digest jdk, EarlierBuilds earlier)
      throws IOException {
    LinkRequest link =
        new LinkRequest(
            request.jdk(), modules.names(), modules.features(), request.locales(), request.form());
    text.add("linked", LinkKey.of(link, jdk));
    modules.features().stream().sorted().forEach(feature -> text.add("feature", feature.name()));
    Optional<Path> store = SlimRuntime.trustStore(request.jdk());
    text.add(
        "trust", store.isPresent() ? earlier.digests().of(store.get().toRealPath()).hex() : "");
    for (X509Certificate certificate : request.caCertificates()) {
      text.add("certificate", digest(certificate));
    }
  }

  private static String digest(X509Certificate certificate) {
    try {
      return Digest.sha256(certificate.getEncoded()).hex();
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("every certificate was read from its bytes", e);
    }
  }

  private void addBase(BaseSystem base) {
    text.add("base", base.name(), base.libc().name(), base.libcVersion());
    base.files().forEach(file -> text.add("base file", file));
    new TreeMap<>(base.links()).forEach((link, target) -> text.add("base link", link, target));
  }

  private void addContainer(RuntimeRequest.Container container) {
    text.add("user", container.user(), container.home());
    for (LayerEntry.Directory directory : container.directories()) {
      text.add("directory", directory.path(), Integer.toOctalString(directory.mode()));
    }
  }
}
