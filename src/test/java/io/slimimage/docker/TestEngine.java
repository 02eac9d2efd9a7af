package io.slimimage.docker;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.slimimage.BuildLog;
import io.slimimage.Laboratory;
import io.slimimage.dockerfile.BuildContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** The real engine that the tests run against, and what they all need of it. */
final class TestEngine {

  static final String JRE = System.getProperty("slimimage.it.jre", "eclipse-temurin:17-jre");

  private TestEngine() {}

  /**
   * Returns the engine of the environment; without one the test is skipped, or fails if asked to.
   */
  static DockerEngine connect(BuildLog log) {
    EngineLocator locator =
        new EngineLocator(EngineEnvironment.ofProcess(), Duration.ofSeconds(5), log);
    try {
      return locator.connect();
    } catch (EngineException e) {
      if (Laboratory.isRequired()) {
        return fail("slimimage.it.engine=required, but: " + e.getMessage());
      }
      return abort("Skipped, since no engine answers: " + e.getMessage());
    }
  }

  /** Returns an image name that no other test has. */
  static String uniqueTag() {
    return "slimimage-test/" + UUID.randomUUID().toString().substring(0, 13) + ":1";
  }

  static BuildRequest request(EngineBuilder builder, String tag) {
    return new BuildRequest(
        List.of(tag), "Dockerfile", null, Map.of(), Map.of(), "host", null, false, builder);
  }

  /** Returns a context with a Dockerfile of these lines. */
  static BuildContext dockerfile(String... lines) {
    return files(Map.of("Dockerfile", String.join("\n", lines) + "\n"));
  }

  static BuildContext files(Map<String, String> files) {
    return out -> {
      TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
      write(tar, files);
      tar.finish();
      tar.flush();
    };
  }

  static void write(TarArchiveOutputStream tar, Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      byte[] bytes = file.getValue().getBytes(StandardCharsets.UTF_8);
      entry(tar, file.getKey(), bytes.length);
      tar.write(bytes);
      tar.closeArchiveEntry();
    }
  }

  static void entry(TarArchiveOutputStream tar, String name, long size) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(size);
    entry.setModTime(0);
    tar.putArchiveEntry(entry);
  }

  static OutputStream discard() {
    return OutputStream.nullOutputStream();
  }

  /** Waits until a condition holds. */
  static void await(String condition, Duration limit, Callable<Boolean> holds) throws Exception {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!holds.call()) {
      if (System.nanoTime() > deadline) {
        fail("Not within " + limit + ": " + condition);
      }
      Thread.sleep(20);
    }
  }

  /** Opens docker-java's client for what only tests do. */
  static EngineClient client() {
    String host = System.getenv().getOrDefault("DOCKER_HOST", "unix:///var/run/docker.sock");
    return EngineClient.open(EngineAddress.parse(host, "test", null), Optional.empty(), null);
  }

  static void remove(String... tags) {
    try (EngineClient client = client()) {
      for (String tag : tags) {
        try {
          client.docker().removeImageCmd(tag).withForce(true).exec();
        } catch (RuntimeException e) {
          // The test has not made it.
        }
      }
    }
  }

  /** Remembers everything that a build reported. */
  static final class Recorder implements BuildProgress {
    final List<String> started = new ArrayList<>();
    final List<String> lines = new ArrayList<>();
    final Map<String, Boolean> finished = new LinkedHashMap<>();
    final Map<String, Duration> durations = new LinkedHashMap<>();
    final List<String> failed = new ArrayList<>();
    long contextSize;

    @Override
    public synchronized void stepStarted(BuildStep step) {
      started.add(step.name());
    }

    @Override
    public synchronized void log(BuildStep step, String line) {
      lines.add(line);
    }

    @Override
    public synchronized void stepFinished(BuildStep step, boolean cached, Duration duration) {
      if (!step.internal()) {
        finished.put(step.name(), cached);
        durations.put(step.name(), duration);
      }
    }

    @Override
    public synchronized void stepFailed(BuildStep step, String error, Duration duration) {
      failed.add(step.name());
    }

    @Override
    public synchronized void contextSent(long bytes) {
      contextSize = bytes;
    }

    synchronized boolean hasLine(String line) {
      return lines.contains(line);
    }
  }

  /** Remembers what goes to the log. */
  static final class RecordingLog implements BuildLog {
    final List<String> messages = new ArrayList<>();

    @Override
    public void info(String message) {
      messages.add("INFO " + message);
    }

    @Override
    public void warn(String message) {
      messages.add("WARN " + message);
    }

    @Override
    public void debug(String message) {
      messages.add("DEBUG " + message);
    }

    @Override
    public boolean isDebugEnabled() {
      return true;
    }
  }
}
