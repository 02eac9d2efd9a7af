package io.slimimage.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.List;

/** Several blobs one after the other, for random access; only those are opened that are read. */
final class ConcatenatedChannel implements SeekableByteChannel {

  private final List<Blob> parts;
  private final long[] starts;
  private long position;
  private boolean closed;

  /** The part that was read last, and its channel if it is open. */
  private int current = -1;

  private SeekableByteChannel channel;

  /**
   * Opens a channel.
   *
   * @param starts where each part begins; at the end, where the last one ends
   */
  ConcatenatedChannel(List<Blob> parts, long[] starts) {
    this.parts = parts;
    this.starts = starts;
  }

  @Override
  public int read(ByteBuffer buffer) throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    if (position >= size()) {
      return -1;
    }
    if (!buffer.hasRemaining()) {
      return 0;
    }
    SeekableByteChannel part = open(partAt(position));
    part.position(position - starts[current]);
    int read = part.read(buffer);
    if (read < 0) {
      throw new IOException("part " + current + " ends before its time");
    }
    position += read;
    return read;
  }

  private int partAt(long offset) {
    int part = Arrays.binarySearch(starts, offset);
    if (part < 0) {
      part = -part - 2;
    }
    while (starts[part + 1] <= offset) {
      part++;
    }
    return part;
  }

  private SeekableByteChannel open(int part) throws IOException {
    if (part != current || channel == null) {
      closePart();
      channel = parts.get(part).openChannel();
      current = part;
    }
    return channel;
  }

  private void closePart() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
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
    return starts[parts.size()];
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
    return !closed;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    closePart();
  }
}
