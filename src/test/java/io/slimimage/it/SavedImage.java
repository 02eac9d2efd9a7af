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
 * @param layers the paths of each layer's entries, the lowest layer first; directories end with a
 *     slash
 */
record SavedImage(List<List<String>> layers) {

  private static final String MANIFEST = "manifest.json";

  /** Copies the lists. */
  SavedImage {
    layers = layers.stream().map(List::copyOf).toList();
  }

  /**
   * Reads an archive of one image, uncompressed: {@code <id>/layer.tar} as engines before 25 write
   * it, or {@code blobs/sha256/<digest>} as later ones do. Streams: only names are kept.
   */
  static SavedImage read(InputStream archive) throws IOException {
    Map<String, List<String>> entriesByLayer = new HashMap<>();
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
        entriesByLayer.put(name, names(tar));
      }
    }
    if (manifest == null) {
      throw new IOException("the archive has no " + MANIFEST);
    }
    List<List<String>> layers = new ArrayList<>();
    for (JsonNode layer : manifest.get(0).get("Layers")) {
      String name = layer.asText();
      layers.add(entriesByLayer.get(links.getOrDefault(name, name)));
    }
    return new SavedImage(layers);
  }

  /** Returns the paths of all layers' entries. */
  List<String> paths() {
    return layers.stream().flatMap(List::stream).distinct().toList();
  }

  /** Returns the names in a nested archive, none for a blob of another kind. */
  private static List<String> names(InputStream outer) throws IOException {
    BufferedInputStream blob = new BufferedInputStream(new Unclosed(outer));
    blob.mark(1);
    if (blob.read() == '{') {
      return List.of();
    }
    blob.reset();
    List<String> names = new ArrayList<>();
    TarArchiveInputStream tar = new TarArchiveInputStream(blob);
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      String name = entry.getName();
      // An imported base image has its files below the current directory.
      names.add(name.startsWith("./") ? name.substring(2) : name);
    }
    return names;
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
