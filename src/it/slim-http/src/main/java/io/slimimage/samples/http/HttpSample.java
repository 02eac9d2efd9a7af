package io.slimimage.samples.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Tells at the port of the environment variable PORT what it finds around it. With LOOKUP it asks
 * for the address of that name instead, and ends.
 */
public final class HttpSample {

  private HttpSample() {}

  public static void main(String[] args) throws IOException {
    String name = System.getenv("LOOKUP");
    if (name != null) {
      System.out.print(Names.lookUp(name));
      return;
    }
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
    HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
    server.createContext("/", exchange -> respond(exchange, Surroundings.facts()));
    server.createContext(
        "/fetch", exchange -> respond(exchange, fetch(exchange.getRequestURI().getQuery())));
    server.start();
    System.out.println("Listening at port " + port);
  }

  /** Returns what the address answers, or why it does not. */
  private static String fetch(String address) {
    HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(10)).build();
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      String protocol = response.sslSession().orElseThrow().getProtocol();
      return "status=%d%nbody=%s%nprotocol=%s%n"
          .formatted(response.statusCode(), response.body(), protocol);
    } catch (IOException e) {
      return "failure=%s%n".formatted(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "failure=%s%n".formatted(e);
    }
  }

  private static void respond(HttpExchange exchange, String text) throws IOException {
    try (exchange) {
      byte[] answer = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }
}
