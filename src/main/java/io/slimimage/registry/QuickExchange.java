package io.slimimage.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Makes a request that has little to carry by the older one of Java's HTTP clients.
 *
 * <p>A build that changes nothing, or a line, makes only such ones, and this client is ready at
 * once: to be loaded and linked, the other one takes 100 ms, a sixth of such a build. For
 * everything that takes a while the other one is better, since it can wait and be stopped.
 */
final class QuickExchange {

  /** In bytes. */
  private static final int LIMIT = 1 << 20;

  private final URI uri;
  private final Request request;
  private final byte[] content;
  private final Optional<Authorization> authorization;
  private final TrafficCounter traffic;

  QuickExchange(
      URI uri,
      Request request,
      byte[] content,
      Optional<Authorization> authorization,
      TrafficCounter traffic) {
    this.uri = uri;
    this.request = request;
    this.content = content;
    this.authorization = authorization;
    this.traffic = traffic;
  }

  /** Sends the request, in a thread of its own, which an interrupt of the caller's cannot hold. */
  CompletableFuture<Answer> over(HttpURLConnection connection) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                prepare(connection);
                connection.connect();
                // Who has given up meanwhile does not want it sent any more.
                if (!answer.isDone()) {
                  answer.complete(answer(connection));
                }
              } catch (Throwable e) {
                answer.completeExceptionally(e);
              }
            },
            "slimimage-registry");
    thread.setDaemon(true);
    thread.start();
    answer.whenComplete(
        (it, failure) -> {
          if (failure != null) {
            connection.disconnect();
          }
        });
    return answer;
  }

  private void prepare(HttpURLConnection connection) throws IOException {
    connection.setRequestMethod(request.method());
    connection.setRequestProperty("User-Agent", Transport.USER_AGENT);
    // Unless told, it wants to see pages and images.
    connection.setRequestProperty("Accept", "*/*");
    request.headers().forEach(connection::setRequestProperty);
    authorization.ifPresent(it -> connection.setRequestProperty("Authorization", it.header()));
    if (!request.reads()) {
      if (!request.headers().containsKey("Content-Type")) {
        // Unless told, it says that this is a form.
        connection.setRequestProperty("Content-Type", "application/octet-stream");
      }
      // By a known length, with which it sends nothing a second time by itself.
      connection.setFixedLengthStreamingMode(content.length);
      connection.setDoOutput(true);
    }
  }

  private Answer answer(HttpURLConnection connection) throws IOException {
    if (connection.getDoOutput()) {
      try (OutputStream out = connection.getOutputStream()) {
        out.write(content);
      }
    }
    int status = connection.getResponseCode();
    if (status < 0) {
      throw new IOException("what comes is no answer of HTTP");
    }
    return new Answer(
        uri,
        status,
        headers(connection),
        BodyStream.of(body(connection), traffic),
        authorization,
        Optional.empty());
  }

  /** The first one has no name: it is the line with the status. */
  private static HttpHeaders headers(HttpURLConnection connection) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 1; connection.getHeaderFieldKey(i) != null; i++) {
      headers
          .computeIfAbsent(connection.getHeaderFieldKey(i), name -> new ArrayList<>())
          .add(connection.getHeaderField(i));
    }
    return HttpHeaders.of(headers, (name, value) -> !name.isEmpty());
  }

  private static byte[] body(HttpURLConnection connection) throws IOException {
    // Null for an error without one.
    InputStream body =
        connection.getResponseCode() < HttpURLConnection.HTTP_BAD_REQUEST
            ? connection.getInputStream()
            : connection.getErrorStream();
    if (body == null) {
      return new byte[0];
    }
    try (body) {
      return body.readNBytes(LIMIT);
    }
  }
}
