package io.slimimage.blob;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes one blob of a {@link BlobStore}; without {@link #commit} nothing of it stays.
 *
 * <p>Where the disk cannot take the bytes, every method throws {@link CacheException}.
 */
public final class BlobWriter extends OutputStream {

  private final BlobStore store;
  private final Path partial;
  private final OutputStream file;
  private final MeasuringOutputStream out;
  private boolean ended;

  BlobWriter(BlobStore store, Path partial) throws IOException {
    this.store = store;
    this.partial = partial;
    this.file = Files.newOutputStream(partial);
    this.out = new MeasuringOutputStream(new BufferedOutputStream(file, Streams.BUFFER));
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (ended) {
      throw new IOException("the blob is closed");
    }
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw store.unusable(e);
    }
  }

  /** Puts the blob, complete, into the store. */
  public StoredBlob commit() throws IOException {
    return commit(out.digest());
  }

  /** Returns the digest of all that was written; then nothing but {@link #commit(Digest)} works. */
  Digest digest() {
    return out.digest();
  }

  StoredBlob commit(Digest digest) throws IOException {
    if (ended) {
      throw new IOException("the blob is closed");
    }
    try {
      // Its bytes may still be on their way to the disk, see BlobStore.
      out.close();
      StoredBlob blob = store.add(partial, new StoredBlob(digest, store.file(digest), out.size()));
      ended = true;
      return blob;
    } catch (IOException e) {
      throw store.unusable(e);
    }
  }

  /** Removes what was not committed. */
  @Override
  public void close() throws IOException {
    if (ended) {
      return;
    }
    ended = true;
    try {
      // Not the buffer, which would try again to write what did not fit.
      file.close();
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
