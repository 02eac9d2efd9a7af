package io.slimimage.docker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A TCP port in front of an engine's Unix socket, whose connections can be cut. */
final class CuttableProxy implements AutoCloseable {

  private final List<SocketChannel> open = new CopyOnWriteArrayList<>();
  private final AtomicLong fromEngine = new AtomicLong();
  private final ServerSocketChannel server;
  private final String target;

  CuttableProxy(String dockerHost) throws IOException {
    this.target = dockerHost;
    this.server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    start(this::accept);
  }

  String dockerHost() throws IOException {
    return "tcp://127.0.0.1:" + ((InetSocketAddress) server.getLocalAddress()).getPort();
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        SocketChannel engine = SocketChannel.open(StandardProtocolFamily.UNIX);
        engine.connect(UnixDomainSocketAddress.of(target.substring("unix://".length())));
        open.add(client);
        open.add(engine);
        start(() -> pump(client, engine, new AtomicLong()));
        start(() -> pump(engine, client, fromEngine));
      }
    } catch (IOException e) {
      // The server was closed.
    }
  }

  /** Returns how many bytes the engine has sent. */
  long fromEngine() {
    return fromEngine.get();
  }

  private static void pump(SocketChannel from, SocketChannel to, AtomicLong count) {
    ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    try (from;
        to) {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        count.addAndGet(buffer.remaining());
        write(to, buffer);
        buffer.clear();
      }
    } catch (IOException e) {
      // One of the sides is gone, and both get closed.
    }
  }

  private static void write(ByteChannel to, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      to.write(buffer);
    }
  }

  /** Cuts all connections, as an engine does that dies. */
  void cut() throws IOException {
    for (SocketChannel channel : open) {
      channel.close();
    }
    open.clear();
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }
}
