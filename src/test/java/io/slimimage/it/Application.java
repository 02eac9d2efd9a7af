package io.slimimage.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * An application that answers from a container. There is nothing else to look into it with: no
 * shell and no tool that a command could be run with.
 *
 * <p>For {@code verify.groovy}; a check that fails throws {@link AssertionError}.
 */
public final class Application implements AutoCloseable {

  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final int KILLED = 137;

  private final RunningContainer container;
  private final URI address;

  Application(RunningContainer container, int port) {
    this.container = container;
    this.address = URI.create("http://127.0.0.1:" + port);
  }

  /**
   * Asks for a page, at first until the application listens.
   *
   * @param page the path and the query, as they are sent
   * @return the answer; it is checked that its status is 200
   */
  public byte[] bytes(String page) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = container.get(address.resolve(page));
    byte[] body = response.body();
    assertThat(response.statusCode())
        .as("status of %s: %s%n%s", page, text(body), container.log())
        .isEqualTo(200);
    return body;
  }

  /** Asks for a page of text. */
  public String ask(String page) throws IOException, InterruptedException {
    return text(bytes(page));
  }

  /** Asks for a page of lines such as {@code name=value}. */
  public Map<String, String> facts(String page) throws IOException, InterruptedException {
    return facts(page, ask(page));
  }

  static Map<String, String> facts(String source, String text) {
    Map<String, String> facts = new TreeMap<>();
    for (String line : text.lines().toList()) {
      int equals = line.indexOf('=');
      assertThat(equals).as("line [%s] of %s", line, source).isPositive();
      facts.put(line.substring(0, equals), line.substring(equals + 1));
    }
    return facts;
  }

  /** Returns what the application has written so far. */
  public String log() throws InterruptedException {
    return container.log();
  }

  /** Sends the stop signal and checks that the application ends by itself, in ten seconds. */
  public void end() {
    endWithin(STOP_LIMIT);
  }

  /** Sends the stop signal and checks that the application ends by itself, within a time. */
  public void endWithin(Duration limit) {
    assertThat(container.stop(limit)).as("exit code").isNotEqualTo(KILLED);
  }

  @Override
  public void close() {
    container.close();
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }
}
