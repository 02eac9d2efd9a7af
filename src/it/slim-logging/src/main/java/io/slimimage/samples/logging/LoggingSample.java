package io.slimimage.samples.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.status.Status;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Logs into files that roll over at each request for "/log", and tells of them at "/". */
public final class LoggingSample {

  private static final Logger LOG = LoggerFactory.getLogger(LoggingSample.class);
  private static final java.util.logging.Logger JUL = java.util.logging.Logger.getLogger("jul");
  private static final Path LOGS =
      Path.of(System.getenv().getOrDefault("LOGS", "/tmp/logs"));

  private LoggingSample() {}

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
    HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
    server.createContext("/", exchange -> respond(exchange, facts()));
    server.createContext("/log", LoggingSample::log);
    server.start();
    JUL.info("from java.util.logging");
  }

  private static void log(HttpExchange exchange) throws IOException {
    MDC.put("request", exchange.getRequestURI().getPath());
    // More than a file takes, so that each file begins with this.
    LOG.info("안녕 {}", "x".repeat(1024), new IllegalStateException("as told"));
    MDC.clear();
    respond(exchange, "logged\n");
  }

  private static String facts() throws IOException {
    List<Status> problems =
        ((LoggerContext) LoggerFactory.getILoggerFactory())
            .getStatusManager().getCopyOfStatusList().stream()
                .filter(status -> status.getLevel() != Status.INFO)
                .toList();
    return "files=%s%nlast=%s%nproblems=%s%n".formatted(files(), lastRolled(), problems);
  }

  private static String files() throws IOException {
    try (Stream<Path> files = Files.list(LOGS)) {
      return files
          .map(file -> file.getFileName().toString())
          .sorted()
          .collect(Collectors.joining(","));
    }
  }

  /** The first line of the file that was compressed last. */
  private static String lastRolled() throws IOException {
    Path file = LOGS.resolve("1.log.gz");
    if (!Files.exists(file)) {
      return "none";
    }
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().findFirst().orElse("");
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
