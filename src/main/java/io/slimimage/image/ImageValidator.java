package io.slimimage.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.blob.MeasuringInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Recomputes everything that an image says about its own bytes.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/manifest.md">OCI image
 *     manifest</a>
 */
public final class ImageValidator {

  static final String BUILD_AGAIN = "build the image again";

  private final BuiltImage image;
  private final String name;

  private ImageValidator(BuiltImage image) {
    this.image = image;
    this.name =
        image.references().isEmpty()
            ? "the image " + image.digest()
            : "the image [" + image.references().get(0) + "]";
  }

  /**
   * Validates an image whose layers are all this plugin's own.
   *
   * @throws SlimImageException if a size, digest or diff ID is not what the image says, if manifest
   *     and configuration do not fit together, or if a layer has a path that leads out of the
   *     image, a path twice, or one before its directory
   */
  public static void validate(BuiltImage image) throws IOException {
    validate(image, 0);
  }

  /**
   * Validates an image on a base. Reads all blobs, uncompressed too. Our own layers need not repeat
   * the directories of the base.
   *
   * @param baseLayers how many of the layers are the base's, which need not be as tidy
   * @throws SlimImageException as {@link #validate(BuiltImage)} does
   */
  public static void validate(BuiltImage image, int baseLayers) throws IOException {
    ImageValidator validator = new ImageValidator(image);
    validator.manifest();
    validator.config();
    for (int i = 0; i < image.layers().size(); i++) {
      String layer = "Layer " + (i + 1) + " of " + validator.name;
      new LayerCheck(layer, image.layers().get(i), i >= baseLayers, baseLayers > 0).run();
    }
  }

  private void manifest() throws IOException {
    Descriptor descriptor = image.manifestDescriptor();
    String what = "The manifest of " + name;
    expectEqual(what + " has the format", MediaTypes.MANIFEST, descriptor.mediaType());
    JsonObject manifest = json("manifest of " + name, image.manifest(), descriptor);
    expectEqual(what + " has the schema", JsonNumber.of(2), manifest.get("schemaVersion"));
    expectEqual(what + " says it has the format", MediaTypes.MANIFEST, manifest.text("mediaType"));
    Descriptor config = descriptor(manifest.object("config"));
    expectEqual(what + " has the configuration", image.configDescriptor(), config);
    expectEqual(
        what + " has the layers",
        image.layers().stream().map(ImageLayer::descriptor).toList(),
        manifest.objects("layers").stream().map(ImageValidator::descriptor).toList());
  }

  private void config() throws IOException {
    Descriptor descriptor = image.configDescriptor();
    String what = "The configuration of " + name;
    expectEqual(what + " has the format", MediaTypes.CONFIG, descriptor.mediaType());
    JsonObject config = json("configuration of " + name, image.config(), descriptor);
    Platform platform =
        new Platform(config.text("os"), config.text("architecture"), config.text("variant"));
    expectEqual(what + " is for", image.platform(), platform);
    JsonObject rootfs = config.object("rootfs");
    expectEqual(what + " has files as", "layers", rootfs.text("type"));
    List<String> diffIds = image.layers().stream().map(it -> it.diffId().toString()).toList();
    expectEqual(what + " has the diff IDs", diffIds, rootfs.texts("diff_ids"));
    long described =
        config.objects("history").stream()
            .filter(entry -> !Boolean.TRUE.equals(entry.get("empty_layer")))
            .count();
    expectEqual(what + " describes so many layers", (long) diffIds.size(), described);
  }

  private static JsonObject json(String what, Blob blob, Descriptor descriptor) throws IOException {
    byte[] bytes;
    try (InputStream in = blob.open()) {
      bytes = in.readAllBytes();
    }
    Blob read = Blob.of(bytes);
    expectSame("The " + what, descriptor, read.size(), digest(read, descriptor.digest()));
    return JsonReader.read(what, new String(bytes, UTF_8));
  }

  private static Digest digest(Blob blob, Digest expected) throws IOException {
    try (MeasuringInputStream in = new MeasuringInputStream(blob.open(), expected)) {
      in.finish();
      return in.digest();
    }
  }

  private static Descriptor descriptor(JsonObject json) {
    expect(json.get("size") instanceof JsonNumber, "A descriptor has no size");
    return new Descriptor(
        json.text("mediaType"),
        Digest.parse(json.text("digest")),
        Long.parseLong(((JsonNumber) json.get("size")).text()));
  }

  static void expectSame(String what, Descriptor descriptor, long size, Digest digest) {
    expectEqual(what + " has the size", descriptor.size(), size);
    expectEqual(what + " has the digest", descriptor.digest(), digest);
  }

  static void expectEqual(String what, Object expected, Object actual) {
    expect(
        expected.equals(actual), what + " [" + actual + "] where [" + expected + "] is expected");
  }

  static void expect(boolean met, String otherwise) {
    if (!met) {
      throw new SlimImageException(SlimImageException.advise(otherwise, BUILD_AGAIN));
    }
  }
}
