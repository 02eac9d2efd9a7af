package io.slimimage.samples.reactor.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.slimimage.samples.reactor.lib.Greeting;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Answers with the greeting of the other module. The main class is named in the jar's manifest. */
public final class ReactorServer {

  private ReactorServer() {}

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
    HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
    server.createContext("/", ReactorServer::respond);
    server.start();
  }

  private static void respond(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] answer = Greeting.text().getBytes();
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }
}
