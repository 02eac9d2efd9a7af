package io.slimimage.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A window on a channel, for reading only; closing it closes the channel. */
final class RegionChannel implements SeekableByteChannel {

  private final SeekableByteChannel whole;
  private final long offset;
  private final long size;
  private long position;

  RegionChannel(SeekableByteChannel whole, long offset, long size) {
    this.whole = whole;
    this.offset = offset;
    this.size = size;
  }

  @Override
  public int read(ByteBuffer buffer) throws IOException {
    long left = size - position;
    if (left <= 0) {
      return -1;
    }
    int limit = buffer.limit();
    if (buffer.remaining() > left) {
      buffer.limit(buffer.position() + (int) left);
    }
    try {
      whole.position(offset + position);
      int read = whole.read(buffer);
      if (read > 0) {
        position += read;
      }
      return read;
    } finally {
      buffer.limit(limit);
    }
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    if (newPosition < 0) {
      throw new IllegalArgumentException("negative position: " + newPosition);
    }
    position = newPosition;
    return this;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int write(ByteBuffer buffer) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long newSize) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return whole.isOpen();
  }

  @Override
  public void close() throws IOException {
    whole.close();
  }
}
