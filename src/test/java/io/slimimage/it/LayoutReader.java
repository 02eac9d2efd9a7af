package io.slimimage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.image.BuiltImage;
import io.slimimage.image.Descriptor;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.ImageReference;
import io.slimimage.image.ImageValidator;
import io.slimimage.image.MediaTypes;
import io.slimimage.image.Platform;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads OCI image layouts by their specification, without anything of the code that writes them.
 *
 * <p>For {@code verify.groovy} too; a layout that is not as it should be throws {@link
 * AssertionError}, an image {@link io.slimimage.SlimImageException}.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-layout.md">OCI image
 *     layout</a>
 */
public final class LayoutReader {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FULL_NAME = "io.containerd.image.name";
  private static final String TAG = "org.opencontainers.image.ref.name";

  private final Path layout;
  private final Set<String> referred = new TreeSet<>();

  private LayoutReader(Path layout) {
    this.layout = layout;
  }

  /**
   * Reads the layout that a sample's build has written, and validates its images.
   *
   * @param module the directory of the module whose image it is
   * @param baseLayers how many of each image's layers are its base's
   * @return the images by all their names
   */
  public static Map<String, BuiltImage> read(File module, int baseLayers) throws IOException {
    return read(module.toPath().resolve("target/slimimage/image"), baseLayers);
  }

  /** Reads a layout in the same way. */
  public static Map<String, BuiltImage> read(Path layout, int baseLayers) throws IOException {
    LayoutReader reader = new LayoutReader(layout);
    Map<String, BuiltImage> images = reader.images();
    for (BuiltImage image : images.values()) {
      ImageValidator.validate(image, baseLayers);
    }
    assertThat(reader.blobs()).as("blobs in %s", layout).isEqualTo(reader.referred);
    return images;
  }

  private Map<String, BuiltImage> images() throws IOException {
    JsonNode marker = JSON.readTree(layout.resolve("oci-layout").toFile());
    assertThat(marker.path("imageLayoutVersion").asText()).isEqualTo("1.0.0");
    JsonNode index = JSON.readTree(layout.resolve("index.json").toFile());
    assertThat(index.path("schemaVersion").asInt()).isEqualTo(2);
    assertThat(index.path("mediaType").asText(MediaTypes.INDEX)).isEqualTo(MediaTypes.INDEX);
    Map<String, BuiltImage> images = new LinkedHashMap<>();
    for (JsonNode manifest : index.path("manifests")) {
      JsonNode annotations = manifest.path("annotations");
      assertThat(annotations.path(TAG).asText()).as("tag in %s", index).isNotEmpty();
      String name = annotations.path(FULL_NAME).asText(annotations.path(TAG).asText());
      BuiltImage image = image(manifest, annotations.path(FULL_NAME).asText(""));
      assertThat(images.put(name, image)).as("another image named %s", name).isNull();
    }
    assertThat(images).as("images in %s", layout).isNotEmpty();
    return images;
  }

  private BuiltImage image(JsonNode entry, String name) throws IOException {
    Descriptor manifest = descriptor(entry);
    JsonNode json = JSON.readTree(Files.readAllBytes(file(manifest)));
    Descriptor config = descriptor(json.path("config"));
    JsonNode configJson = JSON.readTree(Files.readAllBytes(file(config)));
    Platform platform = platform(configJson);
    if (entry.has("platform")) {
      assertThat(platform(entry.get("platform"))).isEqualTo(platform);
    }
    JsonNode diffIds = configJson.path("rootfs").path("diff_ids");
    assertThat(json.path("layers")).as("layers of %s", manifest.digest()).hasSize(diffIds.size());
    List<ImageLayer> layers = new ArrayList<>();
    for (JsonNode layer : json.path("layers")) {
      Descriptor descriptor = descriptor(layer);
      Digest diffId = Digest.parse(diffIds.get(layers.size()).asText());
      layers.add(new ImageLayer(descriptor, diffId, blob(descriptor)));
    }
    return new BuiltImage(
        name.isEmpty() ? List.of() : List.of(ImageReference.parse(name)),
        platform,
        manifest,
        blob(manifest),
        config,
        blob(config),
        layers);
  }

  private static Platform platform(JsonNode json) {
    return new Platform(
        json.path("os").asText(),
        json.path("architecture").asText(),
        json.path("variant").asText(""));
  }

  private Descriptor descriptor(JsonNode json) {
    return new Descriptor(
        json.path("mediaType").asText(),
        Digest.parse(json.path("digest").asText()),
        json.path("size").asLong(-1));
  }

  private Blob blob(Descriptor descriptor) {
    return Blob.of(file(descriptor));
  }

  private Path file(Descriptor descriptor) {
    Digest digest = descriptor.digest();
    referred.add(digest.algorithm() + "/" + digest.hex());
    Path file = layout.resolve("blobs").resolve(digest.algorithm()).resolve(digest.hex());
    assertThat(file).isRegularFile();
    return file;
  }

  private Set<String> blobs() throws IOException {
    Path blobs = layout.resolve("blobs");
    try (Stream<Path> files = Files.walk(blobs)) {
      Set<String> names = new TreeSet<>();
      files
          .filter(file -> !Files.isDirectory(file))
          .forEach(file -> names.add(blobs.relativize(file).toString().replace('\\', '/')));
      return names;
    }
  }
}
