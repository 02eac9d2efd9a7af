package io.slimimage.registry;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** One request as a server sees it, down to the socket that it came by. */
public final class Exchange {

  private final Socket socket;
  private final InputStream in;
  private final String method;
  private final String target;
  private final Map<String, String> headers;
  private long left;

  private Exchange(
      Socket socket, InputStream in, String method, String target, Map<String, String> headers) {
    this.socket = socket;
    this.in = in;
    this.method = method;
    this.target = target;
    this.headers = headers;
    this.left = Long.parseLong(headers.getOrDefault("Content-Length", "0"));
  }

  /** Reads the head of a request; null where no other comes. */
  static Exchange read(Socket socket, InputStream in) throws IOException {
    String line = line(in);
    if (line.isEmpty()) {
      return null;
    }
    String[] words = line.split(" ");
    if (words.length != 3) {
      return null;
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    return new Exchange(socket, in, words[0], words[1], headers);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
      if (line.length() > 1 << 16) {
        throw new EOFException("no request");
      }
    }
    return line.toString();
  }

  public Socket socket() {
    return socket;
  }

  public String method() {
    return method;
  }

  /** Returns path and query as they were sent. */
  String target() {
    return target;
  }

  /** Returns the path, the empty text where there is only a host. */
  public String path() {
    return Objects.requireNonNullElse(URI.create(target).getPath(), "");
  }

  /** Returns the value of a parameter of the query, the empty text where there is none. */
  String query(String name) {
    List<String> values = queries(name);
    return values.isEmpty() ? "" : values.get(0);
  }

  List<String> queries(String name) {
    return parameters(URI.create(target).getRawQuery(), name);
  }

  static List<String> parameters(String query, String name) {
    List<String> values = new ArrayList<>();
    for (String pair : query == null ? new String[0] : query.split("&")) {
      if (pair.startsWith(name + "=")) {
        values.add(URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8));
      }
    }
    return values;
  }

  /** Returns a header, the empty text where there is none. */
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** Returns all headers. */
  public Map<String, String> headers() {
    return headers;
  }

  boolean hasHeader(String name) {
    return headers.containsKey(name);
  }

  /** Reads so much of the body, or what is left of it. */
  public byte[] body(long limit) throws IOException {
    byte[] bytes = in.readNBytes((int) Math.min(left, limit));
    left -= bytes.length;
    return bytes;
  }

  byte[] body() throws IOException {
    byte[] bytes = body(Integer.MAX_VALUE);
    if (left > 0) {
      throw new EOFException();
    }
    return bytes;
  }

  /** Answers, having read the body to its end. */
  public void answer(int status, Map<String, String> more, byte[] content) throws IOException {
    Map<String, String> all = new TreeMap<>(more);
    all.putIfAbsent("Content-Length", Integer.toString(content.length));
    head(status, List.of(), all);
    if (!method.equals("HEAD")) {
      out().write(content);
    }
    out().flush();
  }

  public void answer(int status, String... headerAndValue) throws IOException {
    Map<String, String> more = new TreeMap<>();
    for (int i = 0; i < headerAndValue.length; i += 2) {
      more.put(headerAndValue[i], headerAndValue[i + 1]);
    }
    answer(status, more, new byte[0]);
  }

  public void json(int status, String json) throws IOException {
    answer(
        status, Map.of("Content-Type", "application/json"), json.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends the head of an answer alone. */
  void head(int status, List<String> lines, Map<String, String> more) throws IOException {
    body();
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Some Reason\r\n");
    lines.forEach(it -> head.append(it).append("\r\n"));
    more.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    out().write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    out().flush();
  }

  OutputStream out() throws IOException {
    return socket.getOutputStream();
  }

  /** Ends the connection at once, as a server does that dies. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public String toString() {
    return method + " " + target;
  }
}
