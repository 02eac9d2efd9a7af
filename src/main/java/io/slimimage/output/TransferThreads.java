package io.slimimage.output;

import io.slimimage.SlimImageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The threads that talk to a registry. None outlives {@link #close}, none keeps a JVM alive. */
final class TransferThreads implements AutoCloseable {

  /** Like Docker's own default it suits a line that others use as well. */
  private static final int AT_ONCE = 4;

  /** How long a thread may take to notice that it is no longer wanted. */
  private static final long PATIENCE_SECONDS = 10;

  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          AT_ONCE,
          task -> {
            Thread thread = new Thread(task, "slimimage-push");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Does tasks side by side and returns their results in their order. The first failure is thrown
   * as it is, at once, without waiting for the others.
   *
   * @throws SlimImageException if the calling thread is interrupted
   */
  <T> List<T> all(List<Supplier<T>> tasks) {
    if (tasks.size() == 1) {
      return List.of(tasks.get(0).get());
    }
    CompletionService<T> completed = new ExecutorCompletionService<>(threads);
    List<Future<T>> futures = tasks.stream().map(task -> completed.submit(task::get)).toList();
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
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw (RuntimeException) e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SlimImageException("The push was interrupted", e);
    }
  }

  /** Ends all threads, and what they are sending. */
  @Override
  public void close() {
    threads.shutdownNow();
    boolean interrupted = Thread.interrupted();
    try {
      threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
