package io.slimimage.samples.reflection;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Answers at the port of the environment variable PORT with what it finds by name, a fact a line. */
public final class ReflectionSample {

  private ReflectionSample() {}

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
    HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
    server.createContext("/own", exchange -> respond(exchange, OwnNames.facts()));
    server.createContext("/jdk", exchange -> respond(exchange, JdkNames.facts()));
    server.start();
  }

  /** A fact that cannot be had says why; the others must still be told. */
  private static Object outcome(Callable<Object> fact) {
    try {
      return fact.call();
    } catch (Exception | LinkageError e) {
      return e;
    }
  }

  private static void respond(HttpExchange exchange, Map<String, Callable<Object>> facts)
      throws IOException {
    try (exchange) {
      String text =
          facts.entrySet().stream()
              .map(fact -> fact.getKey() + "=" + outcome(fact.getValue()) + "\n")
              .collect(Collectors.joining());
      byte[] answer = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }
}
