package io.slimimage.samples.snapshot;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.slimimage.samples.snapshot.lib.Greeting;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Answers with the library's greeting and with the file that the image has beside the jars. */
public final class SnapshotServer {

  private static final Path MOTTO = Path.of("/etc/snapshot/motto.txt");

  private SnapshotServer() {}

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
    HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
    server.createContext("/", SnapshotServer::respond);
    server.start();
  }

  private static void respond(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] answer = (Greeting.text() + ". " + Files.readString(MOTTO)).getBytes();
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }
}
