package io.slimimage.samples.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;

/** Tells at the port of the environment variable PORT what of Netty's native code works. */
public final class NettySample {

  private NettySample() {}

  public static void main(String[] args) throws InterruptedException {
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
    boolean nativeCode = Epoll.isAvailable();
    EventLoopGroup group = nativeCode ? new EpollEventLoopGroup(2) : new NioEventLoopGroup(2);
    Class<? extends ServerChannel> channel =
        nativeCode ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    try {
      new ServerBootstrap()
          .group(group)
          .channel(channel)
          .childHandler(
              new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel accepted) {
                  accepted
                      .pipeline()
                      .addLast(new HttpServerCodec())
                      .addLast(new HttpObjectAggregator(65536))
                      .addLast(new FactsHandler());
                }
              })
          .bind(port)
          .sync()
          .channel()
          .closeFuture()
          .sync();
    } finally {
      group.shutdownGracefully();
    }
  }
}
