package io.slimimage.docker;

import io.slimimage.SlimImageException;
import java.util.List;
import java.util.Optional;

/** How the search for an engine ended. */
public sealed interface EngineSearch {

  /** Returns the places that were tried and did not answer, in their order. */
  List<EngineAttempt> attempts();

  /** Returns the engine that answered. */
  Optional<DockerEngine> engine();

  /**
   * An engine answered; the caller closes it.
   *
   * @param found the engine
   * @param attempts the places that were tried before
   */
  record Found(DockerEngine found, List<EngineAttempt> attempts) implements EngineSearch {

    /** Copies the list. */
    public Found {
      attempts = List.copyOf(attempts);
    }

    @Override
    public Optional<DockerEngine> engine() {
      return Optional.of(found);
    }
  }

  /**
   * No engine answered anywhere.
   *
   * @param attempts all places that were tried
   */
  record Nothing(List<EngineAttempt> attempts) implements EngineSearch {

    /** Copies the list. */
    public Nothing {
      attempts = List.copyOf(attempts);
    }

    @Override
    public Optional<DockerEngine> engine() {
      return Optional.empty();
    }

    /**
     * Returns the failure that lists every place with its reason.
     *
     * @param alternative how to do without an engine, such as {@code set 'x' to y}
     */
    public EngineException toException(String alternative) {
      StringBuilder fact = new StringBuilder("No Docker Engine answers. Tried:");
      attempts.forEach(attempt -> fact.append("\n  - ").append(attempt));
      return new EngineException(
          SlimImageException.advise(
              fact + "\n  This build needs an engine",
              "start Docker or Podman's socket, set DOCKER_HOST to where one listens, or "
                  + alternative));
    }
  }
}
