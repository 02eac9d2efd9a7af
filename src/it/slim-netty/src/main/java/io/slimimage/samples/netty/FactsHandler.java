package io.slimimage.samples.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.internal.PlatformDependent;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLException;

final class FactsHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request)
      throws SSLException {
    String facts =
        "channel=%s%nepoll=%s%nunsafe=%s%ntls=%s%nopenSsl=%s%n"
            .formatted(
                context.channel().getClass().getSimpleName(),
                reason(Epoll.unavailabilityCause()),
                PlatformDependent.hasUnsafe(),
                reason(OpenSsl.unavailabilityCause()),
                protocols());
    ByteBuf body = Unpooled.copiedBuffer(facts, StandardCharsets.UTF_8);
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  private static String protocols() throws SSLException {
    if (!OpenSsl.isAvailable()) {
      return "none";
    }
    SslContext tls = SslContextBuilder.forClient().sslProvider(SslProvider.OPENSSL).build();
    return tls.cipherSuites().contains("TLS_AES_256_GCM_SHA384") ? "TLSv1.3" : "old";
  }

  private static String reason(Throwable cause) {
    return cause == null ? "available" : cause.toString();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    cause.printStackTrace();
    context.close();
  }
}
