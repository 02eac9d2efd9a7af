package io.slimimage.image;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;

/**
 * The threads that make the layers of one image: one for each layer, and for all of them together
 * as many that compress as there are processors. None outlives {@link #close}, none keeps a JVM
 * alive.
 */
final class LayerThreads implements AutoCloseable {

  private final TaskThreads makers =
      TaskThreads.unlimited(
          "slimimage-layer", "The build was interrupted while it made the layers");
  private final TaskThreads compressors =
      TaskThreads.of(
          Runtime.getRuntime().availableProcessors(),
          "slimimage-compression",
          "The compression of the layers was interrupted");

  /** Returns the threads that compress; they do nothing that waits for another task. */
  ExecutorService compressors() {
    return compressors.executor();
  }

  /** Runs tasks side by side, as {@link TaskThreads#all} does. */
  <T> List<T> all(List<Callable<T>> tasks) throws IOException {
    return makers.all(tasks);
  }

  /** Ends all threads, and what they are doing, so that nothing is written any more. */
  @Override
  public void close() {
    // Who waits for a compression ends by the interrupt, so that both end soon.
    makers.close();
    compressors.close();
  }

  /** Returns a stream that takes nothing more once the thread that writes is interrupted. */
  static OutputStream interruptible(OutputStream out) {
    return new FilterOutputStream(out) {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException("interrupted while a layer was written");
        }
        out.write(bytes, offset, length);
      }
    };
  }
}
