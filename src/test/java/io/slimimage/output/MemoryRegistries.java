package io.slimimage.output;

import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.image.Descriptor;
import io.slimimage.image.ImageReference;
import io.slimimage.image.ManifestContent;
import io.slimimage.registry.Access;
import io.slimimage.registry.ManifestBytes;
import io.slimimage.registry.Registries;
import io.slimimage.registry.RegistryException;
import io.slimimage.registry.Repository;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Registries in memory that remember every call. As real ones do, they verify what they get, and
 * refuse a manifest whose parts they do not have.
 */
public final class MemoryRegistries implements Registries {

  private final Map<String, Map<Digest, byte[]>> blobs = new ConcurrentHashMap<>();
  private final Map<String, Map<String, ManifestBytes>> manifests = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final Set<Digest> refused = ConcurrentHashMap.newKeySet();
  private volatile boolean mounting = true;
  private volatile Runnable beforePush = () -> {};
  private volatile boolean closed;

  /** Lets no repository have a blob of another one. */
  public MemoryRegistries withoutMounts() {
    mounting = false;
    return this;
  }

  /** Refuses a blob. */
  public MemoryRegistries refusing(Digest blob) {
    refused.add(blob);
    return this;
  }

  /** Does something before each blob is taken. */
  public MemoryRegistries beforePush(Runnable action) {
    beforePush = action;
    return this;
  }

  /** Returns the calls so far, such as {@code push host/a/b sha256:…}, and forgets them. */
  public List<String> calls() {
    List<String> result = List.copyOf(calls);
    calls.clear();
    return result;
  }

  /** Returns the calls of one kind so far. */
  public List<String> calls(String kind) {
    return calls.stream().filter(call -> call.startsWith(kind + " ")).toList();
  }

  /** Returns what a tag or a digest stands for in a repository. */
  public Optional<ManifestBytes> manifest(String repository, String reference) {
    return Optional.ofNullable(manifests(repository).get(reference));
  }

  /** Returns the blobs of a repository. */
  public Set<Digest> blobs(String repository) {
    return Set.copyOf(bytes(repository).keySet());
  }

  /** Takes a blob away from a repository, as a registry's garbage collection does. */
  public void lose(String repository, Digest blob) {
    bytes(repository).remove(blob);
  }

  /** Returns whether the registries were closed. */
  public boolean isClosed() {
    return closed;
  }

  private Map<Digest, byte[]> bytes(String repository) {
    return blobs.computeIfAbsent(repository, name -> new ConcurrentHashMap<>());
  }

  private Map<String, ManifestBytes> manifests(String repository) {
    return manifests.computeIfAbsent(repository, name -> new ConcurrentHashMap<>());
  }

  @Override
  public Repository repository(ImageReference image, Access access) {
    return new InMemory(image.registry(), image.canonicalName(), access);
  }

  @Override
  public void close() {
    closed = true;
  }

  /** One repository. */
  private final class InMemory implements Repository {

    private final String registry;
    private final String name;
    private final Access access;

    InMemory(String registry, String name, Access access) {
      this.registry = registry;
      this.name = name;
      this.access = access;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Optional<Descriptor> find(String reference) {
      calls.add("find " + name + " " + reference);
      return MemoryRegistries.this.manifest(name, reference).map(ManifestBytes::descriptor);
    }

    @Override
    public Optional<ManifestBytes> manifest(String reference) {
      calls.add("manifest " + name + " " + reference);
      return MemoryRegistries.this.manifest(name, reference);
    }

    @Override
    public boolean hasBlob(Digest digest) {
      calls.add("has " + name + " " + digest);
      return bytes(name).containsKey(digest);
    }

    @Override
    public InputStream open(Descriptor descriptor) {
      calls.add("open " + name + " " + descriptor.digest());
      return new ByteArrayInputStream(bytes(name).get(descriptor.digest()));
    }

    private void checkPush() {
      if (access != Access.PUSH) {
        throw new AssertionError("opened for reading only");
      }
    }

    @Override
    public boolean mount(Digest digest, String repository) {
      checkPush();
      calls.add("mount " + name + " " + digest + " from " + repository);
      byte[] content = bytes(registry + "/" + repository).get(digest);
      if (!mounting || content == null) {
        return false;
      }
      bytes(name).put(digest, content);
      return true;
    }

    @Override
    public void push(Descriptor descriptor, Blob content) {
      checkPush();
      calls.add("push " + name + " " + descriptor.digest());
      beforePush.run();
      if (refused.contains(descriptor.digest())) {
        throw new RegistryException("The registry refuses " + descriptor.digest(), 403, null);
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new RegistryException("interrupted", 0, null);
      }
      try (InputStream in = content.open()) {
        byte[] bytes = in.readAllBytes();
        if (!Digest.sha256(bytes).equals(descriptor.digest())) {
          throw new RegistryException("The blob has another digest", 400, null);
        }
        bytes(name).put(descriptor.digest(), bytes);
      } catch (IOException e) {
        throw new RegistryException("The blob cannot be read", 0, e);
      }
    }

    @Override
    public void pushManifest(String reference, ManifestBytes manifest, Runnable completion) {
      checkPush();
      calls.add("put " + name + " " + reference);
      if (!isWhole(manifest)) {
        completion.run();
      }
      if (!isWhole(manifest)) {
        throw new RegistryException("MANIFEST_BLOB_UNKNOWN", 404, null);
      }
      manifests(name).put(manifest.digest().toString(), manifest);
      manifests(name).put(reference, manifest);
    }

    private boolean isWhole(ManifestBytes manifest) {
      ManifestContent content = ManifestContent.parse("manifest", manifest.bytes());
      return content.blobs().stream().allMatch(blob -> bytes(name).containsKey(blob.digest()))
          && content.manifests().stream()
              .allMatch(it -> manifests(name).containsKey(it.digest().toString()));
    }
  }
}
