package io.slimimage.samples.bound;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Answers with what reached it of the image's configuration: one line each. */
public final class BoundServer {

  private BoundServer() {}

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
    HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
    server.createContext("/", BoundServer::respond);
    server.start();
  }

  private static void respond(HttpExchange exchange) throws IOException {
    String answer =
        String.join(
            "\n",
            "greeting=" + System.getenv("GREETING"),
            "flag=" + System.getProperty("bound.flag"),
            "megabytes=" + Runtime.getRuntime().maxMemory() / 1024 / 1024);
    try (exchange) {
      byte[] bytes = answer.getBytes();
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
