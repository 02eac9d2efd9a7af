package io.slimimage.samples.iotd;

import java.net.URI;
import java.time.LocalDate;

/** The image of one day, as the upstream describes it and as this service answers it. */
record DailyImage(String title, LocalDate date, URI url, String copyright, String explanation) {}
