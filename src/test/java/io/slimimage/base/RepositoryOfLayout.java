package io.slimimage.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.image.Descriptor;
import io.slimimage.image.ImageReference;
import io.slimimage.registry.Access;
import io.slimimage.registry.ManifestBytes;
import io.slimimage.registry.Registries;
import io.slimimage.registry.RegistryException;
import io.slimimage.registry.Repository;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Serves an OCI image layout as a registry does, and writes down what it was asked for. */
final class RepositoryOfLayout implements Registries, Repository {

  private final TestLayout layout = new TestLayout();
  private final Map<String, Descriptor> tags = new ConcurrentHashMap<>();
  private final Map<Digest, String> mediaTypes = new ConcurrentHashMap<>();
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private volatile RegistryException failure;
  private volatile Runnable beforeBlob = () -> {};

  TestLayout layout() {
    return layout;
  }

  /**
   * Gives a tag to a manifest or an index.
   *
   * @param descriptor in JSON
   */
  Digest tag(String tag, String descriptor) {
    JsonNode json;
    try {
      json = new ObjectMapper().readTree(descriptor);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Digest digest = Digest.parse(json.path("digest").asText());
    String mediaType = json.path("mediaType").asText();
    tags.put(tag, new Descriptor(mediaType, digest, json.path("size").asLong()));
    mediaTypes.put(digest, mediaType);
    return digest;
  }

  /** Answers every request with this, or with what was asked for if it is null. */
  void failWith(RegistryException e) {
    failure = e;
  }

  /** Runs something before each blob is sent. */
  void beforeBlob(Runnable action) {
    beforeBlob = action;
  }

  /** Returns the requests so far: the method and what was asked for. */
  List<String> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  /** Returns the requests for what is not in a manifest. */
  List<String> blobCalls() {
    return calls().stream().filter(call -> call.startsWith("GET blob ")).toList();
  }

  void forgetCalls() {
    calls.clear();
  }

  private void called(String call) {
    calls.add(call);
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public Repository repository(ImageReference image, Access access) {
    if (access != Access.PULL) {
      throw new AssertionError("more than is needed: " + access);
    }
    return this;
  }

  @Override
  public String name() {
    return "registry.example/base";
  }

  @Override
  public Optional<Descriptor> find(String reference) {
    called("HEAD " + reference);
    return Optional.ofNullable(tags.get(reference));
  }

  @Override
  public Optional<ManifestBytes> manifest(String reference) {
    called("GET " + reference);
    Digest digest = Digest.parse(reference);
    String mediaType = mediaTypes.getOrDefault(digest, "application/json");
    return bytes(digest).map(bytes -> new ManifestBytes(mediaType, digest, bytes));
  }

  private Optional<byte[]> bytes(Digest digest) {
    return Optional.ofNullable(layout.files().get("blobs/sha256/" + digest.hex()));
  }

  @Override
  public boolean hasBlob(Digest digest) {
    called("HEAD blob " + digest);
    return bytes(digest).isPresent();
  }

  @Override
  public InputStream open(Descriptor descriptor) {
    beforeBlob.run();
    called("GET blob " + descriptor.digest());
    byte[] bytes =
        bytes(descriptor.digest())
            .orElseThrow(() -> new RegistryException("no blob " + descriptor, 404, null));
    return new ByteArrayInputStream(bytes, 0, (int) Math.min(bytes.length, descriptor.size()));
  }

  @Override
  public boolean mount(Digest digest, String repository) {
    throw new AssertionError("nothing is to be sent");
  }

  @Override
  public void push(Descriptor descriptor, Blob content) {
    throw new AssertionError("nothing is to be sent");
  }

  @Override
  public void pushManifest(String reference, ManifestBytes manifest, Runnable completion) {
    throw new AssertionError("nothing is to be sent");
  }

  @Override
  public void close() {}
}
