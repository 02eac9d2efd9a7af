package io.slimimage.maven;

import static io.slimimage.maven.EmbeddedResults.digest;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slimimage.RecordedLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddedReportTest {

  private static final String GZIP = "application/vnd.oci.image.layer.v1.tar+gzip";

  private static JsonNode json(EmbeddedResults results) throws IOException {
    return new ObjectMapper().readTree(EmbeddedJson.of(results.get()));
  }

  private static List<String> log(EmbeddedResults results) {
    RecordedLog log = new RecordedLog();
    EmbeddedReport.log(results.get(), log);
    assertThat(log.lines()).isEqualTo(log.infos());
    return log.infos();
  }

  private static JsonNode expected(String text) throws IOException {
    String digests = text;
    for (String digit : List.of("1", "2", "3", "4", "5", "6", "7", "8", "c", "d")) {
      digests = digests.replace("'" + digit + "'", "'" + digest(digit) + "'");
    }
    return new ObjectMapper()
        .readTree(
            digests
                .replace("GZIP", GZIP)
                .replace("HOST", EmbeddedResults.HOST.toString())
                .replace('\'', '"'));
  }

  @Test
  void tellsToolsEverythingOfTheImage() throws IOException {
    EmbeddedResults results =
        new EmbeddedResults()
            .on("docker://debian:12")
            .withRuntime()
            .withLibrary("app/lib/shop.jar", "abc", "def")
            .loadedInto("Docker Engine 28", 777);

    assertThat(json(results))
        .isEqualTo(
            expected(
                """
                {
                  'reference': 'shop:1.0',
                  'tags': ['shop:0', 'shop:1.0'],
                  'id': 'c',
                  'digest': 'd',
                  'target': 'runtime',
                  'engine': 'embedded',
                  'platform': 'HOST',
                  'baseImage': 'docker://debian:12',
                  'pullSize': 50006234,
                  'layers': [
                    {'role': 'base', 'diffId': '2', 'digest': '1', 'mediaType': 'GZIP',
                     'pullSize': 30000000},
                    {'role': 'base', 'diffId': '4', 'digest': '3', 'mediaType': 'GZIP',
                     'pullSize': 5000},
                    {'role': 'runtime', 'diffId': '6', 'digest': '5', 'mediaType': 'GZIP',
                     'pullSize': 20000000, 'size': 52000000, 'files': 42, 'cached': true},
                    {'role': 'application', 'diffId': '8', 'digest': '7', 'mediaType': 'GZIP',
                     'pullSize': 1234, 'size': 5678, 'files': 1, 'cached': false}
                  ],
                  'runtime': {
                    'jdk': '17.0.9+9',
                    'vendor': 'Maker',
                    'features': ['DRAWING'],
                    'modules': [
                      {'module': 'java.base', 'reason': 'always'},
                      {'module': 'java.sql', 'reason': 'class', 'class': 'shop.Orders',
                       'jar': 'shop.jar'}
                    ],
                    'warnings': ['old']
                  },
                  'libraries': [{'path': '/app/lib/shop.jar', 'sha1': 'abc', 'sha256': 'def'}],
                  'build': {'milliseconds': 1260, 'bytesLoaded': 777}
                }
                """));
  }

  @Test
  void tellsToolsOfTheImageForEachPlatform() throws IOException {
    JsonNode json = json(new EmbeddedResults().on("base").forSeveralPlatforms());

    assertThat(json.path("digest").asText()).isEqualTo(EmbeddedResults.INDEX.toString());
    assertThat(json.fieldNames())
        .toIterable()
        .doesNotContain("id", "platform", "layers", "pullSize");
    JsonNode platforms = json.path("platforms");
    assertThat(platforms.findValuesAsText("platform"))
        .containsExactly("linux/amd64", "linux/arm64");
    assertThat(platforms.get(0).path("digest").asText())
        .isEqualTo(EmbeddedResults.DIGEST.toString());
    assertThat(platforms.get(0).path("id").asText()).isEqualTo(EmbeddedResults.ID.toString());
    assertThat(platforms.get(0).path("pullSize").asLong()).isEqualTo(50_006_234);
    assertThat(platforms.get(1).path("pullSize").asLong()).isEqualTo(20_006_234);
    assertThat(platforms.get(1).path("layers").findValuesAsText("role"))
        .containsExactly("base", "runtime", "application");
  }

  @Test
  void leavesOutWhatThereIsNot() throws IOException {
    JsonNode json = json(new EmbeddedResults());

    assertThat(json.has("runtime")).isFalse();
    assertThat(json.get("libraries")).isEmpty();
    assertThat(json.get("baseImage").asText()).isEqualTo("scratch");
    assertThat(json.get("layers").findValuesAsText("role"))
        .containsExactly("runtime", "application");
    assertThat(json.get("pullSize").asLong()).isEqualTo(20_001_234);
  }

  @Test
  void aTextOfToolsHasLinesForPeople() throws IOException {
    String json = EmbeddedJson.of(new EmbeddedResults().withLibrary("a\"b.jar", "", "").get());

    assertThat(json)
        .startsWith("{\n  \"reference\" : \"shop:1.0\",\n")
        .contains("\n      \"path\" : \"/a\\\"b.jar\",\n")
        .endsWith("\n}\n")
        .doesNotContain("\r");
  }

  @Test
  void tellsPeopleWhatToPullAndHowToRunIt() {
    assertThat(log(new EmbeddedResults().withRuntime().exposing("8080/tcp", "53/udp")))
        .containsExactly(
            "",
            "Built shop:1.0 for " + EmbeddedResults.HOST,
            "  digest        " + EmbeddedResults.DIGEST,
            "  id            " + EmbeddedResults.ID,
            "                            to pull    unpacked",
            "  runtime                   20.0 MB     52.0 MB  Java 17.0.9+9, 2 modules",
            "  application                1234 B      5678 B",
            "  total                     20.0 MB",
            "  OCI layout    /p/target/slimimage/image",
            "  archive       /p/target/slimimage/image.tar",
            "  run it with   docker load -i /p/target/slimimage/image.tar && docker run --rm"
                + " -p 8080:8080 -p 53:53/udp shop:1.0",
            "  1.3 s");
  }

  @Test
  void addsUpTheLayersOfABaseImage() {
    assertThat(log(new EmbeddedResults().on("tar:///base.tar")))
        .containsSubsequence(
            "  base                      30.0 MB              tar:///base.tar",
            "  runtime                   20.0 MB     52.0 MB",
            "  application                1234 B      5678 B",
            "  total                     50.0 MB");
    assertThat(log(new EmbeddedResults())).noneMatch(line -> line.startsWith("  base"));
  }

  @Test
  void tellsOfLayersThatTheLayoutLacks() {
    assertThat(log(new EmbeddedResults().on("registry.example/jre:17").lackingLayers(2)))
        .contains(
            "  OCI layout    /p/target/slimimage/image, without 2 of the base image's layers,"
                + " which are in its registry");
  }

  @Test
  void anEngineThatHasTheImageNeedsNoArchive() {
    EmbeddedResults loaded = new EmbeddedResults().loadedInto("Docker Engine 28", 12_345);

    assertThat(log(loaded))
        .containsSubsequence(
            "  archive       /p/target/slimimage/image.tar",
            "  loaded into   Docker Engine 28, 12.3 kB sent",
            "  run it with   docker run --rm shop:1.0");
    assertThat(log(loaded.archivedTo(null))).noneMatch(line -> line.startsWith("  archive"));
  }

  @Test
  void aLayoutAloneCannotBeRun() {
    assertThat(log(new EmbeddedResults().archivedTo(null)))
        .contains("  OCI layout    /p/target/slimimage/image")
        .noneMatch(line -> line.contains("docker"));
  }

  @Test
  void theCommandCanBeCopiedToAShell() {
    assertThat(log(new EmbeddedResults().archivedTo(Path.of("/my projects/image.tar"))))
        .contains(
            "  archive       /my projects/image.tar",
            "  run it with   docker load -i \"/my projects/image.tar\" && docker run --rm shop:1.0");
  }

  @Test
  void tellsOnceWhatSeveralPlatformsHaveInCommon() {
    String host = EmbeddedResults.HOST.toString();
    String foreign = EmbeddedResults.FOREIGN.toString();
    assertThat(log(new EmbeddedResults().on("jre:17").forSeveralPlatforms()))
        .containsExactly(
            "",
            "Built shop:1.0 for " + host + ", " + foreign,
            "  digest        " + EmbeddedResults.INDEX,
            "  " + host + "   " + EmbeddedResults.DIGEST,
            "  " + foreign + "   " + digest("e"),
            "                            to pull    unpacked",
            "  base                      30.0 MB              jre:17  " + host,
            "  base                       5000 B              jre:17  " + foreign,
            "  runtime                   20.0 MB     52.0 MB",
            "  application                1234 B      5678 B",
            "  total                     50.0 MB              " + host,
            "  total                     20.0 MB              " + foreign,
            "  OCI layout    /p/target/slimimage/image",
            "  archive       /p/target/slimimage/image.tar",
            "  run it with   docker load -i /p/target/slimimage/image.tar && docker run --rm"
                + " shop:1.0",
            "  1.3 s");
  }

  @Test
  void tellsWhatPlatformsHaveOfTheirOwn() {
    assertThat(log(new EmbeddedResults().on("jre:17").forSeveralPlatforms().unlike()))
        .containsSubsequence(
            "  runtime                   20.0 MB     52.0 MB",
            "  application                1234 B      5678 B  " + EmbeddedResults.HOST,
            "  application                2345 B      6789 B  " + EmbeddedResults.FOREIGN);
  }

  /** An engine would warn, or look for the image in a registry. */
  @Test
  void namesThePlatformWhereItIsNotThisMachines() {
    String platform = "--platform " + EmbeddedResults.FOREIGN + " shop:1.0";
    EmbeddedResults foreign = new EmbeddedResults().forForeignPlatform();

    assertThat(log(foreign)).anyMatch(line -> line.endsWith("&& docker run --rm " + platform));
    assertThat(log(foreign.loadedInto("Docker Engine 28", 5)))
        .contains("  run it with   docker run --rm " + platform);
  }

  @Test
  void anEngineIsGivenItsOwnImageOfSeveral() {
    EmbeddedResults several =
        new EmbeddedResults().on("jre:17").forForeignPlatform().forSeveralPlatforms();

    assertThat(log(several.loadedInto("Docker Engine 28", 5)))
        .contains("  run it with   docker run --rm shop:1.0");
  }
}
