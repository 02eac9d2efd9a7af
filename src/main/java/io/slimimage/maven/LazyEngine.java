package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.docker.DockerEngine;
import io.slimimage.docker.EngineLocator;
import io.slimimage.docker.EngineSearch;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** A Docker Engine that is looked for once, when it is needed first or ahead of that. */
final class LazyEngine implements Supplier<DockerEngine>, AutoCloseable {

  private static final String ALTERNATIVE =
      "do without 'slimimage.load' and without a base image from an engine [docker://]";

  private final BuildLog log;
  private CompletableFuture<EngineSearch> search;

  LazyEngine(BuildLog log) {
    this.log = log;
  }

  /**
   * Begins to look for it in a thread of its own. The client's classes take half a second to load,
   * in which the image can be put together.
   *
   * @param reference an image that will be asked for again
   */
  void lookAhead(String reference) {
    search = new CompletableFuture<>();
    Thread thread = new Thread(() -> look(reference), "slimimage-engine");
    thread.setDaemon(true);
    thread.start();
  }

  private void look(String reference) {
    try {
      EngineSearch found = EngineLocator.ofProcess(log).find();
      found.engine().ifPresent(engine -> engine.find(reference));
      search.complete(found);
    } catch (RuntimeException | LinkageError e) {
      search.completeExceptionally(e);
    }
  }

  /**
   * Returns the engine.
   *
   * @throws io.slimimage.docker.EngineException if none answers
   */
  @Override
  public DockerEngine get() {
    EngineSearch found = search();
    if (found instanceof EngineSearch.Nothing nothing) {
      throw nothing.toException(ALTERNATIVE);
    }
    return ((EngineSearch.Found) found).found();
  }

  /** Returns the engine, where one answers. */
  Optional<DockerEngine> find() {
    return search().engine();
  }

  private EngineSearch search() {
    if (search == null) {
      search = CompletableFuture.completedFuture(EngineLocator.ofProcess(log).find());
    }
    try {
      return search.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** Closes the connection, which a build that fails may not even have waited for. */
  @Override
  public void close() {
    if (search != null) {
      search.thenAccept(found -> found.engine().ifPresent(DockerEngine::close));
    }
  }
}
