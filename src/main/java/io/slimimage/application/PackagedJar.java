package io.slimimage.application;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import io.slimimage.blob.ZipCatalog;
import io.slimimage.blob.ZipItem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Manifest;

/**
 * The jar that Maven has made of the application. It holds no file open: its blobs read from the
 * jar when they are read.
 */
public sealed interface PackagedJar permits PlainJar, BootJar {

  /**
   * One of the application's own files or directories.
   *
   * @param name the path on the class path; a directory's ends with a slash
   * @param directory whether it is a directory
   * @param content the unpacked bytes, empty for a directory
   */
  record Entry(String name, boolean directory, Blob content) {}

  /**
   * A jar that lies in the packaged jar.
   *
   * @param fileName its name without a directory
   * @param content its bytes
   */
  record NestedJar(String fileName, Blob content) {}

  /** Returns where the jar is. */
  Path file();

  /** Returns a copy of the manifest, empty where the jar has none. */
  Manifest manifest();

  /** Returns the class that the manifest says to start. */
  Optional<String> mainClass();

  /**
   * Returns the application's own files and directories in the order of the jar, without the
   * manifest; of entries with the same name the last, which is the one that Java finds.
   */
  List<Entry> entries();

  /** Returns the jars inside, in the order of the class path; a plain jar has none. */
  List<NestedJar> libraries();

  /** Returns whether the libraries come from the jar itself, not from the repository. */
  boolean hasLibraries();

  /**
   * Opens a jar that {@code mvn package} has made: an ordinary one or one that Spring Boot has
   * repackaged.
   *
   * @throws SlimImageException if the jar is missing, corrupt, or a war
   */
  static PackagedJar open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new SlimImageException(
          SlimImageException.advise(
              "The application's jar [" + file + "] does not exist",
              "run mvn package, or bind the goal to the package phase"));
    }
    ZipCatalog catalog = ZipCatalog.read(Blob.of(file), file.toString());
    Map<String, ZipItem> items = new LinkedHashMap<>();
    catalog.items().forEach(item -> items.put(item.name(), item));
    Manifest manifest = readManifest(file, items.get("META-INF/MANIFEST.MF"));
    rejectWar(file, manifest);
    return BootLayout.find(manifest, items.keySet())
        .<PackagedJar>map(layout -> new BootJar(file, manifest, items, layout))
        .orElseGet(() -> new PlainJar(file, manifest, items));
  }

  private static Manifest readManifest(Path file, ZipItem item) {
    if (item == null) {
      return new Manifest();
    }
    try (InputStream in = item.content().open()) {
      return new Manifest(in);
    } catch (IOException e) {
      throw new SlimImageException(
          SlimImageException.advise(
              "The manifest of [" + file + "] cannot be read: " + e.getMessage(),
              "check the configuration of the plugin that makes the jar"),
          e);
    }
  }

  private static void rejectWar(Path file, Manifest manifest) {
    String classes = manifest.getMainAttributes().getValue("Spring-Boot-Classes");
    boolean bootWar = classes != null && classes.startsWith("WEB-INF/");
    if (bootWar || file.toString().endsWith(".war")) {
      throw new SlimImageException(
          SlimImageException.advise(
              "[" + file + "] is a web archive, which is not supported yet",
              "set the packaging of the project to jar"));
    }
  }
}
