package io.slimimage.output;

import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.image.BuiltImage;
import io.slimimage.image.Descriptor;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.ImageReference;
import io.slimimage.image.ManifestContent;
import io.slimimage.image.PlatformImages;
import io.slimimage.registry.ManifestBytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a registry gets of an image, or of several in an index.
 *
 * @param manifests each after those that it refers to, so that what the tags stand for is the last
 * @param parts configurations and layers
 */
public record PushableImage(List<ManifestBytes> manifests, List<Part> parts) {

  /** Copies the lists. */
  public PushableImage {
    manifests = List.copyOf(manifests);
    parts = List.copyOf(parts);
    if (manifests.isEmpty()) {
      throw new IllegalArgumentException("an image needs a manifest");
    }
  }

  /**
   * A repository that may have a blob.
   *
   * @param registry host with its port
   * @param repository path inside the registry
   */
  public record Origin(String registry, String repository) {}

  /**
   * A blob of an image.
   *
   * @param content its bytes, which are opened only where they have to be sent
   * @param origins repositories that have it too
   */
  public record Part(Descriptor descriptor, Blob content, List<Origin> origins) {

    /** Copies the list. */
    public Part {
      Objects.requireNonNull(descriptor, "descriptor");
      Objects.requireNonNull(content, "content");
      origins = List.copyOf(origins);
    }

    /** Creates a part that no other repository is known to have. */
    public Part(Descriptor descriptor, Blob content) {
      this(descriptor, content, List.of());
    }
  }

  /** Returns what was built just now. */
  public static PushableImage of(PlatformImages images) throws IOException {
    Map<Digest, Part> parts = new LinkedHashMap<>();
    List<ManifestBytes> manifests = new ArrayList<>();
    for (BuiltImage image : images.images()) {
      parts.put(image.id(), new Part(image.configDescriptor(), image.config()));
      for (ImageLayer layer : image.layers()) {
        parts.putIfAbsent(
            layer.descriptor().digest(), new Part(layer.descriptor(), layer.content()));
      }
      manifests.add(manifest(image.manifestDescriptor(), image.manifest()));
    }
    if (images.index().isPresent()) {
      manifests.add(manifest(images.root(), images.index().get()));
    }
    return new PushableImage(manifests, parts.values().stream().toList());
  }

  private static ManifestBytes manifest(Descriptor descriptor, Blob content) throws IOException {
    try (InputStream in = content.open()) {
      return new ManifestBytes(descriptor.mediaType(), descriptor.digest(), in.readAllBytes());
    }
  }

  /**
   * Returns the same image with where its base's layers can be had from: the repository that its
   * manifest, or its index, names as its base, if it does.
   *
   * @param layers digests of the layers that are the base's
   */
  public PushableImage onBase(Set<Digest> layers) {
    String base = ManifestContent.parse("manifest of the image", root().bytes()).baseName();
    if (base.isEmpty() || layers.isEmpty()) {
      return this;
    }
    ImageReference name = ImageReference.parse(base);
    return withOrigin(new Origin(name.registry(), name.repository()), layers);
  }

  private PushableImage withOrigin(Origin origin, Set<Digest> layers) {
    List<Part> known = new ArrayList<>();
    for (Part part : parts) {
      List<Origin> origins = new ArrayList<>(part.origins());
      if (layers.contains(part.descriptor().digest())) {
        origins.add(origin);
      }
      known.add(new Part(part.descriptor(), part.content(), origins));
    }
    return new PushableImage(manifests, known);
  }

  /** Returns what the tags stand for. */
  public ManifestBytes root() {
    return manifests.get(manifests.size() - 1);
  }

  /** Returns the digest of what the tags stand for. */
  public Digest digest() {
    return root().digest();
  }
}
