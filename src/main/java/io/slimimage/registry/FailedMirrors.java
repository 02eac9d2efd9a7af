package io.slimimage.registry;

import io.slimimage.BuildLog;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Mirrors that have failed, which are left alone for the rest of the build. */
final class FailedMirrors {

  /** Hosts, and repositories of those that have refused no more than one. */
  private final Set<String> names = ConcurrentHashMap.newKeySet();

  private final BuildLog log;

  FailedMirrors(BuildLog log) {
    this.log = log;
  }

  boolean contains(HttpRepository mirror) {
    return names.contains(mirror.registry()) || names.contains(mirror.name());
  }

  /** Notes that a mirror lacks something, which says nothing about the rest. */
  void lacks(HttpRepository mirror, String what) {
    log.debug("The mirror [" + mirror.name() + "] does not have " + what);
  }

  /**
   * Notes that a mirror has failed.
   *
   * @throws RegistryException the failure, if it is an interrupt of the calling thread
   */
  void add(HttpRepository mirror, RegistryException failure) {
    if (Thread.currentThread().isInterrupted()) {
      throw failure;
    }
    String name = isRefusal(failure) ? mirror.name() : mirror.registry();
    if (names.add(name)) {
      log.warn("Going on without the mirror [" + name + "]: " + failure.getMessage());
    }
  }

  /** Another repository may be one that it does not refuse. */
  private static boolean isRefusal(RegistryException failure) {
    return failure.status() >= 400
        && failure.status() < 500
        && !(failure.getCause() instanceof TemporaryFailure);
  }
}
