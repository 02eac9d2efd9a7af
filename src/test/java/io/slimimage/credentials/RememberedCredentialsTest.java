package io.slimimage.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RememberedCredentialsTest {

  private final List<String> asked = new ArrayList<>();

  private final RememberedCredentials credentials =
      new RememberedCredentials(
          registry -> {
            asked.add(registry);
            return registry.equals("a")
                ? Optional.of(new Credentials("me", "s3cret", "", "a helper"))
                : Optional.empty();
          });

  @Test
  void asksOnceForEachRegistry() {
    assertThat(credentials.find("a")).isEqualTo(credentials.find("a")).isPresent();
    assertThat(credentials.find("b")).isEqualTo(credentials.find("b")).isEmpty();
    assertThat(asked).containsExactly("a", "b");
  }

  @Test
  void tellsWhereCredentialsThatWereAskedForAreFrom() {
    assertThat(credentials.origin("a")).as("not asked for yet").isEmpty();
    credentials.find("a");
    credentials.find("b");

    assertThat(credentials.origin("a")).contains("a helper");
    assertThat(credentials.origin("b")).isEmpty();
    assertThat(credentials.toString()).doesNotContain("s3cret");
  }
}
