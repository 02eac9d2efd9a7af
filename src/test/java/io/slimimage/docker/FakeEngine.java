package io.slimimage.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Listens at a Unix socket and answers the two requests of a probe, or nothing at all. */
public final class FakeEngine implements AutoCloseable {

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<SocketChannel> open = new CopyOnWriteArrayList<>();
  private final ServerSocketChannel server;
  private final String headers;
  private final String version;

  private FakeEngine(Path socket, String headers, String version) throws IOException {
    this.headers = headers;
    this.version = version;
    Files.createDirectories(socket.getParent());
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    start(this::accept);
  }

  /** Answers as a Docker Engine does. */
  public static FakeEngine docker(Path socket) throws IOException {
    return new FakeEngine(
        socket,
        "Api-Version: 1.51\r\nOstype: linux\r\nBuilder-Version: 2\r\n",
        "{\"Version\":\"28.5.2\",\"ApiVersion\":\"1.51\",\"Os\":\"linux\",\"Arch\":\"arm64\",\"New\":{}}");
  }

  static FakeEngine podman(Path socket) throws IOException {
    return new FakeEngine(
        socket,
        "Api-Version: 1.41\r\nLibpod-Api-Version: 4.3.1\r\nBuilder-Version: \r\nOstype: linux\r\n",
        "{\"Version\":\"4.3.1\",\"ApiVersion\":\"1.41\",\"Os\":\"linux\",\"Arch\":\"amd64\"}");
  }

  /** Accepts connections and never answers. */
  static FakeEngine silent(Path socket) throws IOException {
    return new FakeEngine(socket, "", null);
  }

  /** Returns the request lines so far. */
  public List<String> requests() {
    return requests;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "fake-engine");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        open.add(client);
        start(() -> serve(client));
      }
    } catch (IOException e) {
      // The server was closed.
    }
  }

  private void serve(SocketChannel client) {
    try {
      String request = read(client);
      while (!request.isEmpty()) {
        String line = request.lines().findFirst().orElse("");
        requests.add(line);
        if (version != null) {
          String body = line.contains("/version") ? version : "OK";
          String answer =
              "HTTP/1.1 200 OK\r\n"
                  + headers
                  + "Content-Length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body;
          client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
        }
        request = read(client);
      }
    } catch (IOException e) {
      // The client is gone.
    }
  }

  private static String read(SocketChannel client) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (!bytes.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
      one.clear();
      if (client.read(one) < 0) {
        return "";
      }
      bytes.write(one.array()[0]);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (SocketChannel channel : open) {
      channel.close();
    }
  }
}
