package io.slimimage.base;

import com.fasterxml.jackson.databind.JsonNode;
import io.slimimage.blob.Digest;
import io.slimimage.blob.StoredBlob;
import io.slimimage.image.Descriptor;
import io.slimimage.image.LayerFormat;
import io.slimimage.image.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one image of an archive by its {@code manifest.json}, which has nothing but paths.
 *
 * @see <a href="https://github.com/moby/docker-image-spec/blob/main/v1.2.md">Docker image
 *     specification 1.2, "Combined Image JSON + Filesystem Changeset Format"</a>
 */
final class DockerArchive {

  private static final String MANIFEST = "[" + ArchiveContents.MANIFEST + "]";

  /** What Docker calls a configuration by the digest that it has. */
  private static final Pattern DIGEST =
      Pattern.compile("(?:.*/|sha256:)?([0-9a-f]{64})(?:\\.json)?");

  private final ArchiveContents archive;
  private final BaseFailures failures;
  private final Documents documents;

  DockerArchive(ArchiveContents archive, BaseFailures failures) {
    this.archive = archive;
    this.failures = failures;
    this.documents = new Documents(failures);
  }

  /** Reads the image that is for the platform. */
  FoundImage read(byte[] manifest, Platform platform) throws IOException {
    JsonNode image = choose(images(manifest), platform);
    List<FoundImage.Layer> layers = new ArrayList<>();
    for (String path : documents.texts(image.path("Layers"), "[Layers] of " + MANIFEST)) {
      StoredBlob blob = file(path, "layer " + (layers.size() + 1));
      layers.add(layer(blob));
    }
    return new FoundImage(config(image), layers);
  }

  /** Nothing is said of the format, and the digest is that of what was read. */
  private static FoundImage.Layer layer(StoredBlob blob) throws IOException {
    String mediaType = LayerFormat.of(blob).mediaType();
    return new FoundImage.Layer(new Descriptor(mediaType, blob.digest(), blob.size()), () -> blob);
  }

  /** Returns the images by the paths of their configurations. */
  private Map<String, JsonNode> images(byte[] manifest) throws IOException {
    Map<String, JsonNode> images = new LinkedHashMap<>();
    for (JsonNode image : documents.objects(documents.parse(manifest, MANIFEST), MANIFEST)) {
      images.put(image.path("Config").asText(), image);
    }
    if (images.isEmpty()) {
      throw failures.damaged(MANIFEST + " has no image");
    }
    return images;
  }

  private JsonNode choose(Map<String, JsonNode> images, Platform platform) throws IOException {
    if (images.size() == 1) {
      return images.values().iterator().next();
    }
    Map<String, JsonNode> fitting = new LinkedHashMap<>();
    List<Platform> others = new ArrayList<>();
    for (Map.Entry<String, JsonNode> image : images.entrySet()) {
      Optional<Platform> its =
          Documents.platform(documents.object(config(image.getValue()), "a configuration"));
      if (its.isEmpty() || its.get().equals(platform)) {
        fitting.put(image.getKey(), image.getValue());
      } else {
        others.add(its.get());
      }
    }
    if (fitting.isEmpty()) {
      throw ImageCheck.isFor(failures, others, platform);
    }
    if (fitting.size() > 1) {
      List<String> names = new ArrayList<>();
      fitting.forEach((path, image) -> names.add(image.path("RepoTags").path(0).asText(path)));
      throw OciImages.severalImages(failures, names, platform);
    }
    return fitting.values().iterator().next();
  }

  private byte[] config(JsonNode image) throws IOException {
    String path = image.path("Config").asText();
    byte[] bytes;
    try (InputStream in = file(path, "its configuration").open()) {
      bytes = DocumentBytes.read(in, "its configuration", failures);
    }
    Matcher digest = DIGEST.matcher(path);
    if (digest.matches() && !Digest.sha256(bytes).hex().equals(digest.group(1))) {
      throw failures.damaged(
          "its configuration [" + path + "] has another digest than its name says");
    }
    return bytes;
  }

  private StoredBlob file(String path, String what) {
    return archive
        .file(path)
        .orElseThrow(() -> failures.damaged(what + " is missing, file [" + path + "]"));
  }
}
