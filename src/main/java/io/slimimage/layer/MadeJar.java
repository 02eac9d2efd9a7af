package io.slimimage.layer;

import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.blob.FileDigests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;

/**
 * A jar that is made of another one when its bytes are first wanted, which they are not where an
 * earlier build has made the same layer.
 */
final class MadeJar implements Blob {

  private final String name;
  private final Maker maker;
  private final Key key;
  private long size = -1;

  /** Has a name, a checksum and more for each entry, of which a layer may have 100,000. */
  private SoftReference<Blob> made = new SoftReference<>(null);

  /**
   * Creates a jar.
   *
   * @param name what it is made of, for error messages
   */
  MadeJar(String name, Maker maker, Key key) {
    this.name = name;
    this.maker = maker;
    this.key = key;
  }

  /** Lays out the jar. */
  @FunctionalInterface
  interface Maker {
    Blob make() throws IOException;
  }

  /** Finds what stands for the bytes, if possible without making the jar. */
  @FunctionalInterface
  interface Key {
    Digest of(FileDigests digests, MadeJar jar) throws IOException;
  }

  @Override
  public synchronized long size() {
    if (size < 0) {
      try {
        size = made().size();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + name, e);
      }
    }
    return size;
  }

  @Override
  public InputStream open() throws IOException {
    return made().open();
  }

  @Override
  public Digest key(FileDigests digests) throws IOException {
    return key.of(digests, this);
  }

  private synchronized Blob made() throws IOException {
    Blob blob = made.get();
    if (blob == null) {
      blob = maker.make();
      made = new SoftReference<>(blob);
    }
    return blob;
  }
}
