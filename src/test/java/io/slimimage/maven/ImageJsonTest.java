package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slimimage.ConfigurationException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ImageJsonTest {

  private static final String DIGEST = EmbeddedResults.DIGEST.toString();

  private static PushResult pushed(String repository, Map<String, Boolean> layers) {
    return new PushResult(repository, DIGEST, List.of("1.0", "0"), OptionalLong.of(42), layers);
  }

  private static ImageJson embedded() throws IOException {
    return ImageJson.parse(EmbeddedJson.of(new EmbeddedResults().on("base").withRuntime().get()));
  }

  @Test
  void tellsWhatWasBuilt() throws IOException {
    ImageJson json = embedded();

    assertThat(json.isEmbedded()).isTrue();
    assertThat(json.tags()).containsExactly("shop:0", "shop:1.0");
    assertThat(json.get("digest")).isEqualTo(DIGEST);
    assertThat(json.get("id")).isEqualTo(EmbeddedResults.ID.toString());
    assertThat(json.get("target")).isEqualTo("runtime");
    assertThat(json.get("none")).isEmpty();
  }

  @Test
  void addsWhatWasPushedAndKeepsAllElse() throws IOException {
    String before = EmbeddedJson.of(new EmbeddedResults().on("base").withRuntime().get());
    Map<String, Boolean> layers =
        Map.of(EmbeddedResults.digest("1").hex(), false, EmbeddedResults.digest("7").hex(), true);

    JsonNode json =
        new ObjectMapper()
            .readTree(
                ImageJson.parse(before)
                    .withPushed(List.of(pushed("registry.example/shop", layers))));

    assertThat(json.path("pushed"))
        .hasToString(
            "[{\"reference\":\"registry.example/shop@"
                + DIGEST
                + "\",\"tags\":[\"1.0\",\"0\"],\"bytesSent\":42}]");
    assertThat(json.path("layers").get(0).path("sent").booleanValue()).isFalse();
    assertThat(json.path("layers").get(1).has("sent")).isFalse();
    assertThat(json.path("layers").get(3).path("sent").booleanValue()).isTrue();
    ((ObjectNode) json).remove("pushed");
    json.path("layers").forEach(layer -> ((ObjectNode) layer).remove("sent"));
    assertThat(json).isEqualTo(new ObjectMapper().readTree(before));
  }

  @Test
  void tellsOfTheLastPushOnly() throws IOException {
    Map<String, Boolean> sent = Map.of(EmbeddedResults.digest("7").hex(), true);
    Map<String, Boolean> there = Map.of(EmbeddedResults.digest("7").hex(), false);
    String first = embedded().withPushed(List.of(pushed("a.example/shop", sent)));

    String second = ImageJson.parse(first).withPushed(List.of(pushed("b.example/shop", there)));

    assertThat(second)
        .contains("b.example/shop")
        .doesNotContain("a.example/shop")
        .containsOnlyOnce("\"sent\" : false")
        .doesNotContain("\"sent\" : true");
  }

  @Test
  void knowsLayersByTheBeginningOfTheirDiffIds() throws IOException {
    PushResult byEngine =
        new PushResult(
            "registry.example/shop",
            DIGEST,
            List.of("1.0"),
            OptionalLong.empty(),
            Map.of("888888888888", true));

    JsonNode json = new ObjectMapper().readTree(embedded().withPushed(List.of(byEngine)));

    assertThat(json.path("layers").get(3).path("sent").booleanValue()).isTrue();
    assertThat(json.path("layers").get(2).has("sent")).isFalse();
    assertThat(json.path("pushed").get(0).has("bytesSent")).isFalse();
  }

  @Test
  void addsWhatWasPushedForEachPlatform() throws IOException {
    String before = EmbeddedJson.of(new EmbeddedResults().on("base").forSeveralPlatforms().get());
    ImageJson json = ImageJson.parse(before);
    Map<String, Boolean> layers =
        Map.of(EmbeddedResults.digest("1").hex(), true, EmbeddedResults.digest("7").hex(), false);
    String after = json.withPushed(List.of(pushed("a", layers)));

    assertThat(json.baseLayers())
        .containsExactlyInAnyOrder(EmbeddedResults.digest("1"), EmbeddedResults.digest("3"));
    JsonNode pushed = new ObjectMapper().readTree(after);
    assertThat(pushed.path("digest").asText()).isEqualTo(DIGEST);
    JsonNode platforms = pushed.path("platforms");
    assertThat(platforms.get(0).path("layers").get(0).path("sent").asBoolean()).isTrue();
    assertThat(platforms.get(1).path("layers").get(2).path("sent").asBoolean(true)).isFalse();
    assertThat(platforms.get(1).path("digest").asText())
        .isEqualTo(EmbeddedResults.digest("e").toString());
    assertThat(ImageJson.parse(after).withPushed(List.of(pushed("a", layers)))).isEqualTo(after);
  }

  @Test
  void addsTheDigestThatAnEngineHasGivenTheImage() throws IOException {
    String json =
        "{\"reference\":\"a:1\",\"id\":\"sha256:1\",\"target\":\"runtime\",\"layers\":[]}";

    JsonNode pushed =
        new ObjectMapper()
            .readTree(ImageJson.parse(json).withPushed(List.of(pushed("a", Map.of()))));

    assertThat(pushed.path("digest").asText()).isEqualTo(DIGEST);
  }

  @Test
  void refusesWhatIsNoJson() {
    assertThatThrownBy(() -> ImageJson.parse("{\"a\":"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("perhaps you should build again");
  }
}
