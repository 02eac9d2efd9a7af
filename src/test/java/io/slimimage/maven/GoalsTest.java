package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.maven.api.di.Provides;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goals as Maven makes them: with what it injects, configured by a POM. */
@MojoTest
class GoalsTest {

  private static final String POM = "src/test/resources/goals/pom.xml";
  private static final String COORDINATES =
      "<groupId>g</groupId><artifactId>app</artifactId><version>1</version>";

  @TempDir private static Path root;

  private final List<String> log = new ArrayList<>();

  private final MavenSession session = new TestReactor(root).project("", COORDINATES).session(0);

  @Provides
  MavenSession session() {
    return session;
  }

  @Provides
  MavenProject project() {
    return session.getCurrentProject();
  }

  @Test
  @InjectMojo(goal = "build", pom = POM)
  void thePomReachesBuild(BuildMojo goal) {
    assertConfigured(goal.parameters());
  }

  @Test
  @InjectMojo(goal = "dockerfile", pom = POM)
  void thePomReachesDockerfile(DockerfileMojo goal) {
    assertConfigured(goal.parameters());
  }

  @Test
  @InjectMojo(goal = "layers", pom = POM)
  void thePomReachesLayers(LayersMojo goal) {
    assertConfigured(goal.parameters());
  }

  @Test
  @InjectMojo(goal = "push", pom = POM)
  void thePomReachesPush(PushMojo goal) {
    assertConfigured(goal.parameters());
  }

  @Test
  @InjectMojo(goal = "build", pom = POM)
  @MojoParameter(name = "modules", value = "java.base, java.sql")
  void thePomTakesOverTheModules(BuildMojo goal) {
    ModulesParameters modules = goal.parameters().runtime().modules();
    assertThat(modules.only()).containsExactly("java.base", "java.sql");
    assertThat(modules.add()).isEmpty();
  }

  @Test
  @InjectMojo(goal = "build", pom = POM)
  @MojoParameter(name = "caCertificates", value = "company.pem,partner.pem")
  void thePomNamesCertificates(BuildMojo goal) {
    assertThat(goal.parameters().runtime().caCertificates())
        .containsExactly("company.pem", "partner.pem");
  }

  @Test
  @InjectMojo(goal = "layers", pom = POM)
  @MojoParameter(name = "caCertificates", value = "certificate-of-another-module.pem")
  void layersLooksForNoFilesOfAModuleWithoutAnApplication(LayersMojo goal) throws Exception {
    assertPomSkipped(goal);
  }

  @Test
  @InjectMojo(goal = "build", pom = POM)
  void theCommandLineTakesOverTheModules(BuildMojo goal) throws Exception {
    goal.session()
        .getUserProperties()
        .putAll(GivenParameters.properties("modules", "java.base,java.sql", "skip", "true"));
    goal.execute();
    assertThat(goal.parameters().runtime().modules().only())
        .containsExactly("java.base", "java.sql");
  }

  private static void assertConfigured(Parameters given) {
    assertThat(given.image()).isEqualTo("registry.example/team/app:1.0");
    assertThat(given.tags()).containsExactly("latest");
    assertThat(given.jvmFlags()).containsExactly("-Xmx64m", "-Xss1m");
    assertThat(given.engine()).isEqualTo("auto");
    RuntimeParameters runtime = given.runtime();
    assertThat(runtime.modules().only()).isEmpty();
    assertThat(runtime.modules().add()).containsExactly("jdk.jfr");
    assertThat(runtime.modules().exclude()).containsExactly("java.rmi", "java.sql");
    assertThat(runtime.locales()).containsExactly("ko", "de-AT");
    assertThat(given.container().user()).isEqualTo("1000");
    assertThat(given.container().ports()).containsExactly("8080");
    assertThat(given.container().env()).containsExactly(Map.entry("GREETING", "a=b"));
    assertThat(given.container().healthcheck().command())
        .containsExactly("curl", "-f", "http://localhost");
    assertThat(given.builder().test()).isEqualTo("true");
    assertThat(given.registry().username()).isEqualTo("me");
    assertThat(given.registry().mirrors())
        .containsExactly(Map.entry("docker.io", "mirror.example/hub"));
    assertThat(given.insecureRegistries()).containsExactly("registry.test:5000");
    assertThat(given.docker().network()).isEqualTo("host");
    assertThat(given.dockerfile().directory()).isEqualTo("docker");
  }

  @Test
  @InjectMojo(goal = "build", pom = POM)
  @MojoParameter(name = "skip", value = "true")
  void buildIsSkipped(BuildMojo goal) throws Exception {
    assertSkipped(goal);
  }

  @Test
  @InjectMojo(goal = "dockerfile", pom = POM)
  @MojoParameter(name = "skip", value = "true")
  void dockerfileIsSkipped(DockerfileMojo goal) throws Exception {
    assertSkipped(goal);
  }

  @Test
  @InjectMojo(goal = "layers", pom = POM)
  @MojoParameter(name = "skip", value = "true")
  void layersIsSkipped(LayersMojo goal) throws Exception {
    assertSkipped(goal);
  }

  @Test
  @InjectMojo(goal = "push", pom = POM)
  @MojoParameter(name = "skip", value = "true")
  void pushIsSkipped(PushMojo goal) throws Exception {
    assertSkipped(goal);
  }

  private void assertSkipped(AbstractSlimImageMojo goal) throws Exception {
    record(goal);
    goal.execute();
    assertThat(log).containsExactly("[info] Skipped, since 'slimimage.skip' is set");
  }

  @Test
  @InjectMojo(goal = "build", pom = POM)
  void buildSkipsPackagingPom(BuildMojo goal) throws Exception {
    assertPomSkipped(goal);
  }

  @Test
  @InjectMojo(goal = "dockerfile", pom = POM)
  void dockerfileSkipsPackagingPom(DockerfileMojo goal) throws Exception {
    assertPomSkipped(goal);
  }

  @Test
  @InjectMojo(goal = "layers", pom = POM)
  void layersSkipsPackagingPom(LayersMojo goal) throws Exception {
    assertPomSkipped(goal);
  }

  @Test
  @InjectMojo(goal = "push", pom = POM)
  void pushSkipsPackagingPom(PushMojo goal) throws Exception {
    assertPomSkipped(goal);
  }

  private void assertPomSkipped(AbstractSlimImageMojo goal) throws Exception {
    record(goal);
    goal.project().setPackaging("pom");
    goal.execute();
    assertThat(log).containsExactly("[info] Skipped: packaging pom makes no application");
  }

  @Test
  @InjectMojo(goal = "build", pom = POM)
  void buildReportsAllMistakesAtOnce(BuildMojo goal) {
    assertMistakes(goal, "5 configuration errors", "'slimimage.tags' [a b]");
  }

  @Test
  @InjectMojo(goal = "dockerfile", pom = POM)
  void dockerfileReportsAllMistakesAtOnce(DockerfileMojo goal) {
    assertMistakes(goal, "5 configuration errors", "'slimimage.tags' [a b]");
  }

  @Test
  @InjectMojo(goal = "layers", pom = POM)
  void layersReportsAllMistakesThatConcernIt(LayersMojo goal) {
    assertMistakes(goal, "4 configuration errors");
  }

  private static void assertMistakes(AbstractSlimImageMojo goal, String... more) {
    goal.session()
        .getUserProperties()
        .putAll(
            GivenParameters.properties(
                "tags", "a b",
                "container.user", "a b",
                "mainClass", "a/Main",
                "optimizeFor", "speed",
                "created", "now"));
    assertThatThrownBy(goal::execute)
        .isInstanceOf(MojoFailureException.class)
        .hasMessageContainingAll(more)
        .hasMessageContainingAll(
            "'slimimage.container.user' [a b]",
            "'slimimage.mainClass' [a/Main]",
            "'slimimage.optimizeFor' [speed]",
            "'slimimage.created' [now]");
  }

  @Test
  @InjectMojo(goal = "build", pom = POM)
  void anUnknownPropertyIsWarnedOf(BuildMojo goal) throws Exception {
    record(goal);
    goal.project().setPackaging("pom");
    goal.session()
        .getUserProperties()
        .putAll(GivenParameters.properties("foo", "1", "version", "2", "image", "a"));
    goal.execute();
    assertThat(log)
        .containsOnlyOnce("[warn] There is no parameter 'slimimage.foo': it has no effect")
        .filteredOn(line -> line.startsWith("[warn]"))
        .hasSize(1);
  }

  @Test
  @InjectMojo(goal = "build", pom = POM)
  void insideTheBuilderStageBuildDoesNothing(BuildMojo goal) throws Exception {
    record(goal);
    goal.session().getUserProperties().putAll(GivenParameters.properties("configuration", "/x"));
    goal.execute();
    assertThat(log).filteredOn(line -> !line.startsWith("[debug]")).isEmpty();
  }

  private void record(AbstractMojo goal) {
    goal.setLog(
        new SystemStreamLog() {
          @Override
          public void info(CharSequence text) {
            log.add("[info] " + text);
          }

          @Override
          public void warn(CharSequence text) {
            log.add("[warn] " + text);
          }

          @Override
          public void debug(CharSequence text) {
            log.add("[debug] " + text);
          }
        });
  }
}
