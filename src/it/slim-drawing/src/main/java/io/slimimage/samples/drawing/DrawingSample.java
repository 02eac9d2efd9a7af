package io.slimimage.samples.drawing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;

/** Sends a picture that it draws at "/picture", and tells at "/" what it draws with. */
public final class DrawingSample {

  private DrawingSample() {}

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
    HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
    server.createContext("/", exchange -> respond(exchange, DrawingSample::facts));
    server.createContext("/picture", exchange -> respond(exchange, () -> encode("png")));
    server.start();
  }

  private static byte[] facts() throws IOException {
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(encode("jpg")));
    return "headless=%s%nfonts=%s%nwidth=%s%nglyph=%s%njpeg=%dx%d%n"
        .formatted(
            GraphicsEnvironment.isHeadless(),
            GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames().length,
            Picture.textWidth(),
            new Font(Font.SANS_SERIF, Font.PLAIN, 12).canDisplay('ß'),
            read.getWidth(),
            read.getHeight())
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] encode(String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(Picture.draw(), format, bytes)) {
      throw new IOException("nothing writes " + format);
    }
    return bytes.toByteArray();
  }

  private static void respond(HttpExchange exchange, Page page) throws IOException {
    int status = 200;
    byte[] answer;
    try {
      answer = page.content();
    } catch (Exception | LinkageError e) {
      e.printStackTrace();
      status = 500;
      answer = e.toString().getBytes(StandardCharsets.UTF_8);
    }
    try (exchange) {
      exchange.sendResponseHeaders(status, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private interface Page {
    byte[] content() throws IOException;
  }
}
