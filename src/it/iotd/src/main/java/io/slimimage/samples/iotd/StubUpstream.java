package io.slimimage.samples.iotd;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An upstream on the loopback interface that has an image for every day. */
class StubUpstream implements AutoCloseable {

  private static final Pattern DATE = Pattern.compile("(?:^|&)date=(\\d{4}-\\d{2}-\\d{2})(?:&|$)");

  private final HttpServer server;

  private StubUpstream(HttpServer server) {
    this.server = server;
  }

  /** Starts at a free port. */
  static StubUpstream start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/apod", StubUpstream::answer);
      server.start();
      return new StubUpstream(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the address to ask. */
  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/apod");
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String query = exchange.getRequestURI().getRawQuery();
      Matcher date = DATE.matcher(query == null ? "" : query);
      if (!date.find()) {
        exchange.sendResponseHeaders(400, -1);
        return;
      }
      byte[] body =
          """
          {
            "title": "The Earth seen from the Moon",
            "date": "%1$s",
            "url": "https://images.example/%1$s.jpg",
            "copyright": "Image of the Day",
            "explanation": "Taken by nobody, for the sake of an example.",
            "media_type": "image"
          }
          """
              .formatted(date.group(1))
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
