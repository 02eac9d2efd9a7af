package io.slimimage.layer;

import io.slimimage.application.PackagedJar;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.blob.ZipCatalog;
import io.slimimage.blob.ZipItem;
import java.io.IOException;
import java.io.InputStream;
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

  /** Goes up with each change of the bytes that are made of the same jar. */
  private static final String FORMAT = "module-jar 1 ";

  private ModuleJar() {}

  /**
   * Returns the jar, which is laid out when its bytes are first wanted; one that the module has
   * signed keeps its order, times and manifest.
   *
   * @param name the file name, for error messages
   * @param time the time of all entries; it shows in UTC, not before 1980
   */
  static Blob of(String name, Blob packaged, Instant time) {
    if (!name.endsWith(".jar")) {
      return packaged;
    }
    return new MadeJar(
        name,
        () -> layOut(ZipCatalog.read(packaged, name), time),
        (digests, jar) ->
            Digest.sha256(FORMAT + time.getEpochSecond() + " " + packaged.key(digests)));
  }

  private static Blob layOut(ZipCatalog catalog, Instant time) throws IOException {
    Map<String, ZipItem> items = new LinkedHashMap<>();
    catalog.items().forEach(item -> items.put(item.name(), item));
    if (items.keySet().stream().anyMatch(ModuleJar::isSignature)) {
      return StoredJar.layOut(catalog);
    }
    ZipItem manifest = items.remove(JarFile.MANIFEST_NAME);
    List<PackagedJar.Entry> entries = new ArrayList<>();
    items.forEach(
        (path, item) ->
            entries.add(new PackagedJar.Entry(path, item.isDirectory(), item.content())));
    return ReproducibleJar.of(ThinManifest.bytes(read(manifest)), entries, time);
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
