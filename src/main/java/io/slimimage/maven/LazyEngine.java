package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.docker.DockerEngine;
import io.slimimage.docker.EngineLocator;
import java.util.Optional;
import java.util.function.Supplier;

/** A Docker Engine that is looked for when it is needed first. */
final class LazyEngine implements Supplier<DockerEngine>, AutoCloseable {

  private final BuildLog log;
  private DockerEngine engine;

  LazyEngine(BuildLog log) {
    this.log = log;
  }

  /**
   * Returns the engine.
   *
   * @throws io.slimimage.docker.EngineException if none answers
   */
  @Override
  public DockerEngine get() {
    if (engine == null) {
      engine = EngineLocator.ofProcess(log).connect();
    }
    return engine;
  }

  /** Returns the engine, where one answers. */
  Optional<DockerEngine> find() {
    if (engine == null) {
      engine = EngineLocator.ofProcess(log).find().engine().orElse(null);
    }
    return Optional.ofNullable(engine);
  }

  @Override
  public void close() {
    if (engine != null) {
      engine.close();
    }
  }
}
