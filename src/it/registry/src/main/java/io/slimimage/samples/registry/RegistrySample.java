package io.slimimage.samples.registry;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Says its motto, which changes from build to build. */
public final class RegistrySample {

  private RegistrySample() {}

  public static void main(String[] args) throws IOException {
    try (InputStream in = RegistrySample.class.getResourceAsStream("motto.txt")) {
      String motto = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
      System.out.println(new Gson().toJson(Map.of("motto", motto)));
    }
  }
}
