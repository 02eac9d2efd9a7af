package io.slimimage.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares our rules with what Docker's own command line client sends to an engine, which is played
 * by a server that keeps the tar of the classic build.
 */
@Tag("engine")
class DockerClientComparisonTest {

  private static final int CASES = Integer.getInteger("slimimage.test.comparisons", 25);

  @TempDir Path directory;
  private HttpServer server;
  private volatile byte[] sent;

  @BeforeEach
  void start() throws IOException {
    assumeTrue(System.getenv("DOCKER_HOST") != null, "DOCKER_HOST is not set");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  @Test
  void leavesOutWhatTheClientLeavesOut() throws Exception {
    int excluding = 0;
    for (int seed = 0; seed < CASES; seed++) {
      RandomProject random = new RandomProject(seed);
      Path root = directory.resolve("project" + seed);
      List<String> files = random.create(root);
      List<String> patterns = random.patterns();
      Files.write(root.resolve(".dockerignore"), patterns);
      Files.writeString(root.resolve("Dockerfile"), "FROM scratch\n");

      SortedSet<String> expected = sentByDocker(root);
      SortedSet<String> ours = new TreeSet<>();
      classicWalk(files, DockerIgnore.of("test", patterns), IgnoreRule.parse(patterns), ours);

      assertThat(ours).as("seed %d, patterns %s", seed, patterns).isEqualTo(expected);
      excluding += ours.size() < files.size() && !ours.isEmpty() ? 1 : 0;
    }
    assertThat(excluding).as("cases that exclude some, not all").isGreaterThan(CASES / 4);
  }

  /**
   * The client's way: it enters an excluded directory only for an exception that begins with it.
   */
  private static void classicWalk(
      List<String> files, DockerIgnore ignore, List<IgnoreRule> rules, SortedSet<String> sent) {
    for (String file : files) {
      boolean pruned = false;
      for (int slash = file.indexOf('/'); slash >= 0; slash = file.indexOf('/', slash + 1)) {
        String parent = file.substring(0, slash);
        pruned |=
            ignore.excludes(parent)
                && rules.stream()
                    .filter(IgnoreRule::reincludes)
                    .noneMatch(rule -> (rule.glob() + "/").startsWith(parent + "/"));
      }
      if (!pruned && !ignore.excludes(file)) {
        sent.add(file);
      }
    }
  }

  private SortedSet<String> sentByDocker(Path root) throws Exception {
    sent = null;
    ProcessBuilder builder = new ProcessBuilder("docker", "build", ".");
    builder.environment().put("DOCKER_BUILDKIT", "0");
    builder.environment().put("DOCKER_HOST", "tcp://127.0.0.1:" + server.getAddress().getPort());
    builder.environment().put("DOCKER_CONFIG", directory.resolve("config").toString());
    Process docker = builder.directory(root.toFile()).redirectErrorStream(true).start();
    String output = new String(docker.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(docker.waitFor()).as(output).isZero();

    SortedSet<String> files = new TreeSet<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new ByteArrayInputStream(sent), "UTF-8")) {
      for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
        if (!entry.isDirectory()) {
          files.add(entry.getName());
        }
      }
    }
    files.removeAll(List.of("Dockerfile", ".dockerignore"));
    return files;
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (exchange.getRequestURI().getPath().endsWith("/build")) {
      sent = body;
    }
    exchange.getResponseHeaders().add("Api-Version", "1.41");
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    byte[] answer = "{\"stream\":\"ok\"}\n".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(
        200, exchange.getRequestMethod().equals("HEAD") ? -1 : answer.length);
    if (!exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseBody().write(answer);
    }
    exchange.close();
  }
}
