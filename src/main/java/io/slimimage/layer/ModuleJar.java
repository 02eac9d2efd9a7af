package io.slimimage.layer;

import io.slimimage.application.PackagedJar;
import io.slimimage.blob.Blob;
import io.slimimage.blob.ZipCatalog;
import io.slimimage.blob.ZipItem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * The jar of another module of the reactor. It was made in this build, with the times of this
 * build, so it is written anew as the application's own jar is.
 */
final class ModuleJar {

  private ModuleJar() {}

  /**
   * Returns the jar; one that the module has signed keeps its order, times and manifest.
   *
   * @param name the file name, for error messages
   * @param time the time of all entries; it shows in UTC, not before 1980
   */
  static Blob of(String name, Blob packaged, Instant time) {
    if (!name.endsWith(".jar")) {
      return packaged;
    }
    Map<String, ZipItem> items = new LinkedHashMap<>();
    ZipCatalog.read(packaged, name).items().forEach(item -> items.put(item.name(), item));
    if (items.keySet().stream().anyMatch(ModuleJar::isSignature)) {
      return JarForm.STORED.apply(name, packaged);
    }
    ZipItem manifest = items.remove(JarFile.MANIFEST_NAME);
    List<PackagedJar.Entry> entries = new ArrayList<>();
    items.forEach(
        (path, item) ->
            entries.add(new PackagedJar.Entry(path, item.isDirectory(), item.content())));
    try {
      return ReproducibleJar.of(ThinManifest.bytes(read(manifest)), entries, time);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  private static Manifest read(ZipItem manifest) throws IOException {
    if (manifest == null) {
      return new Manifest();
    }
    try (InputStream in = manifest.content().open()) {
      return new Manifest(in);
    }
  }

  private static boolean isSignature(String path) {
    return path.startsWith("META-INF/") && path.toUpperCase(Locale.ROOT).endsWith(".SF");
  }
}
