package io.slimimage.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.layer.Layer;
import io.slimimage.layer.LayerEntry;
import io.slimimage.layer.LayerRole;
import io.slimimage.layer.LayerTar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Small images and their parts. */
final class TestImages {

  static final Platform PLATFORM = new Platform("linux", "amd64", "");

  static final ImageMetadata METADATA =
      new ImageMetadata(Instant.EPOCH, Map.of(), "slimimage-maven-plugin 1.2");

  /** What inherits everything. */
  static final ImageConfig NOTHING =
      new ImageConfig(
          "", List.of(), Map.of(), Map.of(), List.of(), "", List.of(), List.of(), null, "");

  private TestImages() {}

  static ImagePlan plan(ImageConfig config) {
    return new ImagePlan(List.of(ImageReference.parse("app:1")), "scratch", List.of(), config);
  }

  /** Returns a plan that sets nothing. */
  static ImagePlan plan() {
    return plan(NOTHING);
  }

  static Layer layer(LayerRole role, String path, String text) {
    LayerEntry directory = new LayerEntry.Directory("app", 0755);
    Blob content = Blob.of(text.getBytes(UTF_8));
    return new Layer(role, List.of(directory, new LayerEntry.File("app/" + path, 0644, content)));
  }

  static byte[] tar(Layer layer) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      LayerTar.write(layer, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Returns a layer as it is, uncompressed. */
  static ImageLayer stored(byte[] tar) {
    Digest digest = Digest.sha256(tar);
    return new ImageLayer(
        new Descriptor(MediaTypes.LAYER_TAR, digest, tar.length), digest, Blob.of(tar));
  }

  static BuiltLayer built(LayerRole role, String path, String text) {
    return new BuiltLayer(role, stored(tar(layer(role, path, text))), 1, text.length(), false);
  }

  /** Returns a base image whose configuration names its layers, with fields more. */
  static BaseImage base(String fields, ImageLayer... layers) {
    StringBuilder diffIds = new StringBuilder();
    for (ImageLayer layer : layers) {
      diffIds.append(diffIds.isEmpty() ? "" : ",").append('"').append(layer.diffId()).append('"');
    }
    String config =
        "{\"rootfs\":{\"type\":\"layers\",\"diff_ids\":["
            + diffIds
            + "]}"
            + (fields.isEmpty() ? "" : ",")
            + fields
            + "}";
    return new BaseImage("oci://some/base", PLATFORM, config, List.of(layers));
  }

  static String text(Blob blob) {
    try (InputStream in = blob.open()) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
