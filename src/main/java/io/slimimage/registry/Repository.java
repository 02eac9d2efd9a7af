package io.slimimage.registry;

import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.image.Descriptor;
import java.io.InputStream;
import java.util.Optional;

/**
 * A repository of a registry. Can be used by several threads at once.
 *
 * <p>What fails for a while is tried again, so that a failure is final. All methods throw {@link
 * RegistryException}: if the registry refuses the request, cannot be reached, takes too long, or
 * answers with something else than was asked for; and on an interrupt.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md">OCI
 *     distribution specification</a>
 */
public interface Repository {

  /**
   * Returns the registry's host with its port and the repository, such as {@code host:5000/a/b}.
   */
  String name();

  /**
   * Asks which manifest or index a tag stands for, without getting it.
   *
   * @param reference a tag or a digest
   * @return nothing where the repository does not have it
   */
  Optional<Descriptor> find(String reference);

  /**
   * Gets a manifest or an index.
   *
   * @param reference a tag or a digest
   * @return nothing where the repository does not have it; the bytes have the digest that was asked
   *     for, or that the registry says the tag stands for
   */
  Optional<ManifestBytes> manifest(String reference);

  /** Returns whether the repository has a blob. */
  boolean hasBlob(Digest digest);

  /**
   * Opens a blob; the caller closes the stream. Whoever reads it to the end gets the bytes of the
   * digest, or a failure before the last of them: a download that breaks off is gone on with.
   *
   * @param descriptor of the blob; no more than its size is read
   */
  InputStream open(Descriptor descriptor);

  /**
   * Lets this repository have a blob of another one of the same registry, without sending it.
   *
   * @param repository the other one, without the registry
   * @return whether it has it now; {@code false} where the registry does not do it
   */
  boolean mount(Digest digest, String repository);

  /** Sends a blob. What is sent is verified against the digest, by the registry and here. */
  void push(Descriptor descriptor, Blob content);

  /**
   * Sends a manifest or an index, whose parts the repository must have.
   *
   * @param reference the tag, or the digest of the bytes
   * @param completion sends the parts that the repository lacks. It is run where the registry says
   *     so all the same, before the manifest is sent again: its garbage collection may have removed
   *     one meanwhile, or one of its servers does not see yet what another one got
   */
  void pushManifest(String reference, ManifestBytes manifest, Runnable completion);

  /** Sends a manifest or an index of which no part can be sent again. */
  default void pushManifest(String reference, ManifestBytes manifest) {
    pushManifest(reference, manifest, () -> {});
  }
}
