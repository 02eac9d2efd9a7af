package io.slimimage.blob;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.zip.CRC32;

/**
 * Writes gzip whose parts are compressed side by side, the way of <a
 * href="https://zlib.net/pigz/">pigz</a>: every part of 512 KiB ends at a whole byte and begins
 * with the 32 KiB before it as its dictionary, so that all together are one member that any gzip
 * reads, 0.01 % larger than if it were compressed in one piece. Where the parts begin and what they
 * become depends on the bytes alone.
 *
 * <p>A few parts are in memory at any time; who writes faster waits, and compresses a part itself
 * if no worker has taken it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>
 */
final class ParallelGzip extends OutputStream {

  /** No name, no time, an unknown system. */
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  private static final int TRAILER = 8;

  /** Each part takes 1.3 MB, and the layers of an image are compressed side by side. */
  private static final int MAX_WORKERS = 16;

  private final OutputStream out;
  private final ExecutorService workers;
  private final int room = Math.min(Runtime.getRuntime().availableProcessors(), MAX_WORKERS) + 2;
  private final List<GzipBlock> blocks = new ArrayList<>();
  private final Deque<GzipBlock> free = new ArrayDeque<>();
  private final Deque<Part> pending = new ArrayDeque<>();
  private final byte[] piece = new byte[Streams.BUFFER];
  private final CRC32 crc = new CRC32();
  private long total;
  private GzipBlock current;
  private boolean failed;
  private boolean closed;

  ParallelGzip(OutputStream out, ExecutorService workers) throws IOException {
    this.out = out;
    this.workers = workers;
    out.write(HEADER);
    current = next(null);
  }

  /** A block that is being compressed, or waits for it. */
  private static final class Part extends FutureTask<GzipBlock> {
    Part(GzipBlock block, boolean last) {
      super(() -> block.compress(last), block);
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (closed || failed) {
      throw new IOException("the stream is closed");
    }
    crc.update(bytes, offset, length);
    total += length;
    int end = offset + length;
    for (int at = offset; at < end; ) {
      // Not as soon as it is full, since it may be the last.
      if (current.isFull()) {
        GzipBlock full = current;
        failed = true;
        compress(full, false);
        current = next(full);
        failed = false;
      }
      at += current.fill(bytes, at, end - at);
    }
  }

  /**
   * Does nothing: to write what there is would cut the parts where somebody happens to flush. All
   * comes out at the end.
   */
  @Override
  public void flush() {}

  /** Ends the gzip, unless a part of it could not be written. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (!failed) {
        compress(current, true);
        while (!pending.isEmpty()) {
          writeOldest();
        }
        out.write(trailer());
        out.flush();
      }
    } finally {
      pending.forEach(part -> part.cancel(false));
      // Waits for a part that is being compressed, which takes some milliseconds.
      blocks.forEach(GzipBlock::end);
    }
  }

  private void compress(GzipBlock block, boolean last) {
    Part part = new Part(block, last);
    pending.add(part);
    try {
      workers.execute(part);
    } catch (RejectedExecutionException e) {
      // Somebody ends the workers; then who writes compresses.
    }
  }

  /** Returns an empty block, when one may be had. */
  private GzipBlock next(GzipBlock previous) throws IOException {
    while (!pending.isEmpty() && pending.peek().isDone()) {
      writeOldest();
    }
    if (free.isEmpty() && blocks.size() == room) {
      writeOldest();
    }
    GzipBlock block = free.poll();
    if (block == null) {
      block = new GzipBlock();
      blocks.add(block);
    }
    block.start(previous);
    return block;
  }

  private void writeOldest() throws IOException {
    Part part = pending.remove();
    // Does nothing where a worker has taken it.
    part.run();
    try {
      GzipBlock block = part.get();
      block.writeTo(out, piece);
      free.add(block);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a layer was compressed");
    } catch (ExecutionException e) {
      throw new IOException("a layer cannot be compressed: " + e.getCause(), e.getCause());
    }
  }

  private byte[] trailer() {
    return ByteBuffer.allocate(TRAILER)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) crc.getValue())
        .putInt((int) total)
        .array();
  }
}
