package io.slimimage.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What came back for a request; to be closed, which lets the next request use its connection. */
final class Answer implements AutoCloseable {

  /** Reading this much is quicker than a new connection. */
  private static final int WORTH_READING = 1 << 16;

  private final URI uri;
  private final int status;
  private final HttpHeaders headers;
  private final BodyStream body;
  private final Optional<Authorization> authorization;
  private final Optional<String> proxyAuthorization;

  Answer(
      URI uri,
      int status,
      HttpHeaders headers,
      BodyStream body,
      Optional<Authorization> authorization,
      Optional<String> proxyAuthorization) {
    this.uri = uri;
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.authorization = authorization;
    this.proxyAuthorization = proxyAuthorization;
  }

  /** Returns who has answered, after all redirects. */
  URI uri() {
    return uri;
  }

  int status() {
    return status;
  }

  /** Returns what takes out of the answer the secrets in the headers of its request. */
  Redaction redaction() {
    Redaction redaction = new Redaction();
    authorization.map(Authorization::header).ifPresent(redaction::header);
    authorization.flatMap(Authorization::credentials).ifPresent(redaction::credentials);
    proxyAuthorization.ifPresent(redaction::header);
    return redaction;
  }

  /** Returns whether the request was done. */
  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** Returns the first value of a header that is not empty. */
  Optional<String> header(String name) {
    return headers.firstValue(name).map(String::strip).filter(it -> !it.isEmpty());
  }

  List<String> headers(String name) {
    return headers.allValues(name);
  }

  /** Returns the size of the body, as the answer says it; negative where it does not. */
  long length() {
    try {
      return header("Content-Length").map(Long::parseLong).orElse(-1L);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** Returns what the body is, without its parameters; empty where the answer does not say it. */
  String mediaType() {
    String type = header("Content-Type").orElse("");
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  BodyStream body() {
    return body;
  }

  /** Returns the beginning of the body, all of it where it is no longer than the limit. */
  byte[] read(int limit) throws IOException {
    return body.readNBytes(limit);
  }

  /** Returns what the request was sent with. */
  Optional<Authorization> authorization() {
    return authorization;
  }

  @Override
  public void close() {
    // Also where nothing is left: the connection can be used again when the client knows that.
    long left = length() - body.position();
    if (left >= 0 && left <= WORTH_READING && !Thread.currentThread().isInterrupted()) {
      try {
        body.readNBytes(WORTH_READING);
      } catch (IOException e) {
        // Nobody wants it.
      }
    }
    body.close();
  }
}
