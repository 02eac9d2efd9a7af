package io.slimimage.samples.iotd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageOfTheDayTest {

  private final SetClock clock = new SetClock(Instant.parse("2026-11-22T08:00:00Z"));
  private final List<LocalDate> asked = new ArrayList<>();
  private final ImageOfTheDay images = new ImageOfTheDay(this::fetch, clock);

  @Test
  void asksTheUpstreamOncePerDay() {
    assertThat(images.today()).isEqualTo(images.today());

    assertThat(asked).containsExactly(LocalDate.of(2026, 11, 22));
  }

  @Test
  void asksAgainOnTheNextDay() {
    images.today();
    clock.now = Instant.parse("2026-11-23T00:00:00Z");

    assertThat(images.today().date()).isEqualTo(LocalDate.of(2026, 11, 23));
  }

  @Test
  void asksAgainAfterAFailure() {
    List<LocalDate> failed = new ArrayList<>();
    ImageSource failingOnce =
        day -> {
          if (failed.isEmpty()) {
            failed.add(day);
            throw new IllegalStateException("no answer");
          }
          return fetch(day);
        };
    ImageOfTheDay unlucky = new ImageOfTheDay(failingOnce, clock);

    assertThatThrownBy(unlucky::today).hasMessage("no answer");
    assertThat(unlucky.today().date()).isEqualTo(LocalDate.of(2026, 11, 22));
  }

  private DailyImage fetch(LocalDate day) {
    asked.add(day);
    return new DailyImage("Title", day, URI.create("https://images.example/1.jpg"), "", "");
  }

  private static final class SetClock extends Clock {

    private Instant now;

    SetClock(Instant now) {
      this.now = now;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
