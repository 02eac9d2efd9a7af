package io.slimimage.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.RecordedLog;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CredentialChainTest {

  private final RecordedLog log = new RecordedLog();

  @Test
  void takesTheFirstAnswerAndAsksNoFurther() {
    CredentialSource none = registry -> Optional.empty();
    CredentialSource unreachable =
        registry -> {
          throw new AssertionError("asked although credentials are known");
        };

    Optional<Credentials> found =
        chain(none, answering("user", "s3cret", ""), unreachable).find("ghcr.io");

    assertThat(found).contains(new Credentials("user", "s3cret", "", "a test"));
    assertThat(log.lines())
        .containsExactly("Using credentials from a test for the registry [ghcr.io]");
  }

  @Test
  void goesOnWithoutWhereNobodyKnows() {
    assertThat(chain(registry -> Optional.empty()).find("ghcr.io")).isEmpty();
    assertThat(log.warnings()).isEmpty();
    assertThat(log.lines()).hasSize(1);
  }

  @Test
  void ignoresAUserNameWithoutPasswordAndSaysSo() {
    Optional<Credentials> found =
        chain(answering("user", "", ""), answering("other", "s3cret", "")).find("ghcr.io");

    assertThat(found.map(Credentials::username)).contains("other");
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains("[ghcr.io]", "a test", "a user name without a password", "perhaps you should");
  }

  @Test
  void ignoresAPasswordWithoutUserNameAndSaysSo() {
    assertThat(chain(answering("", "s3cret", "")).find("ghcr.io")).isEmpty();
    assertThat(log.warnings()).singleElement().asString().contains("a password without a user");
    assertThat(log.lines()).noneMatch(line -> line.contains("s3cret"));
  }

  @Test
  void skipsAnEntryWithNothingInItSilently() {
    assertThat(chain(answering("", "", "")).find("ghcr.io")).isEmpty();
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void takesAnIdentityTokenWithoutUser() {
    assertThat(chain(answering("", "", "t0ken")).find("ghcr.io")).isPresent();
    assertThat(log.warnings()).isEmpty();
    assertThat(log.lines()).noneMatch(line -> line.contains("t0ken"));
  }

  private CredentialChain chain(CredentialSource... sources) {
    return new CredentialChain(List.of(sources), log);
  }

  private static CredentialSource answering(String username, String password, String token) {
    return registry -> Optional.of(new Credentials(username, password, token, "a test"));
  }
}
