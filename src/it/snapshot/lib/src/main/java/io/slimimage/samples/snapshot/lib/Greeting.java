package io.slimimage.samples.snapshot.lib;

/** A greeting that is still being worked on. */
public final class Greeting {

  private Greeting() {}

  /** Returns the greeting. */
  public static String text() {
    return "Hello from a snapshot";
  }
}
