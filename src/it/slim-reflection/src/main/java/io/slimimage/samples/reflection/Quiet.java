package io.slimimage.samples.reflection;

import java.util.Locale;

@Voice.Loudness(1)
public final class Quiet implements Voice {

  @Override
  public String say(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
