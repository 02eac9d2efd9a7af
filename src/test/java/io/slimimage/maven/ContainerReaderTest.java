package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.ConfigurationException;
import io.slimimage.image.Healthcheck;
import io.slimimage.image.ImageConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerReaderTest {

  private static final List<String> JAVA = List.of("java", "-jar", "/app/app.jar");

  private static ImageConfig read(String... namesAndValues) {
    return read(Map.of(), namesAndValues);
  }

  private static ImageConfig read(Map<String, String> labels, String... namesAndValues) {
    Problems problems = new Problems();
    ImageConfig config =
        new ContainerReader(GivenParameters.of(namesAndValues).container(), problems)
            .read(JAVA, labels, Map.of());
    problems.throwIfAny();
    return config;
  }

  @Test
  void containersRunWithoutRightsUnlessConfigured() {
    ImageConfig config = read();
    assertThat(config.user()).isEqualTo("65532:65532");
    assertThat(config.env()).containsExactly(Map.entry("HOME", "/home/nonroot"));
    assertThat(config.workingDirectory()).isEqualTo("/home/nonroot");
    assertThat(config.entrypoint()).isEqualTo(JAVA);
    assertThat(config.healthcheck()).isNull();
    assertThat(config.ports()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1000", "1000:1000", "app", "app:app", "1000:app", "app:0", "_a.b-c"})
  void acceptsUser(String user) {
    assertThat(read("container.user", user).user()).isEqualTo(user);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", ":", "1000:", ":1000", "a:b:c", "-1", "$USER", "12345678901", "ä"})
  void rejectsUser(String user) {
    assertThatThrownBy(() -> read("container.user", user))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'slimimage.container.user' [" + user + "]")
        .hasMessageContaining("perhaps you should");
  }

  @ParameterizedTest
  @ValueSource(strings = {"root", "0", "0:0", "app", "app:app"})
  void usersWithAHomeKeepIt(String user) {
    ImageConfig config = read("container.user", user);
    assertThat(config.env()).doesNotContainKey("HOME");
    assertThat(config.workingDirectory()).isEmpty();
  }

  @Test
  void configuredHomeAndDirectoryWin() {
    ImageConfig config =
        read("container.env.HOME", "/data", "container.workingDirectory", "/my work");
    assertThat(config.env()).containsEntry("HOME", "/data");
    assertThat(config.workingDirectory()).isEqualTo("/my work");
  }

  @ParameterizedTest
  @CsvSource({
    "8080, 8080/tcp",
    "8080/udp, 8080/udp",
    "8080/TCP, 8080/tcp",
    "9/sctp, 9/sctp",
    "65535, 65535/tcp",
    "8080-8082/udp, 8080/udp 8081/udp 8082/udp",
    "80-80, 80/tcp"
  })
  void expandsPorts(String given, String ports) {
    assertThat(read("container.ports", given).ports()).containsExactly(ports.split(" "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "65536",
        "8082-8080",
        "80-",
        "-80",
        "80/",
        "80/icmp",
        "http",
        "80:80",
        "1-2-3"
      })
  void rejectsPort(String port) {
    assertThatThrownBy(() -> read("container.ports", "1," + port))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'slimimage.container.ports' [" + port + "]");
  }

  @Test
  void environmentKeepsItsTexts() {
    Map<String, String> env =
        read(
                "container.env.A",
                "x=y=$z \"q\" \\",
                "container.env.EMPTY",
                "",
                "container.env.Ü",
                "日本")
            .env();
    assertThat(env)
        .containsEntry("A", "x=y=$z \"q\" \\")
        .containsEntry("EMPTY", "")
        .containsEntry("Ü", "日本");
  }

  @Test
  void rejectsEnvironmentThatNoDockerfileHolds() {
    assertThatThrownBy(
            () ->
                read("container.env.A=B", "1", "container.env.C", "a\nb", "container.env.D", "\r"))
        .hasMessageContaining("3 configuration errors")
        .hasMessageContaining("'slimimage.container.env' [A=B]")
        .hasMessageContaining("'slimimage.container.env.C' […]")
        .hasMessageContaining("'slimimage.container.env.D' […]");
  }

  @Test
  void configuredLabelsWinOverThePoms() {
    assertThat(read(Map.of("a", "pom", "b", "pom"), "container.labels.a", "mine").labels())
        .containsOnly(Map.entry("a", "mine"), Map.entry("b", "pom"));
  }

  @Test
  void rejectsLabelsOfSeveralLinesAndWithoutName() {
    assertThatThrownBy(() -> read("container.labels.a", "x\ny", "container.labels. ", "z"))
        .hasMessageContaining("2 configuration errors")
        .hasMessageContaining("'slimimage.container.labels.a' […]")
        .hasMessageContaining("'slimimage.container.labels' [ ]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "C:\\data", "\\data", "./data", "/a\\b", "/data/..", "/a/./b"})
  void rejectsPathsThatAreNotAbsolute(String path) {
    assertThatThrownBy(() -> read("container.volumes", path, "container.workingDirectory", path))
        .hasMessageContaining("'slimimage.container.volumes' [" + path + "]")
        .hasMessageContaining("'slimimage.container.workingDirectory' [" + path + "]");
  }

  @Test
  void acceptsVolumes() {
    assertThat(read("container.volumes", "/data,/var/my data").volumes())
        .containsExactly("/data", "/var/my data");
  }

  @Test
  void configuredStartCommandReplacesJava() {
    ImageConfig config = read("container.entrypoint", "/bin/sh,-c", "container.args", "a\\,b,c");
    assertThat(config.entrypoint()).containsExactly("/bin/sh", "-c");
    assertThat(config.args()).containsExactly("a,b", "c");
  }

  @Test
  void readsHealthcheck() {
    assertThat(
            read(
                    "container.healthcheck.command", "curl,-f,localhost",
                    "container.healthcheck.interval", "1m30s",
                    "container.healthcheck.timeout", "1.5s",
                    "container.healthcheck.startPeriod", "500ms",
                    "container.healthcheck.retries", "3")
                .healthcheck())
        .isEqualTo(
            new Healthcheck(List.of("curl", "-f", "localhost"), "1m30s", "1.5s", "500ms", 3));
  }

  @Test
  void noneSwitchesTheHealthcheckOff() {
    assertThat(read("container.healthcheck", "NONE").healthcheck().command()).isEmpty();
  }

  @Test
  void rejectsDurationsAndRetriesThatAreNone() {
    assertThatThrownBy(
            () ->
                read(
                    "container.healthcheck", "x",
                    "container.healthcheck.interval", "30",
                    "container.healthcheck.timeout", "5 s",
                    "container.healthcheck.retries", "many"))
        .hasMessageContaining("3 configuration errors")
        .hasMessageContaining("'slimimage.container.healthcheck.interval' [30]")
        .hasMessageContaining("'slimimage.container.healthcheck.timeout' [5 s]")
        .hasMessageContaining("'slimimage.container.healthcheck.retries' [many]");
  }

  @ParameterizedTest
  @CsvSource({"SIGTERM, SIGTERM", "sigint, SIGINT", "9, 9", "SIGRTMIN+3, SIGRTMIN+3"})
  void acceptsStopSignal(String given, String signal) {
    assertThat(read("container.stopSignal", given).stopSignal()).isEqualTo(signal);
  }

  @Test
  void rejectsStopSignal() {
    assertThatThrownBy(() -> read("container.stopSignal", "term"))
        .hasMessageContaining("'slimimage.container.stopSignal' [TERM]");
  }

  @ParameterizedTest
  @CsvSource({"65532, 80", "app, 1023/udp", "1000:0, 22"})
  void warnsOfPortsThatAnOrdinaryUserMayNotGet(String user, String port) {
    ImageConfig config = read("container.user", user, "container.ports", "8080," + port);
    assertThat(ContainerReader.portWarning(config))
        .hasValueSatisfying(
            warning ->
                assertThat(warning)
                    .contains("[" + user + "]")
                    .contains("'slimimage.container.ports' [" + port)
                    .doesNotContain("8080"));
  }

  @ParameterizedTest
  @CsvSource({"0, 80", "root:root, 80", "65532, 1024", "app, 8080/udp"})
  void doesNotWarnOfPortsThatTheUserGets(String user, String port) {
    ImageConfig config = read("container.user", user, "container.ports", port);
    assertThat(ContainerReader.portWarning(config)).isEmpty();
  }
}
