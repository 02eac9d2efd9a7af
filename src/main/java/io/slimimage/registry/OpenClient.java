package io.slimimage.registry;

import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/**
 * An HTTP client that can be closed, which Java's own learned in release 21.
 *
 * <p>Its thread waits for the network in native code. A JVM that ends waits 300 ms for such threads
 * before it ends nevertheless, which is longer than most pushes take.
 *
 * @see <a
 *     href="https://github.com/openjdk/jdk17u/blob/master/src/hotspot/share/runtime/vmOperations.cpp">
 *     VM_Exit::wait_for_threads_in_native_to_block</a>
 */
final class OpenClient implements AutoCloseable {

  private static final long MOST_WAITING_MILLIS = 1000;

  private final HttpClient client;
  private final List<Thread> threads;

  private OpenClient(HttpClient client, List<Thread> threads) {
    this.client = client;
    this.threads = threads;
  }

  /** Opens a client. A group of its own tells its thread from those of other clients. */
  static OpenClient open(HttpClient.Builder builder) {
    ThreadGroup group = new ThreadGroup("slimimage-registry");
    CompletableFuture<OpenClient> opened = new CompletableFuture<>();
    new Thread(
            group,
            () -> {
              try {
                HttpClient client = builder.build();
                opened.complete(new OpenClient(client, othersOf(group)));
              } catch (RuntimeException | Error e) {
                opened.completeExceptionally(e);
              }
            })
        .start();
    try {
      return opened.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static List<Thread> othersOf(ThreadGroup group) {
    Thread[] all = new Thread[group.activeCount() + 1];
    int count = group.enumerate(all);
    return Stream.of(all).limit(count).filter(it -> it != Thread.currentThread()).toList();
  }

  HttpClient client() {
    return client;
  }

  /** Returns the threads that wait for the network. */
  List<Thread> threads() {
    return threads;
  }

  /** Ends the client with all its connections; an interrupt is what its thread ends at. */
  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    try {
      for (Thread thread : threads) {
        thread.join(MOST_WAITING_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
