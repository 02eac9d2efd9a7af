package io.slimimage.image;

import static io.slimimage.image.TestImages.METADATA;
import static io.slimimage.image.TestImages.PLATFORM;
import static io.slimimage.image.TestImages.base;
import static io.slimimage.image.TestImages.built;
import static io.slimimage.image.TestImages.plan;
import static io.slimimage.image.TestImages.stored;
import static io.slimimage.image.TestImages.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slimimage.layer.LayerRole;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

class ImageAssemblyTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ImageLayer ONE = stored(new byte[1024]);
  private static final ImageLayer TWO = stored(new byte[2048]);

  private static BuiltImage assemble(ImagePlan plan, BaseImage base, BuiltLayer... layers) {
    return ImageAssembly.assemble(plan, base, List.of(layers), METADATA);
  }

  private static String configText(ImagePlan plan, BaseImage base, BuiltLayer... layers) {
    return text(assemble(plan, base, layers).config());
  }

  private static JsonNode config(ImagePlan plan, BaseImage base, BuiltLayer... layers) {
    return json(configText(plan, base, layers));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static ImagePlan everything() {
    Map<String, String> env = new LinkedHashMap<>();
    env.put("Z", "ü \"q\" \\ \u0001");
    env.put("A", "");
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("z", "last");
    labels.put("a.b", "first");
    return plan(
        new ImageConfig(
            "65532:65532",
            List.of("8443", "8080/tcp", "53/udp"),
            env,
            labels,
            List.of("/var/b", "/a"),
            "/home/nonroot",
            List.of("/opt/java/bin/java", "-jar", "/app/app.jar"),
            List.of("x"),
            new Healthcheck(List.of("/check"), "30s", "", "1m30s", 3),
            "SIGTERM"));
  }

  private static BuiltImage tiny() {
    return ImageAssembly.assemble(
        everything(),
        BaseImage.scratch(PLATFORM),
        List.of(
            built(LayerRole.DEPENDENCIES, "lib.jar", "library"),
            built(LayerRole.APPLICATION, "app.jar", "application")),
        new ImageMetadata(
            Instant.parse("2024-02-29T12:00:00.9Z"),
            Map.of("b", "2", "a", "1"),
            "slimimage-maven-plugin 1.2"));
  }

  /** A change of these bytes gives every user's image another digest: say so in the notes. */
  @Test
  void theBytesOfATinyImageArePinned() throws IOException {
    BuiltImage image = tiny();
    assertThat(text(image.config()))
        .isEqualTo(
            "{\"created\":\"2024-02-29T12:00:00Z\",\"architecture\":\"amd64\",\"os\":\"linux\","
                + "\"config\":{\"User\":\"65532:65532\","
                + "\"ExposedPorts\":{\"53/udp\":{},\"8080/tcp\":{},\"8443/tcp\":{}},"
                + "\"Env\":[\"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\","
                + "\"Z=ü \\\"q\\\" \\\\ \\u0001\",\"A=\"],"
                + "\"Entrypoint\":[\"/opt/java/bin/java\",\"-jar\",\"/app/app.jar\"],"
                + "\"Cmd\":[\"x\"],\"Volumes\":{\"/a\":{},\"/var/b\":{}},"
                + "\"WorkingDir\":\"/home/nonroot\",\"Labels\":{\"a.b\":\"first\",\"z\":\"last\"},"
                + "\"StopSignal\":\"SIGTERM\",\"Healthcheck\":{\"Test\":[\"CMD\",\"/check\"],"
                + "\"Interval\":30000000000,\"StartPeriod\":90000000000,\"Retries\":3}},"
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":["
                + "\"sha256:57d954ebec2008cee5ea77a417a6307e8af2c7e5f8fdce56c85c4f4a84064008\",\"sha256:3b288595132b016c452e2af7a9416f020039f04cc291e5ca585277eac6ea1d71\"]},"
                + "\"history\":[{\"created\":\"2024-02-29T12:00:00Z\","
                + "\"created_by\":\"slimimage-maven-plugin: dependencies\","
                + "\"comment\":\"slimimage-maven-plugin 1.2\"},"
                + "{\"created\":\"2024-02-29T12:00:00Z\","
                + "\"created_by\":\"slimimage-maven-plugin: application\","
                + "\"comment\":\"slimimage-maven-plugin 1.2\"}]}");
    assertThat(text(image.manifest()))
        .isEqualTo(
            "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
                + "\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\","
                + "\"digest\":\""
                + image.id()
                + "\",\"size\":"
                + image.config().size()
                + "},\"layers\":[{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar\","
                + "\"digest\":\"sha256:57d954ebec2008cee5ea77a417a6307e8af2c7e5f8fdce56c85c4f4a84064008\",\"size\":2560},"
                + "{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar\","
                + "\"digest\":\"sha256:3b288595132b016c452e2af7a9416f020039f04cc291e5ca585277eac6ea1d71\",\"size\":2560}],"
                + "\"annotations\":{\"a\":\"1\",\"b\":\"2\"}}");
    assertThat(image.digest())
        .hasToString("sha256:dce6b3a96df0b3e7169c0bd46aa0a9e7b1abbf252fcc48f0ddb6e754e2c3abed");
    ImageValidator.validate(image);
  }

  @Test
  void theSameInputsGiveTheSameBytesInAnotherPlaceOfTheWorld() {
    BuiltImage first = tiny();
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
      assertThat(tiny().digest()).isEqualTo(first.digest());
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void theEpochIsWrittenLikeAnyOtherTime() {
    assertThat(config(plan(), BaseImage.scratch(PLATFORM)).get("created").asText())
        .isEqualTo("1970-01-01T00:00:00Z");
  }

  @Test
  void withoutAnnotationsTheManifestHasNoneNotEvenTheBases() {
    assertThat(json(text(assemble(plan(), base("", ONE)).manifest())).has("annotations")).isFalse();
  }

  @Test
  void unknownFieldsOfTheBaseSurviveEverywhereAsTheyWere() {
    String fields =
        "\"os.version\":\"10.0\",\"os.features\":[\"x\"],\"author\":\"me\",\"new\":{\"a\":[1,null,"
            + "{\"b\":true}]},\"big\":123456789012345678901234567890,\"float\":1.50e+400,\"z\":-0,"
            + "\"half\":\"\\ud800x\",\"config\":{\"New\":0.10,\"Shell\":[\"/bin/x\"],\"Memory\":"
            + "null},\"history\":[{\"odd\":1E2}]";
    BaseImage base = base(fields, ONE);
    assertThat(configText(plan(), base))
        .contains(
            "\"os.version\":\"10.0\",\"os.features\":[\"x\"],\"author\":\"me\",\"new\":{\"a\":[1,"
                + "null,{\"b\":true}]},\"big\":123456789012345678901234567890,"
                + "\"float\":1.50e+400,\"z\":-0,\"half\":\"\\ud800x\",\"config\":{\"New\":0.10,"
                + "\"Shell\":[\"/bin/x\"],\"Memory\":null,\"Env\":",
            "\"history\":[{\"odd\":1E2}]");
    BaseImage rootfs =
        new BaseImage(
            "b", PLATFORM, "{\"rootfs\":{\"base_layer\":\"x\",\"diff_ids\":null}}", List.of());
    assertThat(configText(plan(), rootfs))
        .contains("\"rootfs\":{\"base_layer\":\"x\",\"diff_ids\":[],\"type\":\"layers\"}");
  }

  @Test
  void fieldsOfTheBaseKeepTheirOrder() {
    BaseImage base =
        base(
            "\"os\":\"linux\",\"config\":{\"Labels\":{\"z\":\"old\",\"y\":\"kept\"},\"User\":\"0\"},"
                + "\"architecture\":\"amd64\"",
            ONE);
    ImageConfig config =
        new ImageConfig(
            "1",
            List.of(),
            Map.of(),
            Map.of("z", "new", "a", "added"),
            List.of(),
            "",
            List.of(),
            List.of(),
            null,
            "");
    assertThat(config(plan(config), base).toString())
        .containsSubsequence(
            "{\"rootfs\":",
            "\"os\":\"linux\"",
            "\"Labels\":{\"z\":\"new\",\"y\":\"kept\",\"a\":\"added\"},\"User\":\"1\"",
            "\"architecture\"",
            "\"created\"");
  }

  @Test
  void whatIsTrueOfTheBaseAloneIsLeftOut() {
    String fields =
        "\"id\":\"i\",\"parent\":\"p\",\"container\":\"c\",\"container_config\":{\"Cmd\":[]},"
            + "\"docker_version\":\"20\",\"created\":\"2001-01-01T00:00:00Z\","
            + "\"config\":{\"Image\":\"sha256:x\",\"OnBuild\":[\"RUN x\"],\"Hostname\":\"h\"}";
    JsonNode config = config(plan(), base(fields, ONE));
    assertThat(config.properties().stream().map(Map.Entry::getKey))
        .containsExactlyInAnyOrder("rootfs", "created", "config", "architecture", "os", "history");
    assertThat(config.get("created").asText()).startsWith("1970");
    assertThat(config.get("config").properties().stream().map(Map.Entry::getKey))
        .containsExactly("Hostname", "Env");
  }

  @Test
  void nullsOfTheBaseCountAsNothing() {
    String fields =
        "\"created\":null,\"variant\":null,\"history\":null,\"config\":{\"Env\":null,\"Labels\":"
            + "null,\"ExposedPorts\":null,\"Volumes\":null,\"Entrypoint\":null,\"Cmd\":null,"
            + "\"Healthcheck\":null,\"User\":null}";
    JsonNode config = config(everything(), base(fields, ONE));
    assertThat(config.get("config")).isEqualTo(json(text(tiny().config())).get("config"));
    assertThat(config.get("history")).hasSize(1);
    JsonNode inherited = config(plan(), base(fields, ONE)).get("config");
    assertThat(inherited.get("Labels").isNull()).isTrue();
    JsonNode none = config(plan(), base("\"config\":null", ONE));
    assertThat(none.get("config").get("Env")).hasSize(1);
  }

  /** Go takes them all for the same field, and the last one counts. */
  @Test
  void fieldsInAnotherCaseOrTwiceAreOneField() {
    String fields =
        "\"Config\":{\"ENV\":[\"A=1\"],\"env\":[\"A=2\",\"B=3\"],\"user\":\"root\",\"labels\":"
            + "{\"k\":\"v\",\"K\":\"V\"}},\"OS\":\"plan9\",\"os\":\"x\",\"os\":\"linux\"";
    ImageConfig config =
        new ImageConfig(
            "1",
            List.of(),
            Map.of("A", "new"),
            Map.of("l", "w"),
            List.of(),
            "",
            List.of(),
            List.of(),
            null,
            "");
    JsonNode patched = config(plan(config), base(fields, ONE));
    assertThat(patched.has("Config")).isFalse();
    assertThat(patched.has("OS")).isFalse();
    assertThat(patched.get("os").asText()).isEqualTo("linux");
    assertThat(patched.get("config"))
        .isEqualTo(
            json(
                "{\"User\":\"1\",\"Env\":[\"A=new\",\"B=3\",\"PATH=/usr/local/sbin:/usr/local/bin:"
                    + "/usr/sbin:/usr/bin:/sbin:/bin\"],\"Labels\":{\"k\":\"v\",\"K\":\"V\","
                    + "\"l\":\"w\"}}"));
  }

  @Test
  void aVariantOfTheBaseStaysWhereItMeansTheSame() {
    Platform arm64 = Platform.parse("linux/arm64");
    String v8 = "{\"architecture\":\"arm64\",\"os\":\"linux\",\"variant\":\"v8\"}";
    assertThat(config(plan(), new BaseImage("b", arm64, v8, List.of())).get("variant").asText())
        .isEqualTo("v8");
    String v9 = v8.replace("v8", "v9");
    assertThat(config(plan(), new BaseImage("b", arm64, v9, List.of())).has("variant")).isFalse();
    JsonNode arm = config(plan(), BaseImage.scratch(Platform.parse("linux/arm/v6")));
    assertThat(arm.get("variant").asText()).isEqualTo("v6");
    assertThat(arm.get("architecture").asText()).isEqualTo("arm");
  }

  @Test
  void imagesOfWindowsGetNoPathOfLinux() {
    BaseImage windows =
        new BaseImage("w", Platform.parse("windows/amd64"), "{\"os\":\"windows\"}", List.of());
    assertThat(config(plan(), windows).get("config").get("Env")).isEmpty();
  }

  @Test
  void theHistoryOfTheBaseStaysAndIsFilledUpToItsLayers() {
    String history =
        "\"created\":\"2020-01-01T00:00:00-04:00\",\"history\":[{\"created\":"
            + "\"2020-01-01T00:00:00.000000001-04:00\",\"empty_layer\":true},null]";
    BuiltLayer own = built(LayerRole.SNAPSHOT_DEPENDENCIES, "x", "y");
    JsonNode config = config(plan(), base(history, ONE, ONE, TWO), own);
    assertThat(config.get("history").toString())
        .isEqualTo(
            "[{\"created\":\"2020-01-01T00:00:00.000000001-04:00\",\"empty_layer\":true},{},"
                + padding("2020-01-01T00:00:00-04:00")
                + ","
                + padding("2020-01-01T00:00:00-04:00")
                + ",{\"created\":\"1970-01-01T00:00:00Z\","
                + "\"created_by\":\"slimimage-maven-plugin: snapshot-dependencies\","
                + "\"comment\":\"slimimage-maven-plugin 1.2\"}]");
    assertThat(config.get("rootfs").get("diff_ids"))
        .extracting(JsonNode::asText)
        .containsExactly(
            ONE.diffId().toString(),
            ONE.diffId().toString(),
            TWO.diffId().toString(),
            own.layer().diffId().toString());
  }

  private static String padding(String created) {
    return "{\"created\":\""
        + created
        + "\",\"comment\":\"a layer that the base image's history does not name\"}";
  }

  @Test
  void aHistoryOfMoreLayersThanThereAreIsMadeToFit() {
    JsonNode config =
        config(
            plan(), base("\"history\":[{\"n\":1},{\"n\":2,\"empty_layer\":false},{\"n\":3}]", ONE));
    assertThat(config.get("history").toString())
        .isEqualTo("[{\"n\":1},{\"n\":2,\"empty_layer\":true},{\"n\":3,\"empty_layer\":true}]");
  }

  @Test
  void baseLayersAndOwnLayersAreInTheManifestInTheirOrderAlsoTwice() {
    BuiltLayer own = built(LayerRole.APPLICATION, "x", "y");
    BuiltImage image = assemble(plan(), base("", ONE, TWO, ONE), own, own);
    assertThat(image.layers()).containsExactly(ONE, TWO, ONE, own.layer(), own.layer());
    assertThat(json(text(image.manifest())).get("layers").findValuesAsText("digest"))
        .containsExactly(
            ONE.descriptor().digest().toString(),
            TWO.descriptor().digest().toString(),
            ONE.descriptor().digest().toString(),
            own.layer().descriptor().digest().toString(),
            own.layer().descriptor().digest().toString());
    assertThat(image.references()).containsExactly(ImageReference.parse("app:1"));
  }
}
