package io.slimimage.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogLinesTest {

  private final List<String> lines = new ArrayList<>();
  private final LogLines log = new LogLines(lines::add);

  @Test
  void joinsChunksAndSplitsLines() {
    log.add("one\ntw");
    log.add("o\n\nthr");
    log.add("ee");
    assertThat(lines).containsExactly("one", "two", "");

    log.finish();
    assertThat(lines).containsExactly("one", "two", "", "three");

    log.finish();
    assertThat(lines).hasSize(4);
  }

  @Test
  void joinsACharacterThatTwoChunksShare() {
    byte[] bytes = "größe €\n".getBytes(StandardCharsets.UTF_8);
    for (byte b : bytes) {
      log.add(new byte[] {b});
    }
    assertThat(lines).containsExactly("größe €");
  }

  @Test
  void removesEscapeSequencesEvenWhereAChunkEndsInOne() {
    log.add("\u001B[1;3");
    log.add("1mred\u001B[0m \u001B]8;;http://x\u0007link\u001B]8;;\u001B\\ \u001B(B\u001B=end\n");
    assertThat(lines).containsExactly("red link end");
  }

  @Test
  void endsWithoutALineForARemainingEscapeSequence() {
    log.add("text\n\u001B[0m");
    log.finish();
    assertThat(lines).containsExactly("text");
  }

  @Test
  void keepsTheLastStateOfAProgressBar() {
    log.add("windows\r\n10%\r50%\r100%\nnext\r\n");
    assertThat(lines).containsExactly("windows", "100%", "next");
  }

  @Test
  void cutsOutputWithoutLineEnds() {
    log.add("x".repeat(LogLines.MAX_LINE * 2 + 3));
    log.finish();
    assertThat(lines).extracting(String::length).containsExactly(65536, 65536, 3);
  }
}
