package io.slimimage.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.credentials.Credentials;
import org.junit.jupiter.api.Test;

class RedactionTest {

  @Test
  void hidesAHeaderAndThePasswordInIt() {
    Redaction redaction = new Redaction().header("Basic bWU6c2VjcjpldCY=");

    assertThat(redaction.apply("Basic bWU6c2VjcjpldCY= is me:secr:et& or secr%3Aet%26"))
        .isEqualTo("Basic *** is me:*** or ***");
  }

  @Test
  void hidesATokenAndWhatItWasGotWith() {
    Redaction redaction =
        new Redaction()
            .header("Bearer abcdef.ghi")
            .credentials(new Credentials("me", "", "abcdef", "a file"));

    assertThat(redaction.apply("[abcdef.ghi] [abcdef] [me]")).isEqualTo("[***] [***] [me]");
  }

  @Test
  void leavesWordsAloneThatContainAShortPassword() {
    Redaction redaction = new Redaction().credentials(new Credentials("me", "a", "", "a file"));

    assertThat(redaction.apply("manifest unknown")).isEqualTo("manifest unknown");
  }
}
