package io.slimimage.samples.iotd;

import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClientException;

@RestController
class ImageController {

  private final ImageOfTheDay images;

  ImageController(ImageOfTheDay images) {
    this.images = images;
  }

  @GetMapping("/image")
  DailyImage image() {
    return images.today();
  }

  /** Says whether this service runs, whatever the upstream does. */
  @GetMapping("/health")
  Map<String, String> health() {
    return Map.of("status", "UP");
  }

  @ExceptionHandler
  @ResponseStatus(HttpStatus.BAD_GATEWAY)
  Map<String, String> upstreamFailed(RestClientException e) {
    return Map.of("error", "the upstream did not answer with an image");
  }
}
