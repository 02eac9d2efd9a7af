package io.slimimage.samples.xml;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Answers at the port of the environment variable PORT with what became of an order in XML. */
public final class XmlSample {

  private XmlSample() {}

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
    HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
    server.createContext("/", XmlSample::respond);
    server.start();
  }

  private static void respond(HttpExchange exchange) throws IOException {
    int status = 200;
    String text;
    try {
      text = RoundTrips.facts();
    } catch (Exception | LinkageError e) {
      e.printStackTrace();
      status = 500;
      text = e.toString();
    }
    try (exchange) {
      byte[] answer = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }
}
