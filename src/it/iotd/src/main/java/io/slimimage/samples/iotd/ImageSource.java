package io.slimimage.samples.iotd;

import java.time.LocalDate;

/** Where the images come from. */
@FunctionalInterface
interface ImageSource {

  /** Fetches the image of a day. */
  DailyImage fetch(LocalDate day);
}
