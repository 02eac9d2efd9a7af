package io.slimimage.image;

import io.slimimage.SlimImageException;
import java.io.IOException;
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
 * Threads that do the tasks of one image side by side. None outlives {@link #close}, none keeps a
 * JVM alive.
 */
public final class TaskThreads implements AutoCloseable {

  /** How long a thread may take to notice that it is no longer wanted. */
  private static final long PATIENCE_SECONDS = 10;

  private final ExecutorService threads;
  private final String interruption;

  private TaskThreads(ExecutorService threads, String interruption) {
    this.threads = threads;
    this.interruption = interruption;
  }

  /**
   * Creates a thread for each task.
   *
   * @param interruption what to say on an interrupt, such as {@code The push was interrupted}
   */
  static TaskThreads unlimited(String name, String interruption) {
    return new TaskThreads(Executors.newCachedThreadPool(daemons(name)), interruption);
  }

  /**
   * Creates so many threads.
   *
   * @param interruption what to say on an interrupt, such as {@code The push was interrupted}
   */
  public static TaskThreads of(int most, String name, String interruption) {
    return new TaskThreads(Executors.newFixedThreadPool(most, daemons(name)), interruption);
  }

  /** Returns what runs the tasks. */
  ExecutorService executor() {
    return threads;
  }

  /**
   * Runs tasks and returns their results in their order. The first failure is thrown as it is, at
   * once, without waiting for the others.
   *
   * @throws SlimImageException if the calling thread is interrupted
   */
  public <T> List<T> all(List<? extends Callable<T>> tasks) throws IOException {
    CompletionService<T> completed = new ExecutorCompletionService<>(threads);
    List<Future<T>> futures = new ArrayList<>();
    tasks.forEach(task -> futures.add(completed.submit(task)));
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
      throw new SlimImageException(interruption, e);
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

  /** Ends all threads, and what they are doing, so that nothing is written or sent any more. */
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

  private static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
