package io.slimimage.registry;

import io.slimimage.blob.Digest;
import io.slimimage.image.ManifestContent;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a registry does that works. It refuses manifests whose parts it does not have. */
public final class MemoryRegistry implements Script {

  private static final Pattern PATH =
      Pattern.compile("/v2/(?<name>.+)/(?<kind>manifests|blobs|blobs/uploads)/(?<rest>[^/]*)");

  private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  private final Map<String, ManifestBytes> manifests = new ConcurrentHashMap<>();

  /** Lets a repository have a blob. */
  Digest put(String name, byte[] blob) {
    Digest digest = Digest.sha256(blob);
    blobs.put(name + "@" + digest, blob);
    return digest;
  }

  /** Lets a repository have a manifest, by a tag and by its digest. */
  ManifestBytes put(String name, String tag, ManifestBytes manifest) {
    manifests.put(name + "@" + tag, manifest);
    manifests.put(name + "@" + manifest.digest(), manifest);
    return manifest;
  }

  /** Returns a blob, or null. */
  public byte[] blob(String name, Digest digest) {
    return blobs.get(name + "@" + digest);
  }

  /** Returns a manifest, or null. */
  public ManifestBytes manifest(String name, String reference) {
    return manifests.get(name + "@" + reference);
  }

  /** Takes a blob away from a repository, as a registry's garbage collection does. */
  public void lose(String name, Digest digest) {
    blobs.remove(name + "@" + digest);
  }

  /** Takes a manifest away from a repository, with its tags. */
  public void loseManifest(String name, Digest digest) {
    manifests
        .entrySet()
        .removeIf(
            it -> it.getKey().startsWith(name + "@") && it.getValue().digest().equals(digest));
  }

  /** Returns all that it has, whatever it is. */
  public List<byte[]> contents() {
    return Stream.concat(
            blobs.values().stream(), manifests.values().stream().map(ManifestBytes::bytes))
        .toList();
  }

  @Override
  public void play(Exchange exchange) throws IOException {
    Matcher path = PATH.matcher(exchange.path());
    if (!path.matches()) {
      exchange.answer(404);
      return;
    }
    String name = path.group("name");
    String rest = path.group("rest");
    switch (exchange.method() + " " + path.group("kind")) {
      case "HEAD manifests", "GET manifests" -> read(exchange, manifest(name, rest));
      case "PUT manifests" -> {
        ManifestBytes manifest = ManifestBytes.of(exchange.header("Content-Type"), exchange.body());
        if (isWhole(name, manifest)) {
          put(name, rest, manifest);
          exchange.answer(201, "Docker-Content-Digest", manifest.digest().toString());
        } else {
          exchange.json(404, ScriptedRegistry.error("MANIFEST_BLOB_UNKNOWN", "blob unknown"));
        }
      }
      case "HEAD blobs", "GET blobs" -> read(exchange, rest, blobs.get(name + "@" + rest));
      case "POST blobs/uploads" -> begin(exchange, name);
      case "PUT blobs/uploads" -> end(exchange, name);
      default -> exchange.answer(405);
    }
  }

  private boolean isWhole(String name, ManifestBytes manifest) {
    ManifestContent content = ManifestContent.parse("manifest", manifest.bytes());
    return content.blobs().stream().allMatch(it -> blob(name, it.digest()) != null)
        && content.manifests().stream()
            .allMatch(it -> manifest(name, it.digest().toString()) != null);
  }

  private static void read(Exchange exchange, ManifestBytes manifest) throws IOException {
    if (manifest == null) {
      exchange.json(404, ScriptedRegistry.error("MANIFEST_UNKNOWN", "manifest unknown"));
      return;
    }
    exchange.answer(
        200,
        Map.of(
            "Content-Type",
            manifest.mediaType(),
            "Docker-Content-Digest",
            manifest.digest().toString()),
        manifest.bytes());
  }

  private static void read(Exchange exchange, String digest, byte[] blob) throws IOException {
    if (blob == null) {
      exchange.json(404, ScriptedRegistry.error("BLOB_UNKNOWN", "blob unknown to registry"));
      return;
    }
    Map<String, String> headers = new TreeMap<>(Map.of("Docker-Content-Digest", digest));
    String range = exchange.header("Range");
    if (range.isEmpty()) {
      exchange.answer(200, headers, blob);
      return;
    }
    int from = Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
    headers.put("Content-Range", "bytes " + from + "-" + (blob.length - 1) + "/" + blob.length);
    exchange.answer(206, headers, Arrays.copyOfRange(blob, from, blob.length));
  }

  private void begin(Exchange exchange, String name) throws IOException {
    byte[] mounted = blobs.get(exchange.query("from") + "@" + exchange.query("mount"));
    if (mounted != null) {
      put(name, mounted);
      exchange.answer(201, "Docker-Content-Digest", exchange.query("mount"));
    } else {
      exchange.answer(
          202,
          "Location",
          "/v2/" + name + "/blobs/uploads/" + UUID.randomUUID() + "?_state=signed");
    }
  }

  private void end(Exchange exchange, String name) throws IOException {
    byte[] content = exchange.body();
    String digest = exchange.query("digest");
    boolean whole = exchange.query("_state").equals("signed");
    if (!whole || !Digest.sha256(content).toString().equals(digest)) {
      exchange.json(400, ScriptedRegistry.error("DIGEST_INVALID", "provided digest did not match"));
      return;
    }
    put(name, content);
    exchange.answer(201, "Docker-Content-Digest", digest);
  }
}
