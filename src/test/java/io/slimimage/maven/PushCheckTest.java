package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.ConfigurationException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushCheckTest {

  @TempDir private Path root;

  private void check(boolean offline, String... namesAndValues) {
    TestReactor reactor =
        new TestReactor(root)
            .project("", "<groupId>g</groupId><artifactId>shop</artifactId><version>1</version>");
    reactor.request().setOffline(offline);
    Problems problems = new Problems();
    PushCheck.check(reactor.session(0), GivenParameters.of(namesAndValues), problems);
    problems.throwIfAny();
  }

  @ParameterizedTest
  @ValueSource(strings = {"registry.example/shop:1", "localhost:5000/a/b", "someone/shop:1"})
  void allowsWhatHasARegistryOrAUser(String image) {
    assertThatCode(() -> check(false, "image", image)).doesNotThrowAnyException();
  }

  @Test
  void refusesTheDefaultName() {
    assertThatThrownBy(() -> check(false))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("[shop:1] has no registry")
        .hasMessageContaining(
            "perhaps you should set 'slimimage.image' to a name such as registry.example/team/shop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"shop", "library/shop:1", "docker.io/shop", "index.docker.io/library/shop"})
  void refusesNamesOfDockersOwnImages(String image) {
    assertThatThrownBy(() -> check(false, "image", image))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("has no registry to push it to");
  }

  @Test
  void refusesToPushOffline() {
    assertThatThrownBy(() -> check(true, "image", "registry.example/shop"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "Nothing can be pushed while Maven is offline, perhaps you should call it without -o");
  }

  @Test
  void refusesAStage() {
    assertThatThrownBy(() -> check(false, "image", "registry.example/shop", "target", "builder"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'slimimage.target' [builder]");
  }

  @Test
  void leavesABrokenNameToTheBuild() {
    assertThatCode(() -> check(false, "image", "A B")).doesNotThrowAnyException();
  }
}
