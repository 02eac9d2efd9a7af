package io.slimimage.samples.embedded;

import com.google.gson.Gson;
import java.util.Map;

/** Tells what it runs on. */
public final class EmbeddedSample {

  private EmbeddedSample() {}

  public static void main(String[] args) {
    System.out.println("json=" + new Gson().toJson(Map.of("embedded", true)));
    System.out.println("home=" + System.getProperty("java.home").equals("/opt/java"));
    System.out.println("fileNames=" + System.getProperty("sun.jnu.encoding"));
  }
}
