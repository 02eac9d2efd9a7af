package io.slimimage.registry;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends one request to one address, once. */
final class Transport implements AutoCloseable {

  static final String USER_AGENT = "slimimage-maven-plugin";

  /** What systems keep of a connection's bytes, at most, and what slow ones do in a second. */
  private static final long SEND_BUFFER = 4 << 20;

  private static final long SLOW_LINE = 64 << 10;
  private static final long SLOW_STORAGE = 20 << 20;

  private final Connections connections;
  private final HostPolicy hosts;
  private final Duration idle;
  private final TrafficCounter traffic;
  private final Timing timing;
  private final BuildLog log;

  Transport(
      RegistrySettings settings,
      HostPolicy hosts,
      TrafficCounter traffic,
      Timing timing,
      BuildLog log) {
    this.connections = new Connections(settings, new RegistryTrust(settings.authorities(), hosts));
    this.hosts = hosts;
    this.idle = settings.timeouts().idle();
    this.traffic = traffic;
    this.timing = timing;
    this.log = log;
  }

  HostPolicy hosts() {
    return hosts;
  }

  Timing timing() {
    return timing;
  }

  /**
   * Sends a request. No redirect is followed, and every status is an answer.
   *
   * @param uri where to, whatever the request's own target
   * @throws BrokenConnection if no answer comes
   * @throws RegistryException if the address may not be spoken to, or the content cannot be read
   */
  Answer send(URI uri, Request request, Optional<Authorization> authorization)
      throws IOException, InterruptedException {
    if (!hosts.allows(uri)) {
      throw new RegistryException(
          SlimImageException.advise(
              "[" + withoutQuery(uri) + "] would be spoken to without encryption",
              "add [" + Locations.host(uri) + "] to slimimage.insecureRegistries"));
    }
    try (InputStream content = request.content().open()) {
      long start = timing.nanos();
      Progress progress = new Progress(timing::nanos);
      ContentPublisher publisher =
          new ContentPublisher(content, request.content().length(), progress);
      traffic.request();
      try {
        Optional<HttpURLConnection> quick =
            request.isLittle() ? connections.quick(uri) : Optional.empty();
        Answer answer =
            quick.isPresent()
                ? await(
                    new QuickExchange(uri, request, publisher.takeAll(), authorization, traffic)
                        .over(quick.get()),
                    publisher,
                    progress)
                : exchange(uri, request, authorization, publisher, progress);
        tell(request, uri, Integer.toString(answer.status()), start, publisher);
        if (request.method().equals("HEAD")) {
          // Its body has no bytes, whatever its length: with its end, the connection is free.
          answer.read(1);
        }
        return answer;
      } catch (BrokenConnection e) {
        tell(request, uri, e.getMessage(), start, publisher);
        throw ownFailure(publisher, e.at(uri));
      } finally {
        traffic.sent(publisher.sent());
      }
    }
  }

  private Answer exchange(
      URI uri,
      Request request,
      Optional<Authorization> authorization,
      ContentPublisher publisher,
      Progress progress)
      throws BrokenConnection, InterruptedException {
    HttpResponse<BodyStream> response =
        await(
            connections
                .client(uri)
                .sendAsync(
                    message(uri, request, authorization, publisher),
                    head -> new BodyStream(idle, traffic)),
            publisher,
            progress);
    return new Answer(
        uri,
        response.statusCode(),
        response.headers(),
        body(response),
        authorization,
        connections.proxyAuthorization(uri));
  }

  /** A proxy that does not let us through answers without a body. */
  private BodyStream body(HttpResponse<BodyStream> response) throws BrokenConnection {
    if (response.body() != null) {
      return response.body();
    }
    if (response.statusCode() != Statuses.PROXY) {
      throw BrokenConnection.ofProxy(response.statusCode());
    }
    return BodyStream.of(new byte[0], traffic);
  }

  private HttpRequest message(
      URI uri,
      Request request,
      Optional<Authorization> authorization,
      HttpRequest.BodyPublisher publisher) {
    HttpRequest.Builder message = HttpRequest.newBuilder(uri);
    message.header("User-Agent", USER_AGENT);
    request.headers().forEach(message::header);
    authorization.ifPresent(it -> message.header("Authorization", it.header()));
    connections.proxyAuthorization(uri).ifPresent(it -> message.header("Proxy-Authorization", it));
    boolean body = publisher.contentLength() > 0 || !request.reads();
    message.method(request.method(), body ? publisher : HttpRequest.BodyPublishers.noBody());
    return message.build();
  }

  /** Waits for the head of the answer, as long as the content of the request moves. */
  private <T> T await(CompletableFuture<T> future, ContentPublisher publisher, Progress progress)
      throws BrokenConnection, InterruptedException {
    try {
      while (true) {
        long left = patience(publisher).toNanos() - progress.idle();
        if (left <= 0) {
          throw BrokenConnection.silent(patience(publisher));
        }
        try {
          return future.get(left, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
          // A part of the content may have gone out meanwhile.
        }
      }
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw BrokenConnection.of(cause instanceof CompletionException ? cause.getCause() : cause);
    } finally {
      future.cancel(true);
    }
  }

  /**
   * Returns how long nothing may happen. When the client has taken all bytes, the system may still
   * have many of them to send, and the registry has to digest and to store them before it answers.
   */
  private Duration patience(ContentPublisher publisher) {
    long length = publisher.contentLength();
    return length == 0 || publisher.sent() < length
        ? idle
        : idle.plusSeconds(Math.min(length, SEND_BUFFER) / SLOW_LINE + length / SLOW_STORAGE);
  }

  /** What cannot be read here is not the connection's fault, and does not get better. */
  private static IOException ownFailure(ContentPublisher publisher, BrokenConnection broken) {
    Exception failure = publisher.failure();
    if (failure instanceof MirrorException) {
      // What is opened once more comes from somewhere else.
      return BrokenConnection.of(failure);
    }
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (failure != null) {
      throw Content.unreadable(failure);
    }
    return broken;
  }

  private void tell(
      Request request, URI uri, String outcome, long start, ContentPublisher publisher) {
    if (log.isDebugEnabled()) {
      log.debug(
          request.method()
              + " "
              + withoutQuery(uri)
              + ": "
              + outcome
              + ", "
              + TimeUnit.NANOSECONDS.toMillis(timing.nanos() - start)
              + " ms, "
              + publisher.sent()
              + " bytes sent");
    }
  }

  /** Returns the address without what follows the path: it may say who one is, and is long. */
  static String withoutQuery(URI uri) {
    return uri.getScheme()
        + "://"
        + Locations.host(uri)
        + uri.getRawPath()
        + (uri.getRawQuery() == null ? "" : "?...");
  }

  @Override
  public void close() {
    connections.close();
  }
}
