package io.slimimage.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * An image, as {@code docker save} hands it out.
 *
 * @param config its configuration
 * @param layers the lowest first
 */
record SavedImage(JsonNode config, List<SavedLayer> layers) {

  private static final String MANIFEST = "manifest.json";
  private static final String TAR_MAGIC = "ustar";
  private static final int TAR_MAGIC_OFFSET = 257;

  /** Copies the list. */
  SavedImage {
    layers = List.copyOf(layers);
  }

  /**
   * Reads an archive of one image: with {@code <id>/layer.tar} as engines before 25 write it,
   * {@code blobs/sha256/<digest>} as later ones do, or {@code <digest>.tar} as Podman does.
   * Streams: of the layers nothing is kept but what their entries are.
   *
   * @throws IOException if it is no such archive, or a layer is not the one that the configuration
   *     names
   */
  static SavedImage read(InputStream archive) throws IOException {
    Map<String, SavedLayer> layers = new HashMap<>();
    Map<String, JsonNode> texts = new HashMap<>();
    Map<String, String> links = new HashMap<>();
    TarArchiveInputStream tar = new TarArchiveInputStream(new BufferedInputStream(archive));
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      String name = entry.getName();
      if (entry.isSymbolicLink()) {
        // A layer that occurs twice is stored once.
        links.put(name, Path.of(name).resolveSibling(entry.getLinkName()).normalize().toString());
      } else if (entry.isFile()
          && (name.startsWith("blobs/") || name.endsWith(".tar") || name.endsWith(".json"))) {
        BufferedInputStream blob = new BufferedInputStream(tar);
        if (isJson(blob)) {
          texts.put(name, new ObjectMapper().readTree(blob.readAllBytes()));
        } else {
          layers.put(name, SavedLayer.read(blob));
        }
      }
    }
    JsonNode manifest = find(texts, MANIFEST).path(0);
    JsonNode config = find(texts, manifest.path("Config").asText());
    List<SavedLayer> ordered = new ArrayList<>();
    for (JsonNode layer : manifest.path("Layers")) {
      String name = layer.asText();
      ordered.add(find(layers, links.getOrDefault(name, name)));
    }
    return checked(new SavedImage(config, ordered));
  }

  /** Returns the names of all layers' entries, those of directories with a slash behind. */
  List<String> paths() {
    return layers.stream()
        .flatMap(layer -> layer.entries().stream())
        .map(SavedEntry::name)
        .distinct()
        .toList();
  }

  private static <T> T find(Map<String, T> found, String name) throws IOException {
    if (!found.containsKey(name)) {
      throw new IOException("the archive has no [" + name + "]");
    }
    return found.get(name);
  }

  private static SavedImage checked(SavedImage image) throws IOException {
    List<String> named = new ArrayList<>();
    image.config.path("rootfs").path("diff_ids").forEach(each -> named.add(each.asText()));
    List<String> read = image.layers.stream().map(SavedLayer::diffId).toList();
    if (!read.equals(named)) {
      throw new IOException("the layers are " + read + ", and not those of the image: " + named);
    }
    return image;
  }

  /** A layer may well begin with a file whose name begins like JSON. */
  private static boolean isJson(BufferedInputStream blob) throws IOException {
    int length = TAR_MAGIC_OFFSET + TAR_MAGIC.length();
    blob.mark(length);
    String start = new String(blob.readNBytes(length), StandardCharsets.ISO_8859_1);
    blob.reset();
    return (start.startsWith("{") || start.startsWith("["))
        && !start.startsWith(TAR_MAGIC, TAR_MAGIC_OFFSET);
  }
}
