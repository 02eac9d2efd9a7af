import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a client and a registry on loopback: lets each request wait, as a network would, and
 * counts. Run as {@code java RegistryProxy.java HOST:PORT MILLISECONDS PORT_FILE}: it writes its own
 * port into the file. {@code GET /counts} returns requests, bytes that clients sent, and bytes that
 * they got, since the last time.
 */
public final class RegistryProxy {

  /** Clients try TLS first, and take to HTTP where that fails. */
  private static final int TLS_HANDSHAKE = 0x16;

  private final String host;
  private final int port;
  private final long delay;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();

  private RegistryProxy(String registry, long delay) {
    int colon = registry.lastIndexOf(':');
    this.host = registry.substring(0, colon);
    this.port = Integer.parseInt(registry.substring(colon + 1));
    this.delay = delay;
  }

  public static void main(String[] arguments) throws IOException {
    RegistryProxy proxy = new RegistryProxy(arguments[0], Long.parseLong(arguments[1]));
    try (ServerSocket server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress())) {
      Path temporary = Path.of(arguments[2] + ".partial");
      Files.writeString(temporary, Integer.toString(server.getLocalPort()));
      Files.move(temporary, Path.of(arguments[2]));
      while (true) {
        Socket client = server.accept();
        Thread thread = new Thread(() -> proxy.serve(client));
        thread.setDaemon(true);
        thread.start();
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket registry = new Socket(host, port)) {
      client.setTcpNoDelay(true);
      registry.setTcpNoDelay(true);
      InputStream fromClient = new BufferedInputStream(client.getInputStream(), 1 << 16);
      InputStream fromRegistry = new BufferedInputStream(registry.getInputStream(), 1 << 16);
      OutputStream toClient = new BufferedOutputStream(client.getOutputStream(), 1 << 16);
      OutputStream toRegistry = new BufferedOutputStream(registry.getOutputStream(), 1 << 16);
      fromClient.mark(1);
      if (fromClient.read() == TLS_HANDSHAKE) {
        return;
      }
      fromClient.reset();
      for (Head request = Head.read(fromClient); request != null; request = Head.read(fromClient)) {
        if (request.first().startsWith("GET /counts ")) {
          answer(toClient);
          return;
        }
        requests.incrementAndGet();
        Thread.sleep(delay);
        request.write(toRegistry);
        sent.addAndGet(request.size() + request.body(fromClient, toRegistry, false, false));
        Head response = Head.read(fromRegistry);
        while (response != null && response.first().contains(" 100 ")) {
          response = Head.read(fromRegistry);
        }
        if (response == null) {
          return;
        }
        response.write(toClient);
        boolean empty = request.first().startsWith("HEAD ") || response.isEmpty();
        received.addAndGet(response.size() + response.body(fromRegistry, toClient, empty, true));
      }
    } catch (IOException | InterruptedException e) {
      // The client sees that the connection is gone.
    }
  }

  private void answer(OutputStream out) throws IOException {
    String text = requests.getAndSet(0) + " " + sent.getAndSet(0) + " " + received.getAndSet(0) + "\n";
    String head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + text.length() + "\r\n\r\n";
    out.write((head + text).getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /** The lines in front of a body. */
  private record Head(List<String> lines) {

    static Head read(InputStream in) throws IOException {
      List<String> lines = new ArrayList<>();
      for (String line = line(in); line != null; line = line(in)) {
        if (line.isEmpty()) {
          return new Head(lines);
        }
        lines.add(line);
      }
      return null;
    }

    private static String line(InputStream in) throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c >= 0; c = in.read()) {
        if (c == '\n') {
          return line.toString();
        }
        if (c != '\r') {
          line.append((char) c);
        }
      }
      return null;
    }

    String first() {
      return lines.get(0);
    }

    boolean isEmpty() {
      return first().matches("\\S+ (204|304).*");
    }

    long size() {
      return lines.stream().mapToLong(line -> line.length() + 2).sum() + 2;
    }

    void write(OutputStream out) throws IOException {
      for (String line : lines) {
        // The registry would wait for what was sent already.
        if (!line.toLowerCase(Locale.ROOT).startsWith("expect:")) {
          out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }
      }
      out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    private String field(String name) {
      return lines.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }

    /** Copies the body and returns its size. */
    long body(InputStream in, OutputStream out, boolean empty, boolean toTheEnd) throws IOException {
      long size = 0;
      if (!empty) {
        if (field("transfer-encoding").toLowerCase(Locale.ROOT).contains("chunked")) {
          size = chunks(in, out);
        } else if (!field("content-length").isEmpty()) {
          size = copy(in, out, Long.parseLong(field("content-length")));
        } else if (toTheEnd) {
          size = in.transferTo(out);
        }
      }
      out.flush();
      return size;
    }

    private static long chunks(InputStream in, OutputStream out) throws IOException {
      long total = 0;
      while (true) {
        String line = line(in);
        if (line == null) {
          throw new EOFException();
        }
        out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        long size = Long.parseLong(line.split(";")[0].strip(), 16);
        total += copy(in, out, size);
        String end = line(in);
        out.write((end + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        if (size == 0) {
          return total;
        }
      }
    }

    private static long copy(InputStream in, OutputStream out, long size) throws IOException {
      byte[] buffer = new byte[1 << 16];
      for (long left = size; left > 0; ) {
        int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (read < 0) {
          throw new EOFException();
        }
        out.write(buffer, 0, read);
        if (in.available() == 0) {
          out.flush();
        }
        left -= read;
      }
      return size;
    }
  }
}
