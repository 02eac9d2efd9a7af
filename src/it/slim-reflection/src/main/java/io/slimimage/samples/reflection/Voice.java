package io.slimimage.samples.reflection;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** What the application loads as a service and by name. */
public interface Voice {

  String say(String text);

  /** How loud a voice is. */
  @Retention(RetentionPolicy.RUNTIME)
  @interface Loudness {
    int value();
  }
}
