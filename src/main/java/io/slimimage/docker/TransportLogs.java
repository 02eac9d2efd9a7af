package io.slimimage.docker;

/**
 * Keeps the HTTP client inside docker-java from logging what it sends and receives.
 *
 * <p>With {@code mvn -X} it would print every byte of a build context and the header that has a
 * registry's credentials. Maven's logger asks for the level of a name when that is first used, and
 * a system property is the only way to tell it.
 *
 * @see <a href="https://www.slf4j.org/api/org/slf4j/simple/SimpleLogger.html">SimpleLogger</a>
 */
final class TransportLogs {

  private static final String LEVEL =
      "org.slf4j.simpleLogger.log.com.github.dockerjava.zerodep.shaded";

  private TransportLogs() {}

  static void quieten() {
    if (System.getProperty(LEVEL) == null) {
      System.setProperty(LEVEL, "warn");
    }
  }
}
