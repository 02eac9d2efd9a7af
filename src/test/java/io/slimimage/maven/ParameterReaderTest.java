package io.slimimage.maven;

import static io.slimimage.maven.GivenParameters.properties;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.ConfigurationException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterReaderTest {

  /** A goal with one parameter of each kind, whose values are what Maven has put there. */
  private static final class Goal {
    private String image;
    private boolean skip;
    private List<String> tags;
    private ContainerParameters container;
  }

  private final Goal goal = new Goal();
  private final Properties commandLine = new Properties();
  private final Properties project = new Properties();

  private ParameterReader read() {
    ParameterReader reader = new ParameterReader(commandLine, project);
    reader.read(goal, List.of("image", "skip", "tags", "container"));
    return reader;
  }

  @Test
  void commandLineWinsOverPom() {
    goal.image = "pom";
    project.setProperty("slimimage.image", "project");
    commandLine.setProperty("slimimage.image", "command-line");
    read();
    assertThat(goal.image).isEqualTo("command-line");
  }

  @Test
  void pomWinsOverProjectProperty() {
    goal.image = "pom";
    goal.tags = List.of("pom");
    goal.container = new ContainerParameters();
    project.putAll(properties("image", "project", "tags", "project", "container.user", "1"));
    read();
    assertThat(goal.image).isEqualTo("pom");
    assertThat(goal.tags).containsExactly("pom");
    assertThat(goal.container.user()).isEqualTo("1");
  }

  @Test
  void projectPropertyWinsOverNothing() {
    project.putAll(properties("image", "project", "tags", "a,b", "container.ports", "80,81"));
    read();
    assertThat(goal.image).isEqualTo("project");
    assertThat(goal.tags).containsExactly("a", "b");
    assertThat(goal.container.ports()).containsExactly("80", "81");
  }

  @Test
  void leavesAloneWhatNobodySets() {
    read();
    assertThat(goal.image).isNull();
    assertThat(goal.tags).isNull();
    assertThat(goal.skip).isFalse();
    assertThat(goal.container.env()).isEmpty();
    assertThat(goal.container.healthcheck().command()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "true", "TRUE", " true "})
  void flagWithoutValueIsTrue(String value) {
    commandLine.setProperty("slimimage.skip", value);
    read();
    assertThat(goal.skip).isTrue();
  }

  @Test
  void flagOfThePomWinsOverProjectProperty() {
    goal.skip = false;
    project.setProperty("slimimage.skip", "true");
    read();
    assertThat(goal.skip).isFalse();
  }

  @Test
  void commandLineSwitchesFlagOff() {
    goal.skip = true;
    commandLine.setProperty("slimimage.skip", "false");
    read();
    assertThat(goal.skip).isFalse();
  }

  @Test
  void rejectsFlagThatIsNone() {
    commandLine.setProperty("slimimage.skip", "yes");
    assertThatThrownBy(this::read)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'slimimage.skip' [yes] must be 'true' or 'false'");
  }

  @Test
  void splitsLists() {
    assertThat(ParameterReader.split("a, b ,c")).containsExactly("a", "b", "c");
    assertThat(ParameterReader.split("a,b,")).containsExactly("a", "b");
    assertThat(ParameterReader.split("a,,b")).containsExactly("a", "", "b");
    assertThat(ParameterReader.split("")).isEmpty();
    assertThat(ParameterReader.split(" ")).isEmpty();
  }

  @Test
  void keepsEscapedCommasAndOtherBackslashes() {
    assertThat(ParameterReader.split("-Da=1\\,2,-Db")).containsExactly("-Da=1,2", "-Db");
    assertThat(ParameterReader.split("C:\\dir\\x,y")).containsExactly("C:\\dir\\x", "y");
    assertThat(ParameterReader.split("a\\")).containsExactly("a\\");
    assertThat(ParameterReader.split("a\\,")).containsExactly("a,");
  }

  @Test
  void splitsProjectPropertyThatMavenHasSplitWithoutEscapes() {
    project.setProperty("slimimage.tags", "1\\,0,b");
    goal.tags = List.of("1\\", "0", "b");
    read();
    assertThat(goal.tags).containsExactly("1,0", "b");
  }

  @Test
  void emptyListOnCommandLineReplacesThePoms() {
    goal.tags = List.of("pom");
    commandLine.setProperty("slimimage.tags", "");
    read();
    assertThat(goal.tags).isEmpty();
  }

  @Test
  void emptyItemOfThePomBecomesEmptyText() {
    goal.tags = new ArrayList<>(Collections.singletonList(null));
    read();
    assertThat(goal.tags).containsExactly("");
  }

  @Test
  void mergesMapsKeyByKey() {
    configureEnv("A", "pom", "B", "pom", "NULL", null);
    project.putAll(properties("container.env.A", "project", "container.env.C", "project"));
    commandLine.putAll(
        properties(
            "container.env.B", "x=y=z", "container.env.EMPTY", "", "container.env.a.b", "d"));
    read();
    assertThat(goal.container.env())
        .containsOnly(
            Map.entry("A", "pom"),
            Map.entry("B", "x=y=z"),
            Map.entry("C", "project"),
            Map.entry("EMPTY", ""),
            Map.entry("NULL", ""),
            Map.entry("a.b", "d"));
  }

  @Test
  void keepsTheOrderOfThePomsMap() {
    configureEnv("Z", "1", "A", "2", "M", "3");
    commandLine.putAll(properties("container.env.A", "9"));
    read();
    assertThat(goal.container.env().keySet()).containsExactly("Z", "A", "M");
  }

  @Test
  void rejectsMapWithoutKey() {
    commandLine.putAll(properties("container.env", "A=1"));
    assertThatThrownBy(this::read)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'slimimage.container.env' [A=1]")
        .hasMessageContaining("-Dslimimage.container.env.KEY=VALUE");
  }

  @Test
  void takesTheShortFormOfAHealthcheck() {
    commandLine.putAll(properties("container.healthcheck", "curl,-f,http://localhost"));
    ParameterReader reader = read();
    assertThat(goal.container.healthcheck().command())
        .containsExactly("curl", "-f", "http://localhost");
    assertThat(reader.unknown()).isEmpty();
  }

  @Test
  void takesTheShortFormOfAHealthcheckFromTheProject() {
    project.putAll(properties("container.healthcheck", "NONE"));
    read();
    assertThat(goal.container.healthcheck().command()).containsExactly("NONE");
  }

  @Test
  void longFormWinsOverShortForm() {
    commandLine.putAll(
        properties(
            "container.healthcheck",
            "short",
            "container.healthcheck.command",
            "long,form",
            "container.healthcheck.interval",
            "30s"));
    read();
    assertThat(goal.container.healthcheck().command()).containsExactly("long", "form");
    assertThat(goal.container.healthcheck().interval()).isEqualTo("30s");
  }

  @Test
  void shortFormOnCommandLineWinsOverThePomsCommandOnly() {
    goal.container =
        GivenParameters.of(
                "container.healthcheck.command", "pom", "container.healthcheck.retries", "7")
            .container();
    commandLine.putAll(properties("container.healthcheck", "check"));
    project.putAll(properties("container.healthcheck", "project"));
    read();
    assertThat(goal.container.healthcheck().command()).containsExactly("check");
    assertThat(goal.container.healthcheck().retries()).isEqualTo("7");
  }

  @Test
  void tellsPropertiesThatAreNoParameters() {
    commandLine.putAll(
        properties(
            "image", "a", "container.env.KEY", "1", "imgae", "b", "container", "c", "tags.x", "d"));
    commandLine.setProperty("other", "e");
    assertThat(read().unknown())
        .containsExactly("slimimage.container", "slimimage.imgae", "slimimage.tags.x");
  }

  private void configureEnv(String... keysAndValues) {
    Map<String, String> env = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      env.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    goal.container = new ContainerParameters();
    ParameterWalk.set(goal.container, "env", env);
  }
}
