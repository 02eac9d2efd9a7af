package io.slimimage.samples.iotd;

import java.net.URI;
import java.time.LocalDate;
import org.springframework.web.client.RestClient;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Asks an upstream that speaks the protocol of NASA's "Astronomy Picture of the Day".
 *
 * @see <a href="https://api.nasa.gov">api.nasa.gov</a>
 */
class ApodClient implements ImageSource {

  private final RestClient client;
  private final URI url;
  private final String apiKey;

  ApodClient(RestClient.Builder client, URI url, String apiKey) {
    this.client = client.build();
    this.url = url;
    this.apiKey = apiKey;
  }

  @Override
  public DailyImage fetch(LocalDate day) {
    URI request =
        UriComponentsBuilder.fromUri(url)
            .queryParam("api_key", apiKey)
            .queryParam("date", day)
            .build()
            .toUri();
    return client.get().uri(request).retrieve().body(DailyImage.class);
  }
}
