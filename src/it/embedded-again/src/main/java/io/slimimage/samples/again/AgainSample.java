package io.slimimage.samples.again;

import com.google.gson.Gson;
import java.util.Map;

/** Says the same every time. */
public final class AgainSample {

  private AgainSample() {}

  public static void main(String[] args) {
    System.out.println(new Gson().toJson(Map.of("again", "and again")));
  }
}
