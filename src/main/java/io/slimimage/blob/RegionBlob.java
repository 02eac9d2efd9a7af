package io.slimimage.blob;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.Objects;

/** A part of another blob, such as a jar that lies uncompressed in another jar. */
record RegionBlob(Blob whole, long offset, long size) implements Blob {
  RegionBlob {
    Objects.checkFromIndexSize(offset, size, whole.size());
  }

  @Override
  public InputStream open() throws IOException {
    int buffer = (int) Math.min(size + 1, Streams.BUFFER);
    return new BufferedInputStream(Channels.newInputStream(openChannel()), buffer);
  }

  @Override
  public SeekableByteChannel openChannel() throws IOException {
    return new RegionChannel(whole.openChannel(), offset, size);
  }

  @Override
  public Digest key(FileDigests digests) throws IOException {
    return whole instanceof FileBlob part
        ? digests.derived(part.file(), "region " + offset + " " + size, () -> Digest.sha256(this))
        : Digest.sha256(this);
  }
}
