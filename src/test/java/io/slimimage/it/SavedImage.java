package io.slimimage.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The files of an image, as {@code docker save} hands it out.
 *
 * @param layers each layer's entries, the lowest layer first
 */
record SavedImage(List<List<Entry>> layers) {

  private static final String MANIFEST = "manifest.json";
  private static final int PERMISSIONS = 07777;

  /**
   * A file, a directory or a link of a layer.
   *
   * @param path where it is, without a slash in front; directories end with one
   * @param mode the permissions; 0 for a link, whose own mean nothing
   */
  record Entry(String path, int mode) {

    boolean isDirectory() {
      return path.endsWith("/");
    }
  }

  /** Copies the lists. */
  SavedImage {
    layers = layers.stream().map(List::copyOf).toList();
  }

  /**
   * Reads an archive of one image, uncompressed: {@code <id>/layer.tar} as engines before 25 write
   * it, or {@code blobs/sha256/<digest>} as later ones do. Streams: no content is kept.
   */
  static SavedImage read(InputStream archive) throws IOException {
    Map<String, List<Entry>> entriesByLayer = new HashMap<>();
    Map<String, String> links = new HashMap<>();
    JsonNode manifest = null;
    TarArchiveInputStream tar = new TarArchiveInputStream(new BufferedInputStream(archive));
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      String name = entry.getName();
      if (entry.isSymbolicLink()) {
        // A layer that occurs twice is stored once.
        links.put(name, Path.of(name).resolveSibling(entry.getLinkName()).normalize().toString());
      } else if (name.equals(MANIFEST)) {
        manifest = new ObjectMapper().readTree(tar.readAllBytes());
      } else if (name.endsWith("/layer.tar") || name.startsWith("blobs/") && entry.isFile()) {
        entriesByLayer.put(name, entries(tar));
      }
    }
    if (manifest == null) {
      throw new IOException("the archive has no " + MANIFEST);
    }
    List<List<Entry>> layers = new ArrayList<>();
    for (JsonNode layer : manifest.get(0).get("Layers")) {
      String name = layer.asText();
      layers.add(entriesByLayer.get(links.getOrDefault(name, name)));
    }
    return new SavedImage(layers);
  }

  /** Returns the paths of all layers' entries. */
  List<String> paths() {
    return layers.stream().flatMap(List::stream).map(Entry::path).distinct().toList();
  }

  /** Returns what a nested archive has, nothing for a blob of another kind. */
  private static List<Entry> entries(InputStream outer) throws IOException {
    BufferedInputStream blob = new BufferedInputStream(new Unclosed(outer));
    blob.mark(1);
    if (blob.read() == '{') {
      return List.of();
    }
    blob.reset();
    List<Entry> entries = new ArrayList<>();
    TarArchiveInputStream tar = new TarArchiveInputStream(blob);
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      // An imported base image has its files below the current directory.
      String path = entry.getName().replaceFirst("^\\./", "");
      boolean link = entry.isSymbolicLink() || entry.isLink();
      entries.add(new Entry(path, link ? 0 : entry.getMode() & PERMISSIONS));
    }
    return entries;
  }

  /** Keeps a reader of a nested archive from closing the outer one. */
  private static final class Unclosed extends FilterInputStream {

    Unclosed(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // Left to the owner of the outer archive.
    }
  }
}
