package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReactorTest {

  private static final String PARENT =
      "<groupId>g</groupId><artifactId>parent</artifactId><version>1</version>"
          + "<packaging>pom</packaging>";

  @TempDir private Path root;

  private static String module(String name, String more) {
    return "<parent><groupId>g</groupId><artifactId>parent</artifactId><version>1</version></parent>"
        + "<artifactId>"
        + name
        + "</artifactId>"
        + more;
  }

  private static String dependency(String name) {
    return "<dependencies><dependency><groupId>g</groupId><artifactId>"
        + name
        + "</artifactId><version>1</version></dependency></dependencies>";
  }

  private TestReactor three() {
    TestReactor tree =
        new TestReactor(root)
            .project(
                "",
                PARENT
                    + "<modules><module>lib</module><module>app</module><module>other</module>"
                    + "</modules>");
    return tree.project("lib", module("lib", ""), tree.get(0))
        .project("app", module("app", dependency("lib")), tree.get(0))
        .project("other", module("other", dependency("app")), tree.get(0));
  }

  @Test
  void aSingleProjectIsItsOwnRoot() {
    TestReactor tree =
        new TestReactor(root)
            .project("", "<groupId>g</groupId><artifactId>a</artifactId><version>1</version>");
    Reactor reactor = Reactor.of(tree.session(0));
    assertThat(reactor.root()).isEqualTo(root);
    assertThat(reactor.topLevelPom()).isEqualTo("pom.xml");
    assertThat(reactor.poms()).containsExactly("pom.xml");
    assertThat(reactor.needed()).containsExactly(root);
    assertThat(reactor.others()).isEmpty();
    assertThat(reactor.hasSeveral()).isFalse();
  }

  @Test
  void aModuleNeedsWhatItDependsOnAndNothingElse() {
    Reactor reactor = Reactor.of(three().session(2));
    assertThat(reactor.poms())
        .containsExactly("pom.xml", "app/pom.xml", "lib/pom.xml", "other/pom.xml");
    assertThat(reactor.needed()).containsOnly(root.resolve("app"), root.resolve("lib"));
    assertThat(reactor.others()).containsExactly(root.resolve("other"));
    assertThat(reactor.buildDirectories()).contains(root.resolve("app/target"));
    assertThat(reactor.hasSeveral()).isTrue();
  }

  @Test
  void dependenciesOfDependenciesAreNeeded() {
    assertThat(Reactor.of(three().session(3)).needed())
        .containsOnly(root.resolve("other"), root.resolve("app"), root.resolve("lib"));
  }

  @Test
  void aParentBesideItsModulesTravelsWhole() {
    TestReactor tree = new TestReactor(root).project("parent", PARENT);
    tree.project("app", module("app", ""), tree.get(0))
        .project("other", module("other", ""), tree.get(0));
    Reactor reactor = Reactor.of(tree.session(1));
    assertThat(reactor.needed()).containsExactly(root.resolve("app"));
    assertThat(reactor.others()).containsExactly(root.resolve("other"));
  }

  @Test
  void aPluginOfTheReactorIsNeeded() {
    TestReactor tree = new TestReactor(root).project("", PARENT);
    tree.project("tool", module("tool", ""), tree.get(0))
        .project(
            "app",
            module(
                "app",
                "<build><plugins><plugin><groupId>g</groupId><artifactId>tool</artifactId></plugin>"
                    + "</plugins></build>"),
            tree.get(0));
    assertThat(Reactor.of(tree.session(2)).needed()).contains(root.resolve("tool"));
  }

  @Test
  void theRootIsAboveAParentThatIsNoAncestor() {
    TestReactor tree = new TestReactor(root).project("parent", PARENT);
    tree.project("app", module("app", ""), tree.get(0));
    Reactor reactor = Reactor.of(tree.session(1));
    assertThat(reactor.root()).isEqualTo(root);
    assertThat(reactor.topLevelPom()).isEqualTo("parent/pom.xml");
    assertThat(reactor.poms()).containsExactlyInAnyOrder("parent/pom.xml", "app/pom.xml");
  }

  @Test
  void aMavenDirectoryAboveDoesNotWidenTheRoot() {
    TestReactor tree =
        new TestReactor(root)
            .file(".mvn/maven.config", "")
            .project("sub", "<groupId>g</groupId><artifactId>a</artifactId><version>1</version>");
    Reactor reactor = Reactor.of(tree.session(0));
    assertThat(reactor.root()).isEqualTo(root.resolve("sub"));
    assertThat(reactor.topLevelPom()).isEqualTo("pom.xml");
    assertThat(reactor.mavenDirectory()).contains(root.resolve(".mvn"));
    assertThat(reactor.contains(root.resolve(".mvn"))).isFalse();
    assertThat(reactor.wrapper()).isEmpty();
  }

  @Test
  void aWrapperIsItsScriptAndItsProperties() {
    TestReactor tree =
        new TestReactor(root)
            .file("mvnw", "")
            .project("", "<groupId>g</groupId><artifactId>a</artifactId><version>1</version>");
    assertThat(Reactor.of(tree.session(0)).wrapper()).isEmpty();
    tree.file(".mvn/wrapper/maven-wrapper.properties", "");
    assertThat(Reactor.of(tree.session(0)).wrapper()).contains(root.resolve("mvnw"));
  }

  @Test
  void aGeneratedPomStandsForTheOneInTheSources() {
    TestReactor tree =
        new TestReactor(root)
            .project("", "<groupId>g</groupId><artifactId>a</artifactId><version>1</version>")
            .file(".flattened-pom.xml", "<project/>");
    tree.get(0).setPomFile(root.resolve(".flattened-pom.xml").toFile());
    assertThat(Reactor.of(tree.session(0)).poms()).containsExactly("pom.xml");
  }
}
