package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.ConfigurationException;
import io.slimimage.RecordedLog;
import io.slimimage.docker.EngineInfo;
import io.slimimage.image.Platform;
import io.slimimage.image.PlatformImages;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformChoiceTest {

  private static final String HOST = EmbeddedResults.HOST.toString();
  private static final String FOREIGN = EmbeddedResults.FOREIGN.toString();
  private static final String BOTH = HOST + "," + FOREIGN;

  @TempDir private Path root;

  private final RecordedLog log = new RecordedLog();

  private EmbeddedConfiguration configure(String... namesAndValues) {
    MavenProject project =
        new TestReactor(root)
            .project("", "<groupId>g</groupId><artifactId>shop</artifactId><version>1</version>")
            .get(0);
    return EmbeddedConfiguration.of(
        GivenParameters.of(namesAndValues), project, new JavaRelease(17, 17), log);
  }

  private static EngineInfo engine(String architecture) {
    return new EngineInfo("28.2.2", "1.50", "linux", architecture, "2", false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "linux/arm64; linux/arm64",
        "linux/amd64,linux/arm64; linux/amd64,linux/arm64",
        "linux/arm64 , linux/amd64; linux/arm64,linux/amd64",
        "linux/aarch64,linux/x86_64; linux/arm64,linux/amd64",
        "linux/arm64/v8,linux/arm/v6,linux/arm; linux/arm64,linux/arm/v6,linux/arm/v7"
      })
  void keepsTheOrderAndNormalizesTheNames(String given, String platforms) {
    assertThat(configure("runtime", "jre", "platforms", given).platforms())
        .extracting(Platform::toString)
        .containsExactly(platforms.split(","));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "linux; 'slimimage.platforms': platform [linux] must be in the form 'os/arch[/variant]',"
            + " perhaps you should write [linux/amd64] or [linux/arm64]",
        "linux/; 'slimimage.platforms': platform [linux/] must be in the form 'os/arch[/variant]',"
            + " perhaps you should write [linux/amd64] or [linux/arm64]",
        "windows/amd64; 'slimimage.platforms' [windows/amd64] is not for Linux, and these images"
            + " are, perhaps you should name a platform such as linux/arm64",
        "linux/arm64,linux/arm64/v8; 'slimimage.platforms' [linux/arm64,linux/arm64/v8] names"
            + " linux/arm64 twice, perhaps you should remove one of them"
      },
      quoteCharacter = '"')
  void refusesWhatIsNoPlatform(String given, String message) {
    assertThatThrownBy(() -> configure("runtime", "jre", "platforms", given))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(message);
  }

  /** What is no platform is not taken for this machine's, which would then be there twice. */
  @Test
  void reportsEveryMistakeOnce() {
    assertThatThrownBy(
            () -> configure("runtime", "jre", "platforms", "linux," + HOST + ",windows/arm64"))
        .isInstanceOfSatisfying(
            ConfigurationException.class, e -> assertThat(e.problems()).hasSize(2));
  }

  @ParameterizedTest
  @CsvSource({"runtime, jlink", "baseImage, scratch", "modules.add, jdk.jfr", "locales, ko-KR"})
  void aLinkedRuntimeIsForThisMachineAlone(String parameter, String value) {
    assertThatThrownBy(() -> configure("platforms", BOTH, parameter, value))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(
            "'slimimage.platforms' [%s, %s] does not go with a linked runtime: a runtime can be"
                    .formatted(HOST, FOREIGN)
                + " linked for %s alone, which this machine is, perhaps you should set"
                    .formatted(HOST)
                + " 'slimimage.runtime' to jre, and remove what says what to link");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void otherPlatformsGetAWholeRuntime(boolean several) {
    EmbeddedConfiguration configuration = configure("platforms", several ? BOTH : FOREIGN);

    assertThat(configuration.runtime().linked()).isFalse();
    assertThat(configuration.runtime().reason().orElseThrow())
        .startsWith("The image gets a whole runtime, since it is for ")
        .contains(FOREIGN);
  }

  @Test
  void aDockerEngineBuildsForItsOwnPlatformAlone() {
    EngineInfo engine = engine("s390x");
    PlatformChoice.check(GivenParameters.of().runtime(), engine);
    PlatformChoice.check(GivenParameters.of("platforms", "linux/s390x").runtime(), engine);

    assertThatThrownBy(
            () ->
                PlatformChoice.check(
                    GivenParameters.of("platforms", "linux/s390x,linux/arm64").runtime(), engine))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "'slimimage.platforms' [linux/s390x, linux/arm64] cannot be built by "
                + engine
                + ", only linux/s390x, perhaps you should set 'slimimage.engine' to embedded and"
                + " 'slimimage.runtime' to jre");
  }

  @Test
  void anEngineGetsTheImageForItsPlatform() {
    PlatformImages images = new EmbeddedResults().on("jre:17").forSeveralPlatforms().get().named();

    for (Platform platform : List.of(EmbeddedResults.HOST, EmbeddedResults.FOREIGN)) {
      assertThat(
              PlatformChoice.fitting(
                  images, engine(platform.architecture()), OutputChoice.Load.ALWAYS, log))
          .hasValueSatisfying(image -> assertThat(image.platform()).isEqualTo(platform));
    }
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void anEngineThatCanRunNoneGetsNone() {
    PlatformImages images = new EmbeddedResults().on("jre:17").forSeveralPlatforms().get().named();
    EngineInfo engine = engine("s390x");
    String mismatch = engine + " can run none of the images: " + HOST + ", " + FOREIGN;

    assertThatThrownBy(() -> PlatformChoice.fitting(images, engine, OutputChoice.Load.ALWAYS, log))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            mismatch
                + ", perhaps you should add linux/s390x to 'slimimage.platforms', or remove"
                + " 'slimimage.load'");
    assertThat(PlatformChoice.fitting(images, engine, OutputChoice.Load.WHERE_POSSIBLE, log))
        .isEmpty();
    assertThat(log.infos()).containsExactly(mismatch);
  }

  /** It may have been told how to run it. */
  @Test
  void anEngineGetsTheOnlyImageThatThereIs() {
    PlatformImages image = new EmbeddedResults().forForeignPlatform().get().named();

    assertThat(PlatformChoice.fitting(image, engine("s390x"), OutputChoice.Load.ALWAYS, log))
        .contains(image.first());
  }
}
