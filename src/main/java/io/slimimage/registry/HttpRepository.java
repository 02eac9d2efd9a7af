package io.slimimage.registry;

import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.image.Descriptor;
import java.io.InputStream;
import java.util.Optional;

/** A repository of a registry that is spoken to. */
final class HttpRepository implements Repository {

  private final String registry;
  private final String name;
  private final Access access;
  private final Manifests manifests;
  private final BlobReads reads;
  private final BlobWrites writes;

  /**
   * Creates the repository, without a request.
   *
   * @param path inside the registry
   */
  HttpRepository(RegistryClient client, String path, Access access) {
    this.registry = client.registry();
    this.name = registry + "/" + path;
    this.access = access;
    RepositoryClient repository = new RepositoryClient(client, path, Scope.of(path, access));
    this.manifests = new Manifests(repository);
    this.reads = new BlobReads(repository);
    this.writes = new BlobWrites(repository);
  }

  /** Returns the registry's host with its port. */
  String registry() {
    return registry;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<Descriptor> find(String reference) {
    return manifests.find(reference);
  }

  @Override
  public Optional<ManifestBytes> manifest(String reference) {
    return manifests.get(reference);
  }

  @Override
  public boolean hasBlob(Digest digest) {
    return reads.has(digest);
  }

  @Override
  public InputStream open(Descriptor descriptor) {
    return reads.open(descriptor);
  }

  /** Opens the bytes of a blob from a position on; nobody verifies them. */
  InputStream body(Descriptor descriptor, long position) {
    return reads.body(descriptor, position);
  }

  @Override
  public boolean mount(Digest digest, String repository) {
    checkWritable();
    return writes.mount(digest, repository);
  }

  @Override
  public void push(Descriptor descriptor, Blob content) {
    checkWritable();
    writes.push(descriptor, content);
  }

  @Override
  public void pushManifest(String reference, ManifestBytes manifest, Runnable completion) {
    checkWritable();
    manifests.put(reference, manifest, completion);
  }

  private void checkWritable() {
    if (access != Access.PUSH) {
      throw new IllegalStateException("[" + name + "] was opened to read");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
