package io.slimimage.image;

import io.slimimage.SlimImageException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The threads that make the layers of one image: one for each layer, and for all of them together
 * as many that compress as there are processors. None outlives {@link #close}, none keeps a JVM
 * alive.
 */
final class LayerThreads implements AutoCloseable {

  /** How long a thread may take to notice that it is no longer wanted. */
  private static final long PATIENCE_SECONDS = 10;

  private final ExecutorService makers = Executors.newCachedThreadPool(daemons("slimimage-layer"));
  private final ExecutorService compressors =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(), daemons("slimimage-compression"));

  /** Returns the threads that compress; they do nothing that waits for another task. */
  ExecutorService compressors() {
    return compressors;
  }

  /**
   * Runs tasks side by side and returns their results in their order. The first failure is thrown
   * as it is, at once, without waiting for the others.
   *
   * @throws SlimImageException if the calling thread is interrupted
   */
  <T> List<T> all(List<Callable<T>> tasks) throws IOException {
    CompletionService<T> completed = new ExecutorCompletionService<>(makers);
    List<Future<T>> futures = tasks.stream().map(completed::submit).toList();
    try {
      for (int i = 0; i < futures.size(); i++) {
        completed.take().get();
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SlimImageException("The build was interrupted while it made the layers", e);
    }
  }

  private static RuntimeException failure(Throwable cause) throws IOException {
    if (cause instanceof IOException failure) {
      throw failure;
    }
    if (cause instanceof Error failure) {
      throw failure;
    }
    return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
  }

  /** Ends all threads, and what they are doing, so that nothing is written any more. */
  @Override
  public void close() {
    // In this order, since who waits for a compression would wait forever else.
    makers.shutdownNow();
    compressors.shutdownNow();
    boolean interrupted = Thread.interrupted();
    try {
      makers.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
      compressors.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
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
