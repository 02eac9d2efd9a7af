package io.slimimage.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import io.slimimage.blob.Digest;
import io.slimimage.image.MediaTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Makes an OCI image layout, right or wrong. */
final class TestLayout {

  private final Map<String, byte[]> files = new TreeMap<>();
  private final List<String> entries = new ArrayList<>();
  private String indexFields = "\"schemaVersion\":2,";

  /** Returns the archive of a layer with one file. */
  static byte[] tar(String path, String content) {
    return new TestTar().file(path, content).bytes();
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] zstd(byte[] bytes) {
    return Zstd.compress(bytes);
  }

  static byte[] concat(byte[] first, byte[] second) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }

  /** Returns the configuration of an image with these uncompressed layers. */
  static String config(String os, String architecture, byte[]... tars) {
    return "{\"os\":\""
        + os
        + "\",\"architecture\":\""
        + architecture
        + "\",\"x-unknown\":[1.50],\"config\":{\"Env\":[\"A=ä\"]},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":["
        + String.join(",", Stream.of(tars).map(tar -> "\"" + Digest.sha256(tar) + "\"").toList())
        + "]}}";
  }

  /** Returns what refers to a blob, which is put into the layout. */
  String blob(String mediaType, byte[] bytes, String... more) {
    Digest digest = Digest.sha256(bytes);
    files.put("blobs/sha256/" + digest.hex(), bytes);
    return descriptor(mediaType, digest.toString(), bytes.length, more);
  }

  static String descriptor(String mediaType, String digest, long size, String... more) {
    return "{\"mediaType\":\""
        + mediaType
        + "\",\"digest\":\""
        + digest
        + "\",\"size\":"
        + size
        + String.join("", Stream.of(more).map(field -> "," + field).toList())
        + "}";
  }

  /** Returns what refers to the manifest of an image. */
  String image(String config, List<String> layers, String... more) {
    return blob(MediaTypes.MANIFEST, manifest(config, layers), more);
  }

  byte[] manifest(String config, List<String> layers) {
    String descriptor = blob(MediaTypes.CONFIG, config.getBytes(UTF_8));
    return manifest("\"schemaVersion\":2,\"x-new\":{},", descriptor, layers);
  }

  static byte[] manifest(String fields, String config, List<String> layers) {
    return ("{"
            + fields
            + "\"config\":"
            + config
            + ",\"layers\":["
            + String.join(",", layers)
            + "]}")
        .getBytes(UTF_8);
  }

  /** Returns an image for linux/amd64 with one compressed layer. */
  String simpleImage(String content, String... more) {
    byte[] tar = tar("file", content);
    return image(
        config("linux", "amd64", tar), List.of(blob(MediaTypes.LAYER_GZIP, gzip(tar))), more);
  }

  static String platform(String os, String architecture, String... variant) {
    String more = variant.length == 0 ? "" : ",\"variant\":\"" + variant[0] + "\"";
    return "\"platform\":{\"os\":\""
        + os
        + "\",\"architecture\":\""
        + architecture
        + "\""
        + more
        + "}";
  }

  static String annotation(String name, String value) {
    return "\"annotations\":{\"" + name + "\":\"" + value + "\"}";
  }

  static String tag(String tag) {
    return annotation("org.opencontainers.image.ref.name", tag);
  }

  static byte[] index(String fields, List<String> entries) {
    return ("{" + fields + "\"manifests\":[" + String.join(",", entries) + "]}").getBytes(UTF_8);
  }

  TestLayout entry(String descriptor) {
    entries.add(descriptor);
    return this;
  }

  TestLayout indexFields(String fields) {
    indexFields = fields;
    return this;
  }

  /** Replaces a file, or removes it. */
  TestLayout put(String path, byte[] bytes) {
    if (bytes == null) {
      files.remove(path);
    } else {
      files.put(path, bytes);
    }
    return this;
  }

  /** Returns the paths of all blobs. */
  List<String> blobs() {
    return List.copyOf(files.keySet());
  }

  Map<String, byte[]> files() {
    Map<String, byte[]> all = new TreeMap<>(files);
    all.putIfAbsent("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(UTF_8));
    all.putIfAbsent("index.json", index(indexFields, entries));
    return all;
  }

  void write(Path directory) throws IOException {
    for (Map.Entry<String, byte[]> file : files().entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }
}
