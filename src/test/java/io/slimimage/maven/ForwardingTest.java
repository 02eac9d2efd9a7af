package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.RecordedLog;
import io.slimimage.SlimImageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.maven.execution.MavenSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingTest {

  @TempDir private Path root;

  private final RecordedLog log = new RecordedLog();
  private TestReactor tree;

  @BeforeEach
  void project() {
    tree =
        new TestReactor(root)
            .project(
                "",
                "<groupId>g</groupId><artifactId>a</artifactId><version>${revision}</version>"
                    + "<properties><x>${referred}</x><y>${build.number}</y><p>${db.password}</p>"
                    + "<r>${maven.repo.local}</r><s>${slimimage.image}</s></properties>"
                    + "<profiles><profile><id>p</id><activation><property>"
                    + "<name> !activating </name></property></activation></profile></profiles>");
  }

  private Forwarding forwarding(Map<String, String> commandLine, String... also) {
    MavenSession session = tree.session(0);
    session.getUserProperties().putAll(commandLine);
    return Forwarding.of(session, List.of(root.resolve("pom.xml")), List.of(also), log);
  }

  @Test
  void forwardsWhatThePomsReferToAndNothingElse() {
    Forwarding forwarding =
        forwarding(Map.of("referred", "a b", "activating", "", "unheard-of", "c"));
    assertThat(forwarding.properties())
        .containsOnly(Map.entry("referred", "a b"), Map.entry("activating", ""));
    assertThat(forwarding.buildOptions()).containsExactly("-Dactivating=", "-Dreferred=a b");
  }

  @Test
  void forwardsWhatTheUserNames() {
    assertThat(forwarding(Map.of("unheard-of", "c"), "unheard-of").buildOptions())
        .containsExactly("-Dunheard-of=c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"revision", "sha1", "changelist", "build.number"})
  void volatileOnesStayOutOfTheWarmUp(String name) {
    Forwarding forwarding = forwarding(Map.of(name, "7", "referred", "x"));
    assertThat(forwarding.buildOptions()).contains("-D" + name + "=7", "-Dreferred=x");
    assertThat(forwarding.warmUpOptions()).containsExactly("-Dreferred=x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"first\nhunter2", "first\rhunter2"})
  void refusesAValueWithALineBreakWithoutTellingIt(String value) {
    assertThat(forwarding(Map.of("unheard-of", value)).properties()).isEmpty();
    assertThatThrownBy(() -> forwarding(Map.of("referred", value)))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("'referred' has a line break")
        .hasMessageContaining("perhaps you should")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void secretsStayOutWithAWarningThatDoesNotTellThem() {
    assertThat(forwarding(Map.of("db.password", "hunter2")).properties()).isEmpty();
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains("'db.password'", "slimimage.builder.properties")
        .doesNotContain("hunter2");
  }

  @Test
  void theUserMayNameWhatOnlyLooksLikeASecret() {
    assertThat(forwarding(Map.of("db.password", "x"), "db.password").properties())
        .containsEntry("db.password", "x");
    assertThat(log.warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"maven.repo.local", "slimimage.image"})
  void ownPropertiesNeverGo(String name) {
    assertThat(forwarding(Map.of(name, "x"), name).properties()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gpg.passphrase",
        "MY_SECRET",
        "github.token",
        "awsCredentials",
        "x.apiKey",
        "db.pwd",
        "ftp.pass",
        "aws.accessKey",
        "sonar.login"
      })
  void knowsSecretsByTheirNames(String name) {
    assertThat(Forwarding.looksSecret(name, "")).isTrue();
  }

  @Test
  void forwardsProfiles() {
    assertThat(forwarding(Map.of()).options()).isEmpty();
    tree.request().addActiveProfile("fast");
    tree.request().addInactiveProfile("docs");
    assertThat(forwarding(Map.of()).options()).containsExactly("-Pfast,!docs");
  }
}
