package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptorBuilder;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.codehaus.plexus.util.ReaderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The manual names every goal, parameter and default that the plugin has, and no other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReferenceTest {

  private static final Path GOALS = Path.of("src/site/markdown/goals.md");
  private static final Path PARAMETERS = Path.of("src/site/markdown/parameters.md");
  private static final Path IN_ECLIPSE =
      Path.of("src/main/resources/META-INF/m2e/lifecycle-mapping-metadata.xml");

  /** What the generated goal {@code help} has of its own, none of them below our prefix. */
  private static final String HELP = "help";

  private final Map<String, MojoDescriptor> mojos = new TreeMap<>();

  @BeforeAll
  void readDescriptor() throws Exception {
    try (InputStream in = getClass().getResourceAsStream("/META-INF/maven/plugin.xml")) {
      assertThat(in).as("plugin.xml, which 'mvn process-classes' generates").isNotNull();
      PluginDescriptor plugin =
          new PluginDescriptorBuilder().build(ReaderFactory.newXmlReader(in), "plugin.xml");
      plugin.getMojos().forEach(mojo -> mojos.put(mojo.getGoal(), mojo));
    }
  }

  @Test
  void namesEveryGoalWithItsPhase() throws IOException {
    Map<String, String> documented = new TreeMap<>();
    sections(GOALS, "## slimimage:")
        .forEach((goal, text) -> documented.put(goal, item(text, "Default phase")));
    Map<String, String> actual = new TreeMap<>();
    mojos.forEach(
        (goal, mojo) ->
            actual.put(goal, mojo.getPhase() == null ? "none" : "`" + mojo.getPhase() + "`"));

    assertThat(documented).isEqualTo(actual);
  }

  @Test
  void namesEveryParameterByItsProperty() throws IOException {
    assertThat(sections(PARAMETERS, "### ").keySet())
        .containsExactlyInAnyOrderElementsOf(properties());
  }

  @Test
  void writesEachParametersElementsAsItsPropertySays() throws IOException {
    sections(PARAMETERS, "### ")
        .forEach(
            (property, text) ->
                assertThat(item(text, "XML"))
                    .as(property)
                    .isEqualTo(
                        "`<"
                            + property.substring(ParameterReader.PREFIX.length()).replace(".", "><")
                            + ">`"));
  }

  @Test
  void tellsEveryDefaultOfTheDescriptor() throws IOException {
    Map<String, String> documented = sections(PARAMETERS, "### ");
    for (MojoDescriptor mojo : ours()) {
      for (Parameter parameter : parameters(mojo)) {
        String property = ParameterReader.PREFIX + parameter.getName();
        PlexusConfiguration configuration =
            mojo.getMojoConfiguration().getChild(parameter.getName(), false);
        String defaultValue =
            configuration == null ? null : configuration.getAttribute("default-value");
        if (defaultValue != null) {
          assertThat(item(documented.get(property), "Default"))
              .as("default of %s", property)
              .isEqualTo("`" + defaultValue + "`");
        }
      }
    }
  }

  @Test
  void tellsADefaultWhereTheDescriptorHasNone() throws IOException {
    sections(PARAMETERS, "### ")
        .forEach((property, text) -> assertThat(item(text, "Default")).as(property).isNotBlank());
  }

  /** The defaults of nested parameters are where their values are read; here by what they do. */
  @Test
  void tellsTheDefaultsOfNestedParameters() throws IOException {
    Map<String, String> documented = sections(PARAMETERS, "### ");

    assertThat(item(documented.get("slimimage.container.user"), "Default"))
        .isEqualTo("`" + ContainerReader.DEFAULT_USER + "`");
    assertThat(item(documented.get("slimimage.container.workingDirectory"), "Default"))
        .startsWith("`" + ContainerReader.HOME + "` ");
  }

  @Test
  void readsEachTopLevelParameterFromThePropertyOfItsName() {
    for (MojoDescriptor mojo : ours()) {
      for (Parameter parameter : parameters(mojo)) {
        PlexusConfiguration configuration =
            mojo.getMojoConfiguration().getChild(parameter.getName(), false);
        String value = configuration == null ? null : configuration.getValue(null);
        if (value != null) {
          assertThat(value).isEqualTo("${" + ParameterReader.PREFIX + parameter.getName() + "}");
        }
      }
    }
  }

  @Test
  void saysOfEachParameterWhichGoalsUseIt() throws IOException {
    Set<String> goals = ours().stream().map(MojoDescriptor::getGoal).collect(Collectors.toSet());
    sections(PARAMETERS, "### ")
        .forEach(
            (property, text) ->
                assertThat(List.of(item(text, "Used by").split(", ")))
                    .as("goals that use %s", property)
                    .isNotEmpty()
                    .isSubsetOf(goals));
  }

  @Test
  void namesTheParametersOfHelpWithTheirDefaults() throws IOException {
    Map<String, String> documented = new TreeMap<>();
    Matcher row =
        Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\S+) \\| \\S")
            .matcher(sections(GOALS, "## slimimage:").get(HELP));
    while (row.find()) {
      documented.put(row.group(1), row.group(2));
    }
    Map<String, String> actual = new TreeMap<>();
    MojoDescriptor help = mojos.get(HELP);
    for (Parameter parameter : parameters(help)) {
      String value =
          help.getMojoConfiguration().getChild(parameter.getName()).getAttribute("default-value");
      actual.put(parameter.getName(), value == null ? "none" : "`" + value + "`");
    }

    assertThat(documented).isEqualTo(actual);
  }

  /** A property that was renamed or mistyped in a text is as bad as one that is missing. */
  @Test
  void mentionsNoParameterThatDoesNotExist() throws IOException {
    Set<String> known = new TreeSet<>(properties());
    known.add("slimimage.result.reference");
    known.add("slimimage.result.id");
    known.add("slimimage.result.digest");
    for (Path page : pages()) {
      Matcher mentioned =
          Pattern.compile("(?:-D|`)(slimimage\\.[a-zA-Z.]+)").matcher(Files.readString(page));
      while (mentioned.find()) {
        String name = mentioned.group(1);
        boolean key =
            name.startsWith("slimimage.container.env.")
                || name.startsWith("slimimage.container.labels.")
                || name.startsWith("slimimage.registry.mirrors.");
        if (!key && !name.startsWith("slimimage.it.")) {
          assertThat(known).as("names mentioned in %s", page).contains(name);
        }
      }
    }
  }

  @Test
  void describesEveryParameterInTheDescriptor() {
    mojos
        .values()
        .forEach(
            mojo -> {
              assertThat(mojo.getDescription()).as(mojo.getGoal()).isNotBlank();
              parameters(mojo)
                  .forEach(
                      parameter ->
                          assertThat(parameter.getDescription())
                              .as("%s of %s", parameter.getName(), mojo.getGoal())
                              .isNotBlank());
            });
  }

  @Test
  void keepsEveryGoalOutOfBuildsInEclipse() throws IOException {
    Matcher goal = Pattern.compile("<goal>(.*?)</goal>").matcher(Files.readString(IN_ECLIPSE));
    assertThat(goal.results().map(result -> result.group(1)))
        .containsExactlyInAnyOrderElementsOf(mojos.keySet());
  }

  private List<MojoDescriptor> ours() {
    return mojos.values().stream().filter(mojo -> !mojo.getGoal().equals(HELP)).toList();
  }

  private static List<Parameter> parameters(MojoDescriptor mojo) {
    return mojo.getParameters().stream().filter(Parameter::isEditable).toList();
  }

  /** The reader that fills the parameters knows them all, those in nested beans too. */
  private Set<String> properties() {
    Set<String> names = new TreeSet<>();
    for (MojoDescriptor mojo : ours()) {
      ParameterReader reader = new ParameterReader(new Properties(), new Properties());
      reader.read(new AnyGoal(), parameters(mojo).stream().map(Parameter::getName).toList());
      names.addAll(reader.names());
    }
    return names;
  }

  private static List<Path> pages() throws IOException {
    try (var files = Files.list(GOALS.getParent())) {
      List<Path> pages =
          new java.util.ArrayList<>(files.filter(f -> f.toString().endsWith(".md")).toList());
      pages.add(Path.of("README.md"));
      return pages;
    }
  }

  /** Returns the text below each heading that begins so, up to the next of its rank or above. */
  private static Map<String, String> sections(Path page, String heading) throws IOException {
    String rank = heading.substring(0, heading.indexOf(' '));
    Map<String, String> sections = new LinkedHashMap<>();
    String current = null;
    for (String line : Files.readAllLines(page)) {
      if (line.startsWith(heading)) {
        current = line.substring(heading.length()).strip();
        assertThat(sections.put(current, "")).as("%s a second time", current).isNull();
      } else if (line.matches("#{1," + rank.length() + "} .*")) {
        current = null;
      } else if (current != null) {
        sections.merge(current, line + "\n", String::concat);
      }
    }
    return sections;
  }

  private static String item(String section, String name) {
    Matcher item = Pattern.compile("(?m)^- " + name + ": (.*)$").matcher(section);
    assertThat(item.find()).as("an item '%s' in:%n%s", name, section).isTrue();
    return item.group(1);
  }

  private static final class AnyGoal extends AbstractSlimImageMojo {
    @Override
    void run() {}
  }
}
