package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.RecordedLog;
import io.slimimage.docker.EngineEnvironment;
import io.slimimage.docker.EngineException;
import io.slimimage.docker.FakeEngine;
import io.slimimage.layer.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.maven.execution.MavenSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class EngineChoiceTest {

  private static final String BY_DOCKER = "The image is built by Docker Engine 28.5.2";
  private static final String WITHOUT = "The image is put together without a Docker Engine";

  private final RecordedLog log = new RecordedLog();
  private final Map<String, String> variables = new HashMap<>();
  private Path root;
  private MavenSession session;

  /** The path of a socket may have 107 characters only, so that JUnit's folder can be too deep. */
  @BeforeEach
  void createRoot() throws IOException {
    root = Files.createTempDirectory("eng");
    session = session();
  }

  @AfterEach
  void deleteRoot() throws IOException {
    DirectoryTree.delete(root);
  }

  private MavenSession session() {
    String pom = "<groupId>g</groupId><artifactId>a</artifactId><version>1</version>";
    return new TestReactor(root).project("", pom).session(0);
  }

  private FakeEngine start(String socket) throws IOException {
    return FakeEngine.docker(root.resolve(socket));
  }

  private boolean isEmbedded(MavenSession run, String engine) {
    return EngineChoice.isEmbedded(
        run,
        GivenParameters.of("engine", engine),
        new EngineEnvironment(variables, root.resolve("home"), root, false),
        log);
  }

  @ParameterizedTest
  @ValueSource(strings = {"embedded", "docker"})
  void theChoiceOfTheUserNeedsNoQuestion(String engine) throws IOException {
    variables.put("DOCKER_HOST", "unix://" + root.resolve("absent.sock"));
    try (FakeEngine other = start("docker.sock")) {
      assertThat(isEmbedded(session, engine)).isEqualTo(engine.equals("embedded"));
      assertThat(other.requests()).isEmpty();
    }
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void takesAnEngineThatAnswers() throws IOException {
    try (FakeEngine engine = start("docker.sock")) {
      assertThat(isEmbedded(session, "auto")).isFalse();
      assertThat(engine.requests()).isNotEmpty();
    }
    assertThat(log.infos()).hasSize(1).first().asString().startsWith(BY_DOCKER);
  }

  @Test
  void needsNoEngineWhereNoneAnswers() throws IOException {
    Files.createFile(root.resolve("docker.sock"));

    assertThat(isEmbedded(session, "auto")).isTrue();
    assertThat(log.infos()).containsExactly(WITHOUT + ", since none answers");
    assertThat(log.warnings()).isEmpty();
    assertThat(log.debugs())
        .anyMatch(line -> line.matches("No engine: .*docker\\.sock \\(Docker's default socket.*"))
        .anyMatch(line -> line.matches("No engine: .*\\(Colima\\): there is no such socket"));
  }

  @Test
  void anEngineThatStartsLaterIsOfTheNextRun() throws IOException {
    assertThat(isEmbedded(session, "auto")).isTrue();
    try (FakeEngine engine = start("docker.sock")) {
      // Maven builds each module in a copy of the session.
      assertThat(isEmbedded(session.clone(), "auto")).isTrue();
      assertThat(engine.requests()).isEmpty();
      assertThat(log.infos()).hasSize(1);

      assertThat(isEmbedded(session(), "auto")).isFalse();
      assertThat(engine.requests()).isNotEmpty();
    }
  }

  @Test
  void anEngineThatHasAnsweredIsNotAskedAgain() throws IOException {
    try (FakeEngine engine = start("docker.sock")) {
      isEmbedded(session, "auto");
      int requests = engine.requests().size();
      assertThat(isEmbedded(session.clone(), "auto")).isFalse();
      assertThat(engine.requests()).hasSize(requests);
    }
    assertThat(isEmbedded(session, "auto")).isFalse();
    assertThat(log.infos()).hasSize(1);
  }

  /** Of one session, what one module asks for by name is no answer for the others. */
  @Test
  void theChoiceForOneModuleIsNotThatOfAll() {
    assertThat(isEmbedded(session, "auto")).isTrue();
    assertThat(isEmbedded(session, "docker")).isFalse();
    assertThat(isEmbedded(session, "auto")).isTrue();
  }

  @Test
  void modulesThatAreBuiltAtTheSameTimeAskOnce() throws Exception {
    int modules = 4;
    CyclicBarrier start = new CyclicBarrier(modules);
    ExecutorService threads = Executors.newFixedThreadPool(modules);
    try (FakeEngine engine = start("docker.sock")) {
      List<Future<Boolean>> answers = new ArrayList<>();
      for (int i = 0; i < modules; i++) {
        answers.add(
            threads.submit(
                () -> {
                  start.await();
                  return isEmbedded(session.clone(), "auto");
                }));
      }
      for (Future<Boolean> answer : answers) {
        assertThat(answer.get()).isFalse();
      }
      assertThat(engine.requests()).filteredOn(line -> line.contains("/version")).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
    assertThat(log.infos()).hasSize(1);
  }

  @Test
  void anEngineThatTheUserHasNamedMustAnswer() throws IOException {
    variables.put("DOCKER_HOST", "unix://" + root.resolve("absent.sock"));
    try (FakeEngine other = start("docker.sock")) {
      // The second module is as wrong as the first.
      for (int module = 0; module < 2; module++) {
        assertThatThrownBy(() -> isEmbedded(session, "auto"))
            .isInstanceOf(EngineException.class)
            .hasMessageContaining("absent.sock (DOCKER_HOST): there is no such socket")
            .hasMessageContaining("correct DOCKER_HOST or unset it");
      }
      assertThat(other.requests()).isEmpty();
    }
    assertThat(log.infos()).isEmpty();
  }

  @Test
  void takesTheEngineThatTheUserHasNamed() throws IOException {
    variables.put("DOCKER_HOST", "unix://" + root.resolve("mine.sock"));
    try (FakeEngine mine = start("mine.sock")) {
      assertThat(isEmbedded(session, "auto")).isFalse();
      assertThat(mine.requests()).isNotEmpty();
    }
  }
}
