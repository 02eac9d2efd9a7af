package io.slimimage.image;

import static io.slimimage.image.TestImages.METADATA;
import static io.slimimage.image.TestImages.PLATFORM;
import static io.slimimage.image.TestImages.base;
import static io.slimimage.image.TestImages.plan;
import static io.slimimage.image.TestImages.stored;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Base images whose configuration is not what it should be. */
class DamagedBaseTest {

  private static final ImageLayer ONE = stored(new byte[1024]);
  private static final ImageLayer TWO = stored(new byte[2048]);

  private static final ImagePlan ALL =
      plan(
          new ImageConfig(
              "1",
              List.of("80/tcp"),
              Map.of("a", "b"),
              Map.of("l", "w"),
              List.of("/v"),
              "/w",
              List.of("e"),
              List.of("a"),
              null,
              "SIGINT"));

  private static void assemble(ImagePlan plan, BaseImage base) {
    ImageAssembly.assemble(plan, base, List.of(), METADATA);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "1",
        "\"x\"",
        "{",
        "{}{}",
        "{\"a\":}",
        "{} x",
        "<html>",
        "{\"a\":1,}",
        "{\"rootfs\":{\"diff_ids\":[",
        "\ufeff{}x"
      })
  void aBaseWithoutAConfigurationIsOneClearError(String text) {
    assertThatThrownBy(
            () -> assemble(plan(), new BaseImage("tar://b.tar", PLATFORM, text, List.of())))
        .isInstanceOf(SlimImageException.class)
        .hasMessageStartingWith(
            "The configuration of the base image [tar://b.tar] is no JSON object")
        .hasMessageContaining("perhaps you should");
  }

  @Test
  void aDeepConfigurationIsAnErrorAndNoOverflow() {
    String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThatThrownBy(() -> assemble(plan(), new BaseImage("b", PLATFORM, deep, List.of())))
        .isInstanceOf(SlimImageException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'config':[] | [config] in the configuration of the base image [oci://some/base] is no object",
        "'config':{'Env':{}} | [config.Env] in the configuration",
        "'config':{'Env':[1]} | [config.Env] in the configuration",
        "'config':{'Labels':[]} | [config.Labels] in the configuration",
        "'config':{'Volumes':'x'} | [config.Volumes] in the configuration",
        "'history':{} | [history] in the configuration",
        "'history':[1] | [history] in the configuration",
        "'variant':7 | [variant] in the configuration",
      },
      quoteCharacter = '#')
  void aFieldOfTheWrongTypeIsNamed(String fields, String message) {
    assertThatThrownBy(() -> assemble(ALL, base(fields.replace('\'', '"').strip(), ONE)))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aBaseWhoseConfigurationIsOfOtherLayersIsNamed() {
    BaseImage fewer = base("", ONE);
    BaseImage more = new BaseImage("docker://x:1", PLATFORM, fewer.config(), List.of(ONE, TWO));
    assertThatThrownBy(() -> assemble(plan(), more))
        .isInstanceOf(SlimImageException.class)
        .hasMessageStartingWith(
            "The base image [docker://x:1] has other layers than its configuration: their number is"
                + " 2 instead of 1");
    BaseImage none = new BaseImage("docker://x:1", PLATFORM, "{\"os\":\"linux\"}", List.of(ONE));
    assertThatThrownBy(() -> assemble(plan(), none))
        .hasMessageContaining("their number is 1 instead of 0");
    BaseImage other = new BaseImage("docker://x:1", PLATFORM, fewer.config(), List.of(TWO));
    assertThatThrownBy(() -> assemble(plan(), other))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining(
            "number 1 is [" + TWO.diffId() + "] instead of [" + ONE.diffId() + "]");
  }
}
