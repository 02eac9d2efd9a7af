package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import io.slimimage.system.BaseSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayersConfigurationTest {

  @TempDir private Path directory;

  private static LayersConfiguration configuration(String mainClass, Map<String, String> paths) {
    return new LayersConfiguration(
        "g:ä",
        mainClass,
        "pull",
        1_700_000_000L,
        "src/main/slimimage",
        paths,
        List.of("dependencies", "application"),
        new RuntimeConfiguration(
            List.of(),
            List.of("jdk.jfr"),
            List.of(),
            List.of("ko"),
            List.of("PEM\n"),
            "65532:65532",
            "home/nonroot",
            BaseSystem.SCRATCH,
            "/m2/slimimage"),
        "/slimimage/layers");
  }

  private LayersConfiguration roundTrip(LayersConfiguration configuration) throws IOException {
    Path file = Files.writeString(directory.resolve("c.json"), configuration.toLine());
    return LayersConfiguration.read(file);
  }

  @Test
  void comesBackAsItWas() throws IOException {
    LayersConfiguration named = configuration("a.Main", Map.of("home/nonroot", "1777"));
    assertThat(roundTrip(named)).isEqualTo(named);
    LayersConfiguration unnamed = configuration(null, Map.of());
    assertThat(roundTrip(unnamed)).isEqualTo(unnamed);
  }

  @Test
  void bytesDependOnNothingElse() {
    Map<String, String> one = new LinkedHashMap<>();
    Map<String, String> other = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      one.put("p" + i, "1777");
      other.put("p" + (19 - i), "1777");
    }
    assertThat(configuration("a.Main", one).toLine())
        .isEqualTo(configuration("a.Main", other).toLine());
  }

  @Test
  void textIsSortedAndWithoutWhatIsNotSet() {
    assertThat(configuration(null, Map.of("b", "1", "a", "2")).toLine())
        .isEqualTo(
            "{\"created\":1700000000,\"directories\":{\"a\":\"2\",\"b\":\"1\"},"
                + "\"extraDirectory\":\"src/main/slimimage\","
                + "\"layers\":[\"dependencies\",\"application\"],\"module\":\"g:ä\","
                + "\"optimizeFor\":\"pull\",\"output\":\"/slimimage/layers\","
                + "\"runtime\":{\"add\":[\"jdk.jfr\"],"
                + "\"base\":{\"files\":[],\"libc\":\"NONE\",\"libcVersion\":\"\",\"links\":{},\"name\":\"\"},"
                + "\"caCertificates\":[\"PEM\\n\"],\"cache\":\"/m2/slimimage\",\"exclude\":[],"
                + "\"home\":\"home/nonroot\",\"locales\":[\"ko\"],\"only\":[],"
                + "\"user\":\"65532:65532\"}}");
  }

  @Test
  void aFileOfAnotherKindIsRefusedByName() throws IOException {
    Path file = Files.writeString(directory.resolve("c.json"), "no");
    assertThatThrownBy(() -> LayersConfiguration.read(file))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("'slimimage.configuration' [" + file + "]");
    assertThatThrownBy(() -> LayersConfiguration.read(directory.resolve("missing")))
        .isInstanceOf(SlimImageException.class);
  }
}
