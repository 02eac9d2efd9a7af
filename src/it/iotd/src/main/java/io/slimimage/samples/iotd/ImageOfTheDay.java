package io.slimimage.samples.iotd;

import java.time.Clock;
import java.time.LocalDate;
import org.springframework.stereotype.Service;

/** Today's image. The upstream counts its requests, so it is asked once per day. */
@Service
class ImageOfTheDay {

  private final ImageSource source;
  private final Clock clock;
  private LocalDate day;
  private DailyImage image;

  ImageOfTheDay(ImageSource source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  /** Returns today's image; a failure is not kept, the next call asks again. */
  synchronized DailyImage today() {
    LocalDate today = LocalDate.now(clock);
    if (!today.equals(day)) {
      image = source.fetch(today);
      day = today;
    }
    return image;
  }
}
