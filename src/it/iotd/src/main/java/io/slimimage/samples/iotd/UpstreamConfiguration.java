package io.slimimage.samples.iotd;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

@Configuration(proxyBeanMethods = false)
class UpstreamConfiguration {

  /** Stands in for the upstream where none is configured, so that the service runs offline. */
  @Bean
  @ConditionalOnProperty(name = "iotd.upstream.url", havingValue = "stub", matchIfMissing = true)
  StubUpstream stubUpstream() {
    return StubUpstream.start();
  }

  @Bean
  ImageSource imageSource(
      RestClient.Builder client, UpstreamProperties upstream, ObjectProvider<StubUpstream> stub) {
    StubUpstream running = stub.getIfAvailable();
    return new ApodClient(
        client, running == null ? upstream.url() : running.url(), upstream.apiKey());
  }
}
