package io.slimimage.registry;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * Tries again what fails for a while, later and later, each time at a random moment: many builds
 * that a registry has refused at the same time should not come back at the same time.
 */
final class Retries {

  /** One try of something. */
  @FunctionalInterface
  interface Attempt<T> {
    /**
     * Does it.
     *
     * @throws IOException if it may work the next time
     * @throws RegistryException if it will not
     */
    T run() throws IOException, InterruptedException;
  }

  private static final int ATTEMPTS = 5;

  /** Who does not answer at all hardly ever begins to within seconds. */
  private static final int ATTEMPTS_WITHOUT_ANSWER = 3;

  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration LONG_WAIT = Duration.ofSeconds(10);
  private static final Duration LONGEST_WISH = Duration.ofMinutes(2);

  private final Timing timing;
  private final BuildLog log;

  Retries(Timing timing, BuildLog log) {
    this.timing = timing;
    this.log = log;
  }

  /**
   * Runs attempts until one succeeds.
   *
   * @param what it is, for messages, such as {@code find [1.0] of [host/name]}
   * @throws RegistryException if all fail, or one for good, or on an interrupt
   */
  <T> T run(String what, Attempt<T> attempt) {
    try {
      for (int tries = 1; ; tries++) {
        try {
          return attempt.run();
        } catch (InterruptedIOException e) {
          throw new InterruptedException();
        } catch (IOException e) {
          if (tries >= limit(e)) {
            throw failure(what, e, tries);
          }
          Duration wait = wait(tries, e);
          tell(
              "Attempt " + tries + " to " + what + " failed (" + e.getMessage() + "), next one in ",
              wait);
          timing.pause(wait);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RegistryException("Interrupted, cannot " + what, RegistryException.NO_STATUS, e);
    }
  }

  /** Who looks on has to know why nothing happens. */
  private void tell(String fact, Duration wait) {
    if (wait.compareTo(LONG_WAIT) < 0) {
      log.debug(fact + wait.toMillis() + " ms");
    } else {
      log.info(fact + wait.toSeconds() + " s");
    }
  }

  private static int limit(IOException failure) {
    if (!(failure instanceof BrokenConnection broken)) {
      return ATTEMPTS;
    }
    return switch (broken.kind()) {
      case CUT -> ATTEMPTS;
      case SILENT, UNREACHABLE -> ATTEMPTS_WITHOUT_ANSWER;
      case UNTRUSTED, UNKNOWN_CLIENT, NO_TLS -> 1;
    };
  }

  private Duration wait(int tries, IOException failure) {
    long most = FIRST_WAIT.toMillis() << (tries - 1);
    Duration own = Duration.ofMillis((long) (most * timing.random()));
    if (failure instanceof TemporaryFailure temporary) {
      Duration wish = temporary.waiting();
      return own.plus(wish.compareTo(LONGEST_WISH) < 0 ? wish : LONGEST_WISH);
    }
    return own;
  }

  private static RegistryException failure(String what, IOException cause, int tries) {
    String fact =
        "Cannot "
            + what
            + ": "
            + cause.getMessage()
            + (tries == 1 ? "" : ", tried " + tries + " times");
    int status = cause instanceof TemporaryFailure it ? it.status() : RegistryException.NO_STATUS;
    return new RegistryException(SlimImageException.advise(fact, advice(cause)), status, cause);
  }

  private static String advice(IOException cause) {
    if (!(cause instanceof BrokenConnection broken)) {
      return "try again later";
    }
    return switch (broken.kind()) {
      case CUT -> "check the network and what stands between here and the registry";
      case SILENT -> "check the network, or raise slimimage.registry.timeout";
      case UNREACHABLE -> "check the registry's name, the network and the proxy";
      case UNTRUSTED ->
          "name the certificate of its authority with slimimage.registry.ca, or add the registry to"
              + " slimimage.insecureRegistries";
      case UNKNOWN_CLIENT ->
          "give Java a certificate that the registry knows, with"
              + " -Djavax.net.ssl.keyStore=FILE.p12 -Djavax.net.ssl.keyStorePassword=PASSWORD";
      case NO_TLS ->
          "check its port, or add the registry to slimimage.insecureRegistries if it has no TLS";
    };
  }
}
