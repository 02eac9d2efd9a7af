package io.slimimage.samples.platforms;

import com.google.gson.Gson;

/** Tells which processor it runs on. */
public final class PlatformsSample {

  private PlatformsSample() {}

  public static void main(String[] args) {
    System.out.println("processor=" + new Gson().toJson(System.getProperty("os.arch")));
  }
}
