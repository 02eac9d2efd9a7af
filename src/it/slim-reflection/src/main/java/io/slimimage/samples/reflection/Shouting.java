package io.slimimage.samples.reflection;

import java.util.Locale;

@Voice.Loudness(9)
public final class Shouting implements Voice {

  @Override
  public String say(String text) {
    return text.toUpperCase(Locale.ROOT);
  }
}
