package io.slimimage.output;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.image.Descriptor;
import io.slimimage.image.ManifestContent;
import io.slimimage.image.MediaTypes;
import io.slimimage.registry.ManifestBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads an image, or an index of several, from the OCI image layout that a build has left.
 *
 * <p>Documents are verified by their digests. So are layers, but not before they are sent: what a
 * registry has already is not read.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-layout.md">OCI image
 *     layout</a>
 */
public final class LayoutReader {

  /** In bytes; what registries take at most. */
  private static final int LARGEST_DOCUMENT = 4 << 20;

  /** Indexes in indexes, which nobody needs more than two of. */
  private static final int MOST_NESTED = 4;

  private final Path directory;
  private final Elsewhere elsewhere;
  private final Map<Digest, ManifestBytes> manifests = new LinkedHashMap<>();
  private final Map<Digest, PushableImage.Part> parts = new LinkedHashMap<>();

  /** Where layers can be had that a layout does not have. */
  @FunctionalInterface
  public interface Elsewhere {
    /** Nowhere. */
    Elsewhere NONE = layer -> Optional.empty();

    /** Returns the content of a layer, which is not read before it has to be sent. */
    Optional<Blob> find(Descriptor layer);
  }

  private LayoutReader(Path directory, Elsewhere elsewhere) {
    this.directory = directory;
    this.elsewhere = elsewhere;
  }

  /**
   * Reads what has a digest.
   *
   * @param root digest of the manifest or the index that {@code index.json} has to name
   * @param elsewhere where layers are that the layout lacks
   * @throws SlimImageException if the layout does not have it, or is damaged
   */
  public static PushableImage read(Path directory, Digest root, Elsewhere elsewhere)
      throws IOException {
    LayoutReader reader = new LayoutReader(directory, elsewhere);
    reader.add(reader.find(root), 0);
    Collection<ManifestBytes> inOrder = reader.manifests.values();
    return new PushableImage(inOrder.stream().toList(), reader.parts.values().stream().toList());
  }

  private Descriptor find(Digest root) throws IOException {
    Path file = directory.resolve("index.json");
    if (!Files.isRegularFile(file)) {
      throw unusable("has no [index.json]");
    }
    byte[] index = bytes(file);
    return ManifestContent.parse("[" + file + "]", index).manifests().stream()
        .filter(entry -> entry.digest().equals(root))
        .findFirst()
        .orElseThrow(() -> unusable("does not have the image [" + root + "]"));
  }

  private void add(Descriptor manifest, int depth) throws IOException {
    if (manifests.containsKey(manifest.digest())) {
      return;
    }
    byte[] bytes = document(manifest);
    ManifestContent content =
        ManifestContent.parse("manifest [" + manifest.digest() + "] of the layout", bytes);
    boolean index = isIndex(manifest.mediaType());
    if (index == content.manifests().isEmpty() || depth > MOST_NESTED) {
      throw unusable("has a manifest that is not what it is said to be: " + manifest.digest());
    }
    for (Descriptor nested : content.manifests()) {
      add(nested, depth + 1);
    }
    if (!content.blobs().isEmpty()) {
      // Its configuration, the one part that is a document.
      document(content.blobs().get(0));
    }
    for (Descriptor blob : content.blobs()) {
      if (!parts.containsKey(blob.digest())) {
        parts.put(blob.digest(), new PushableImage.Part(blob, content(blob)));
      }
    }
    manifests.put(
        manifest.digest(), new ManifestBytes(manifest.mediaType(), manifest.digest(), bytes));
  }

  private static boolean isIndex(String mediaType) {
    return mediaType.equals(MediaTypes.INDEX) || mediaType.equals(MediaTypes.DOCKER_INDEX);
  }

  private byte[] document(Descriptor descriptor) throws IOException {
    byte[] bytes = bytes(file(descriptor));
    if (!Digest.sha256(bytes).equals(descriptor.digest())) {
      throw unusable("has a damaged blob: " + descriptor.digest());
    }
    return bytes;
  }

  private Blob content(Descriptor blob) {
    if (!Files.exists(path(blob))) {
      Optional<Blob> found = elsewhere.find(blob);
      if (found.isPresent()) {
        return found.get();
      }
    }
    return Blob.of(file(blob));
  }

  private Path path(Descriptor blob) {
    return directory.resolve(ImageArchive.path(blob.digest()));
  }

  /** Returns the file of a blob, which has the size that it should have. */
  private Path file(Descriptor blob) {
    Path file = path(blob);
    try {
      if (Files.isRegularFile(file) && Files.size(file) == blob.size()) {
        return file;
      }
    } catch (IOException e) {
      // As good as none.
    }
    throw unusable("lacks a blob, or has less or more of it: " + blob.digest());
  }

  private byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST_DOCUMENT + 1);
      if (bytes.length > LARGEST_DOCUMENT) {
        throw unusable("has a document of more than 4 MiB: " + file.getFileName());
      }
      return bytes;
    }
  }

  private SlimImageException unusable(String what) {
    return new SlimImageException(
        SlimImageException.advise("The layout [" + directory + "] " + what, "build again"));
  }
}
