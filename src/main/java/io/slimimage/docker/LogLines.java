package io.slimimage.docker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Joins chunks of a step's output to lines. A chunk may end anywhere, even inside a character.
 *
 * <p>Escape sequences are removed, and of what a progress bar draws over itself the last state
 * stays, as on a terminal.
 */
final class LogLines {

  /** Longer lines are cut, so that output without line ends cannot fill the memory. */
  static final int MAX_LINE = 64 * 1024;

  /** CSI sequences, OSC strings (titles, links), and the two-character ones. */
  private static final Pattern ANSI =
      Pattern.compile(
          "\u001B(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)|[ -/]*[0-Z\\\\^_])");

  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private final Consumer<String> lines;

  LogLines(Consumer<String> lines) {
    this.lines = lines;
  }

  void add(byte[] chunk) {
    for (byte b : chunk) {
      if (b == '\n') {
        emit();
      } else {
        pending.write(b);
        if (pending.size() >= MAX_LINE) {
          emit();
        }
      }
    }
  }

  void add(String chunk) {
    add(chunk.getBytes(StandardCharsets.UTF_8));
  }

  /** Passes on what has come after the last line end. */
  void finish() {
    if (clean(pending.toString(StandardCharsets.UTF_8)).isEmpty()) {
      pending.reset();
    } else {
      emit();
    }
  }

  private void emit() {
    lines.accept(clean(pending.toString(StandardCharsets.UTF_8)));
    pending.reset();
  }

  static String clean(String line) {
    String text = ANSI.matcher(line).replaceAll("").stripTrailing();
    return text.substring(text.lastIndexOf('\r') + 1);
  }
}
