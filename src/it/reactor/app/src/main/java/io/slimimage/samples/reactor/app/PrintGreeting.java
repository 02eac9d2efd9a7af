package io.slimimage.samples.reactor.app;

import io.slimimage.samples.reactor.lib.Greeting;

/** Another class with a main method: the manifest decides which one the image starts. */
public final class PrintGreeting {

  private PrintGreeting() {}

  public static void main(String[] args) {
    System.out.println(Greeting.text());
  }
}
