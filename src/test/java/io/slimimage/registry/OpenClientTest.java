package io.slimimage.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OpenClientTest {

  @Test
  void leavesNoThreadThatWaitsForTheNetwork() throws Exception {
    try (ScriptedRegistry registry = ScriptedRegistry.start();
        OpenClient other = OpenClient.open(HttpClient.newBuilder());
        OpenClient client = OpenClient.open(HttpClient.newBuilder())) {
      URI uri = URI.create("http://" + registry.host() + "/v2/");
      client.client().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
      assertThat(client.threads()).isNotEmpty().allMatch(Thread::isAlive);

      client.close();

      assertThat(client.threads()).noneMatch(Thread::isAlive);
      assertThat(other.threads()).isNotEmpty().allMatch(Thread::isAlive);
    }
  }

  @Test
  void keepsAnInterruptForItsCaller() {
    OpenClient client = OpenClient.open(HttpClient.newBuilder());
    Thread.currentThread().interrupt();

    client.close();

    assertThat(Thread.interrupted()).isTrue();
  }
}
