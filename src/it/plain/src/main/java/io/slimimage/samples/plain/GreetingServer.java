package io.slimimage.samples.plain;

import com.google.gson.Gson;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.CodeSigner;
import org.eclipse.jdt.annotation.NonNull;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers every request with a greeting, at the port that the environment variable PORT names. */
public final class GreetingServer {

  private static final Logger LOG = LoggerFactory.getLogger(GreetingServer.class);

  private GreetingServer() {}

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
    byte[] answer =
        new Gson()
            .toJson(new Answer(greeting(), signedDependency()))
            .getBytes(StandardCharsets.UTF_8);
    HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
    server.createContext("/", exchange -> respond(exchange, answer));
    server.start();
    LOG.info("Listening at port {}", server.getAddress().getPort());
  }

  private static void respond(HttpExchange exchange, byte[] answer) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private static String greeting() throws IOException {
    try (InputStream in = GreetingServer.class.getResourceAsStream("greeting.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  /** Returns whether the JVM accepts the signature of a dependency that was published signed. */
  private static boolean signedDependency() {
    CodeSigner[] signers =
        NonNull.class.getProtectionDomain().getCodeSource().getCodeSigners();
    return signers != null && signers.length > 0;
  }

  private record Answer(String greeting, boolean signedDependency) {}
}
