package io.slimimage.docker;

import java.util.Map;

/**
 * Keeps docker-java from logging what is not for a build's log.
 *
 * <p>With {@code mvn -X} its HTTP client would print every byte of a build context and the header
 * that has a registry's credentials; and its callbacks print a stack trace for each failure that
 * they then hand over. Maven's logger asks for the level of a name when that is first used, and a
 * system property is the only way to tell it.
 *
 * @see <a href="https://www.slf4j.org/api/org/slf4j/simple/SimpleLogger.html">SimpleLogger</a>
 */
final class TransportLogs {

  private static final String PREFIX = "org.slf4j.simpleLogger.log.com.github.dockerjava.";
  private static final Map<String, String> LEVELS =
      Map.of("zerodep", "warn", "core", "warn", "api.async", "off");

  private TransportLogs() {}

  static void quieten() {
    LEVELS.forEach((name, level) -> System.getProperties().putIfAbsent(PREFIX + name, level));
  }
}
