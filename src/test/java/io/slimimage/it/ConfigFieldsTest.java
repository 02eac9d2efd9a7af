package io.slimimage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFieldsTest {

  private static final String IMAGE =
      """
      {"os": "linux", "architecture": "arm", "variant": "v7", "created": "2026-01-01T00:00:00Z",
       "config": {
         "User": "65532:65532", "ExposedPorts": {"8080/tcp": {}, "9090/udp": {}}, "Env": ["A=1", "B=2"],
         "Entrypoint": ["java", "-jar"], "Cmd": ["--fast"], "Volumes": {"/data": {}},
         "WorkingDir": "/app", "Labels": {"title": "some title", "version": "1"},
         "Healthcheck": {"Test": ["CMD", "probe"], "Interval": 5000000000, "Retries": 3},
         "StopSignal": "SIGINT", "Hostname": "abc"},
       "rootfs": {"type": "layers", "diff_ids": []}}""";

  @Test
  void areThoseThatCount() throws JsonProcessingException {
    assertThat(fields(IMAGE))
        .containsExactly(
            Map.entry("Cmd", "[\"--fast\"]"),
            Map.entry("Entrypoint", "[\"java\",\"-jar\"]"),
            Map.entry("Env", "[\"A=1\",\"B=2\"]"),
            Map.entry("ExposedPorts", "[8080/tcp, 9090/udp]"),
            Map.entry("Healthcheck Interval", "5000000000"),
            Map.entry("Healthcheck Retries", "3"),
            Map.entry("Healthcheck Test", "[\"CMD\",\"probe\"]"),
            Map.entry("Labels title", "\"some title\""),
            Map.entry("Labels version", "\"1\""),
            Map.entry("StopSignal", "SIGINT"),
            Map.entry("User", "65532:65532"),
            Map.entry("Volumes", "[/data]"),
            Map.entry("WorkingDir", "/app"),
            Map.entry("architecture", "arm"),
            Map.entry("os", "linux"),
            Map.entry("variant", "v7"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "linux        | windows      | os",
        "\"arm\"      | \"arm64\"    | architecture",
        "v7           | v8           | variant",
        "65532:65532  | 0            | User",
        "9090/udp     | 9090/tcp     | ExposedPorts",
        "A=1          | A=2          | Env",
        "A=1          | B=1          | Env",
        "-jar         | -cp          | Entrypoint",
        "--fast       | --slow       | Cmd",
        "/data        | /var         | Volumes",
        "/app         | /opt         | WorkingDir",
        "some title   | any title    | Labels title",
        "SIGINT       | SIGTERM      | StopSignal",
        "probe        | ask          | Healthcheck Test",
        "5000000000   | 6000000000   | Healthcheck Interval",
        "Retries\": 3 | Retries\": 4 | Healthcheck Retries",
      })
  void differByEachValue(String value, String other, String field) throws JsonProcessingException {
    assertThat(differences(IMAGE.replace(value, other))).containsExactly(field);
  }

  @Test
  void differByWhatOnlyOneHas() throws JsonProcessingException {
    assertThat(differences(IMAGE.replace("\"title\"", "\"name\"")))
        .containsExactly("Labels name", "Labels title");
    assertThat(differences(IMAGE.replace("\"Retries\"", "\"StartPeriod\"")))
        .containsExactly("Healthcheck Retries", "Healthcheck StartPeriod");
    assertThat(differences("{}")).hasSize(16);
  }

  @Test
  void aHealthcheckThatIsOffHasNoTimes() throws JsonProcessingException {
    assertThat(differences(IMAGE.replace("\"CMD\", \"probe\"", "\"NONE\"")))
        .containsExactly("Healthcheck Interval", "Healthcheck Retries", "Healthcheck Test");
  }

  @Test
  void theOrderOfVariablesAndArgumentsCounts() throws JsonProcessingException {
    assertThat(differences(IMAGE.replace("\"A=1\", \"B=2\"", "\"B=2\", \"A=1\"")))
        .containsExactly("Env");
    assertThat(differences(IMAGE.replace("\"java\", \"-jar\"", "\"-jar\", \"java\"")))
        .containsExactly("Entrypoint");
  }

  @Test
  void theOrderOfPortsAndLabelsDoesNot() throws JsonProcessingException {
    String ports = "\"9090/udp\": {}, \"8080/tcp\": {}";
    String labels = "\"version\": \"1\", \"title\": \"some title\"";
    String reordered =
        IMAGE
            .replace("\"8080/tcp\": {}, \"9090/udp\": {}", ports)
            .replace("\"title\": \"some title\", \"version\": \"1\"", labels);

    assertThat(reordered).contains(ports).contains(labels);
    assertThat(differences(reordered)).isEmpty();
  }

  @Test
  void whatTellsOfTheBuildDoesNotCount() throws JsonProcessingException {
    assertThat(differences(IMAGE.replace("2026", "2027").replace("abc", "xyz"))).isEmpty();
  }

  @Test
  void aFieldWithoutAValueIsAsIfItWereNotThere() throws JsonProcessingException {
    String empty =
        """
        {"variant": "",
         "config": {"User": "", "ExposedPorts": null, "Env": [], "Cmd": null, "Volumes": {},
           "WorkingDir": "/", "Labels": null, "Healthcheck": {"Test": null, "Retries": 0},
           "StopSignal": "", "Entrypoint": null}}""";

    assertThat(fields(empty)).isEqualTo(fields("{}")).isEqualTo(Map.of("WorkingDir", "/"));
    assertThat(fields("{\"config\": {\"Healthcheck\": null}}")).isEqualTo(fields("{}"));
  }

  private static Set<String> differences(String image) throws JsonProcessingException {
    SortedMap<String, String> one = fields(IMAGE);
    SortedMap<String, String> other = fields(image);
    Set<String> names = new TreeSet<>(one.keySet());
    names.addAll(other.keySet());
    names.removeIf(name -> one.getOrDefault(name, "").equals(other.getOrDefault(name, "")));
    return names;
  }

  private static SortedMap<String, String> fields(String image) throws JsonProcessingException {
    return ConfigFields.of(new ObjectMapper().readTree(image));
  }
}
