package io.slimimage.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.SeekableByteChannel;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A blob whose bytes come into a {@link BlobStore} when somebody wants them first, once for all who
 * do. Whoever needs no more than digest and size gets along without them. Can be used by several
 * threads at once.
 */
public final class DeferredBlob implements Blob {

  /** Where the bytes are until then. */
  @FunctionalInterface
  public interface Source {
    /**
     * Brings the bytes into a store, verified.
     *
     * @throws io.slimimage.SlimImageException if they cannot be got, or are others than they should
     *     be
     */
    StoredBlob store() throws IOException;
  }

  private final Digest digest;
  private final long size;
  private final Source source;
  private final Lock lock = new ReentrantLock();
  private volatile StoredBlob stored;

  /**
   * Creates a blob.
   *
   * @param digest of the bytes
   * @param size in bytes
   */
  public DeferredBlob(Digest digest, long size, Source source) {
    this.digest = digest;
    this.size = size;
    this.source = source;
  }

  /**
   * Returns the blob in the store; a failure is that of this call, and the next one tries again.
   */
  public StoredBlob stored() throws IOException {
    if (stored == null) {
      lock();
      try {
        if (stored == null) {
          stored = source.store();
        }
      } finally {
        lock.unlock();
      }
    }
    return stored;
  }

  /** Returns the blob as it is in the store, where it belongs there, and any other one as it is. */
  public static Blob inStore(Blob blob) throws IOException {
    return blob instanceof DeferredBlob deferred ? deferred.stored() : blob;
  }

  private void lock() throws InterruptedIOException {
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while another thread got a blob");
    }
  }

  /** Returns whether the bytes have come already. */
  public boolean isStored() {
    return stored != null;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public InputStream open() throws IOException {
    return stored().open();
  }

  @Override
  public SeekableByteChannel openChannel() throws IOException {
    return stored().openChannel();
  }

  @Override
  public Digest key(FileDigests digests) {
    return digest;
  }
}
