package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.slimimage.ConfigurationException;
import io.slimimage.RecordedLog;
import io.slimimage.base.BaseReference;
import io.slimimage.blob.Compression;
import io.slimimage.image.ImageReference;
import io.slimimage.image.Platform;
import io.slimimage.system.BaseSystem;
import io.slimimage.system.SystemFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedConfigurationTest {

  private static final JavaRelease JAVA_17 = new JavaRelease(21, 17);
  private static final JavaRelease JAVA_11 = new JavaRelease(21, 11);

  @TempDir private Path root;

  private EmbeddedConfiguration configure(JavaRelease java, String... namesAndValues) {
    MavenProject project =
        new TestReactor(root)
            .project(
                "shop",
                "<groupId>g</groupId><artifactId>shop</artifactId><version>1.0</version>"
                    + "<properties><project.build.outputTimestamp>1700000000"
                    + "</project.build.outputTimestamp></properties>")
            .get(0);
    return EmbeddedConfiguration.of(
        GivenParameters.of(namesAndValues), project, java, new RecordedLog());
  }

  private EmbeddedConfiguration configure(String... namesAndValues) {
    return configure(JAVA_17, namesAndValues);
  }

  /** Without what says where system libraries are from, no runtime of this machine is one. */
  private static void assumeThatARuntimeCanBeLinked() {
    assumeThat(SystemFiles.untraceable(Path.of("/"))).isEmpty();
  }

  @Test
  void linksARuntimeOntoNothingByDefault() {
    assumeThatARuntimeCanBeLinked();
    EmbeddedConfiguration configuration = configure();

    assertThat(configuration.names()).containsExactly(ImageReference.parse("shop:1.0"));
    assertThat(configuration.runtime())
        .isEqualTo(new RuntimeChoice(true, "scratch", Optional.empty()));
    assertThat(configuration.base()).isEqualTo(new BaseReference.Scratch());
    assertThat(configuration.platforms())
        .containsExactly(new Platform("linux", System.getProperty("os.arch"), ""));
    assertThat(configuration.release()).isEqualTo(17);
    assertThat(configuration.container().entrypoint())
        .containsExactly("/opt/java/bin/java", "-jar", "/app/shop.jar");
    assertThat(configuration.container().user()).isEqualTo("65532:65532");
    assertThat(configuration.container().workingDirectory()).isEqualTo("/home/nonroot");
    assertThat(configuration.container().env())
        .containsEntry("JAVA_HOME", "/opt/java")
        .containsEntry("PATH", "/opt/java/bin");
    assertThat(configuration.cache()).isAbsolute().endsWithRaw(Path.of("slimimage"));
    assertThat(configuration.output())
        .isEqualTo(
            new OutputChoice(
                Optional.empty(),
                OutputChoice.Load.NEVER,
                false,
                Compression.GZIP,
                5_000_000_000L));
  }

  @Test
  void laysOutTheApplicationOfTheModule() {
    assumeThatARuntimeCanBeLinked();
    EmbeddedConfiguration configuration = configure("cache", "/keep", "modules.add", "jdk.jfr");
    LayersConfiguration layers = configuration.layers(Optional.empty());

    assertThat(layers.module()).isEqualTo("g:shop");
    assertThat(layers.optimizeFor()).isEqualTo("pull");
    assertThat(layers.created()).isEqualTo(1_700_000_000);
    assertThat(layers.extraDirectory()).isEqualTo("src/main/slimimage");
    assertThat(layers.directories()).isEqualTo(Map.of("home/nonroot", "1777"));
    assertThat(layers.layers())
        .containsExactly(
            "runtime", "dependencies", "snapshot-dependencies", "modules", "extra", "application");
    assertThat(layers.runtime().base()).isEqualTo(BaseSystem.SCRATCH);
    assertThat(layers.runtime().add()).containsExactly("jdk.jfr");
    assertThat(layers.runtime().cache()).isEqualTo("/keep");
    assertThat(configuration.cache()).isEqualTo(Path.of("/keep"));
  }

  @Test
  void aBaseWithAJavaOfItsOwnStartsThat() {
    EmbeddedConfiguration configuration = configure("runtime", "jre");

    assertThat(configuration.base())
        .isEqualTo(new BaseReference.Registry(ImageReference.parse("eclipse-temurin:21-jre")));
    assertThat(configuration.runtime().reason()).isEmpty();
    assertThat(configuration.container().entrypoint())
        .containsExactly("java", "-jar", "/app/shop.jar");
    assertThat(configuration.container().env()).doesNotContainKeys("JAVA_HOME", "PATH");
    assertThat(configuration.layers(Optional.empty()).runtime()).isNull();
    assertThat(configuration.layers(Optional.of(BaseSystem.SCRATCH)).runtime()).isNull();
  }

  @Test
  void anOldApplicationGetsTheRuntimeOfItsRelease() {
    EmbeddedConfiguration configuration = configure(JAVA_11);

    assertThat(configuration.base().name()).isEqualTo("eclipse-temurin:11-jre");
    assertThat(configuration.runtime().reason().orElseThrow()).contains("is for Java 11");
    assertThat(configuration.release()).isEqualTo(11);
  }

  @ParameterizedTest
  @CsvSource({
    "debian:12, debian:12",
    "docker://debian:12, docker://debian:12",
    "oci://base:1, oci://ROOT/shop/base:1",
    "tar://../base.tar, tar://ROOT/shop/../base.tar",
    "tar:///base.tar, tar:///base.tar"
  })
  void aBaseIsNamedOrLiesBesideTheModule(String given, String name) {
    for (String runtime : List.of("jre", "")) {
      EmbeddedConfiguration configuration = configure("baseImage", given, "runtime", runtime);
      assertThat(configuration.base().name()).isEqualTo(name.replace("ROOT", root.toString()));
      assertThat(configuration.runtime().baseImage()).isEqualTo(given);
      assertThat(configuration.runtime().linked()).isFalse();
    }
  }

  @Test
  void aRuntimeIsLinkedForWhatTheBaseHas() {
    assumeThatARuntimeCanBeLinked();
    EmbeddedConfiguration configuration =
        configure("runtime", "jlink", "baseImage", "docker://debian:12");
    BaseSystem found = BaseSystem.SCRATCH.named("docker://debian:12");

    assertThat(configuration.layers(Optional.empty()).runtime().base()).isNull();
    assertThat(configuration.layers(Optional.of(found)).runtime().base()).isEqualTo(found);
    assertThat(configuration.layers(Optional.of(found)).module()).isEqualTo("g:shop");
  }

  /** Base images have these, with an owner and a mode of their own. */
  @Test
  void makesNoDirectoryThatABaseHas() {
    assumeThatARuntimeCanBeLinked();
    String[] volumes = {"container.volumes", "/var/log,/data", "container.user", "0"};
    assertThat(configure(volumes).layers(Optional.empty()).directories())
        .containsOnlyKeys("var/log", "data");
    String[] onBase = {
      "container.volumes", "/var/log,/data", "container.user", "0", "runtime", "jre"
    };
    assertThat(configure(onBase).layers(Optional.empty()).directories()).containsOnlyKeys("data");
  }

  @Test
  void putsTheImageWhereItIsTold() {
    assertThat(
            configure(
                    "runtime", "jre",
                    "load", "auto",
                    "tar", "false",
                    "compression", "zstd",
                    "cacheSize", "300M")
                .output())
        .isEqualTo(
            new OutputChoice(
                Optional.of(false),
                OutputChoice.Load.WHERE_POSSIBLE,
                false,
                Compression.ZSTD,
                300_000_000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"builder", "test"})
  void stagesAreOfADockerEngine(String target) {
    assertThatThrownBy(() -> configure("runtime", "jre", "target", target))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "'slimimage.target' ["
                + target
                + "] is a stage of a build by a Docker Engine, which this is not, perhaps you should"
                + " remove it, or set 'slimimage.engine' to docker");
  }

  @Test
  void whatNoEngineKnowsIsNoStage() {
    assertThatThrownBy(() -> configure("runtime", "jre", "target", "image"))
        .isInstanceOfSatisfying(
            ConfigurationException.class, e -> assertThat(e.problems()).hasSize(1))
        .hasMessageContaining("'slimimage.target' [image] must be one of builder, test, runtime");
  }

  @Test
  void reportsAllMistakesAtOnce() {
    String[] mistakes = {
      "image", "Shop",
      "tags", "a b",
      "engine", "podman",
      "runtime", "jre",
      "baseImage", "ftp://base",
      "locales", "ko",
      "mainClass", "a/Main",
      "optimizeFor", "speed",
      "target", "test",
      "container.user", "a b",
      "docker.builder", "kaniko",
      "tar", "yes",
      "load", "perhaps",
      "compression", "lzma",
      "cacheSize", "much"
    };
    assertThatThrownBy(() -> configure(mistakes))
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            e -> {
              // All but the runtime, which is right.
              assertThat(e.problems()).hasSize(mistakes.length / 2 - 1);
              for (int i = 0; i < mistakes.length; i += 2) {
                String parameter = "'slimimage." + mistakes[i] + "' [";
                if (!mistakes[i].equals("runtime")) {
                  assertThat(e.problems()).anyMatch(problem -> problem.startsWith(parameter));
                }
              }
            });
  }

  @Test
  void warnsOfWhatIsMissingOnScratchAlone() {
    assumeThatARuntimeCanBeLinked();
    Path extra = root.resolve("shop/src/main/slimimage");
    String[] check = {"container.healthcheck", "curl localhost"};

    assertThat(configure(check).warnings(extra)).hasSize(1).first().asString().contains("curl");
    assertThat(configure("runtime", "jre", check[0], check[1]).warnings(extra)).isEmpty();
    assertThat(configure("runtime", "jre", "container.ports", "80").warnings(extra))
        .hasSize(1)
        .first()
        .asString()
        .contains("'slimimage.container.ports' [80/tcp]");
  }
}
