package io.slimimage.samples.glibc;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells at the port of the environment variable PORT which runtime it has and what works there. */
public final class GlibcSample {

  private GlibcSample() {}

  public static void main(String[] args) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(Integer.parseInt(System.getenv("PORT"))), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] answer = facts().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    server.start();
  }

  private static String facts() throws IOException {
    Path file = Files.createTempFile("한글", null);
    boolean written = Files.deleteIfExists(file);
    return "home=%s%ndesktop=%s%nfileNames=%s%ntemporary=%s%nlocalhost=%s%n"
        .formatted(
            System.getProperty("java.home"),
            ModuleLayer.boot().findModule("java.desktop").isPresent(),
            System.getProperty("sun.jnu.encoding"),
            written,
            InetAddress.getByName("localhost").isLoopbackAddress());
  }
}
