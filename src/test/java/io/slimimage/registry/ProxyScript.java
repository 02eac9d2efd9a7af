package io.slimimage.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A proxy that leads every name to a port of this machine: tests can speak to hosts that are not
 * loopback.
 */
final class ProxyScript implements Script {

  private final int port;

  ProxyScript(int port) {
    this.port = port;
  }

  /** Returns settings that lead everything through a proxy. */
  static ProxySelector selector(int port) {
    Proxy only = new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", port));
    return new ProxySelector() {
      @Override
      public List<Proxy> select(URI uri) {
        return List.of(only);
      }

      @Override
      public void connectFailed(URI uri, SocketAddress address, IOException cause) {
        // The client reports it.
      }
    };
  }

  @Override
  public void play(Exchange exchange) throws IOException {
    try (Socket target = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
      exchange.head(200, List.of(), Map.of());
      Thread back = new Thread(() -> pump(target, exchange.socket()), "proxy");
      back.setDaemon(true);
      back.start();
      pump(exchange.socket(), target);
    }
  }

  private static void pump(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        out.flush();
      }
      to.close();
    } catch (IOException e) {
      // One of them is gone.
    }
  }
}
