package io.slimimage.registry;

import io.slimimage.BuildLog;
import io.slimimage.credentials.CredentialSource;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * A registry on loopback that keeps everything in memory, and answers as a test wants it to where
 * that has a script for the request.
 */
public final class ScriptedRegistry implements AutoCloseable {

  private static final int TLS_HANDSHAKE = 0x16;

  private final ServerSocket server;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<Exchange> requests = new CopyOnWriteArrayList<>();
  private final List<Scripts> scripts = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final MemoryRegistry memory = new MemoryRegistry();

  private record Scripts(Pattern request, Queue<Script> once, Script always) {}

  private ScriptedRegistry(ServerSocket server) {
    this.server = server;
    start(this::accept);
  }

  /** Starts a registry without TLS. */
  public static ScriptedRegistry start() throws IOException {
    return new ScriptedRegistry(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")));
  }

  /** Starts a registry with TLS. */
  static ScriptedRegistry start(SSLContext context) throws IOException {
    return new ScriptedRegistry(
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1")));
  }

  /** Starts a registry with TLS that wants to see a certificate that it trusts. */
  static ScriptedRegistry startForKnown(SSLContext context) throws IOException {
    SSLServerSocket server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    server.setNeedClientAuth(true);
    return new ScriptedRegistry(server);
  }

  /** Returns a client that does not wait before it tries something again. */
  public static Registries client(
      RegistrySettings settings, CredentialSource credentials, BuildLog log) {
    return new HttpRegistries(settings, credentials, log, new TestTiming());
  }

  /** Returns address and port. */
  public String host() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  public int port() {
    return server.getLocalPort();
  }

  /**
   * Answers the next requests so, one after the other.
   *
   * @param request a regular expression for method and target
   */
  public ScriptedRegistry on(String request, Script... once) {
    Queue<Script> queue = new ConcurrentLinkedQueue<>(List.of(once));
    scripts.add(new Scripts(Pattern.compile(request), queue, null));
    return this;
  }

  /** Answers all such requests so. */
  public ScriptedRegistry always(String request, Script script) {
    scripts.add(new Scripts(Pattern.compile(request), new ConcurrentLinkedQueue<>(), script));
    return this;
  }

  /** Returns what it has and gets. */
  public MemoryRegistry memory() {
    return memory;
  }

  /** Returns the requests so far. */
  public List<Exchange> requests() {
    return requests;
  }

  /** Returns method and path of the requests so far, without queries. */
  public List<String> lines() {
    return requests.stream().map(it -> it.method() + " " + it.path()).toList();
  }

  /** Returns how many requests there were whose method and target match. */
  public long count(String request) {
    return requests.stream().filter(it -> it.toString().matches(request)).count();
  }

  /** Returns how many connections there were. */
  int connections() {
    return connections.get();
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "scripted-registry");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        start(() -> serve(socket));
      }
    } catch (IOException e) {
      // The server was closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      in.mark(1);
      if (in.read() == TLS_HANDSHAKE) {
        return;
      }
      in.reset();
      connections.incrementAndGet();
      for (Exchange it = Exchange.read(socket, in); it != null; it = Exchange.read(socket, in)) {
        requests.add(it);
        script(it).play(it);
        it.body();
      }
    } catch (IOException e) {
      // The client is gone, or the script wanted it so.
    }
  }

  private Script script(Exchange exchange) {
    for (Scripts it : scripts) {
      if (it.request().matcher(exchange.toString()).matches()) {
        Script next = it.always() == null ? it.once().poll() : it.always();
        if (next != null) {
          return next;
        }
      }
    }
    return memory;
  }

  /** Returns an error in the form of registries. */
  public static String error(String code, String message) {
    return "{\"errors\":[{\"code\":\""
        + code
        + "\",\"message\":\""
        + message
        + "\",\"detail\":{}}]}";
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
