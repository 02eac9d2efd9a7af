package io.slimimage.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FieldLinesTest {

  @Test
  void giveBackWhatWasWritten() {
    String strange = "\\t is no tab\t, nor \\\\ one\n\r\\";
    String text = new FieldLines().add("").add("a", "", strange).add(strange, "b").toString();

    assertThat(FieldLines.parse(text))
        .containsExactly(List.of(""), List.of("a", "", strange), List.of(strange, "b"));
    assertThat(text.lines()).hasSize(3);
  }

  @Test
  void areNoneInAnEmptyText() {
    assertThat(FieldLines.parse(new FieldLines().toString())).isEmpty();
  }

  @Test
  void areReadWithoutFailureFromAnyText() {
    assertThat(FieldLines.parse("a\tb")).as("cut off").isEmpty();
    assertThat(FieldLines.parse("a\n\\")).containsExactly(List.of("a"));
  }
}
