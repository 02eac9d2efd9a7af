package io.slimimage.registry;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** How a server answers one request. */
@FunctionalInterface
public interface Script {

  void play(Exchange exchange) throws IOException;

  /** Answers with a status and headers, and no body. */
  public static Script status(int status, String... headerAndValue) {
    return exchange -> exchange.answer(status, headerAndValue);
  }

  /** Answers with JSON. */
  public static Script json(int status, String json) {
    return exchange -> exchange.json(status, json);
  }

  /** Wants to know who asks, by these lines. */
  public static Script challenge(String... lines) {
    return exchange ->
        exchange.head(
            401,
            List.of(lines).stream().map(it -> "WWW-Authenticate: " + it).toList(),
            Map.of("Content-Length", "0"));
  }

  /** Ends the connection when it has read so much of the body. */
  public static Script resetAfter(long bytes) {
    return exchange -> {
      exchange.body(bytes);
      exchange.reset();
    };
  }

  /** Never answers. */
  static Script silence() {
    return exchange -> {
      exchange.body();
      // Until the client has had enough.
      exchange.socket().getInputStream().read();
    };
  }
}
