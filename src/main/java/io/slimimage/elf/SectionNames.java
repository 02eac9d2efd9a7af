package io.slimimage.elf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A table of the names of sections, each once and with a zero byte behind it. */
final class SectionNames {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Map<String, Integer> places = new HashMap<>();

  /** Returns where in the table the name begins. */
  int add(String name) {
    return places.computeIfAbsent(
        name,
        added -> {
          int at = bytes.size();
          bytes.writeBytes(added.getBytes(StandardCharsets.UTF_8));
          bytes.write(0);
          return at;
        });
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }
}
