package io.slimimage.docker;

import io.slimimage.BuildLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks one address whether an engine is there. */
final class EngineProbe {

  /**
   * How much longer than the time-out an answer may take: the first request of a JVM also loads the
   * transport's classes, and the time-outs of sockets do not hold for Unix sockets.
   */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Duration timeout;
  private final Optional<String> apiVersion;
  private final BuildLog log;

  EngineProbe(Duration timeout, Optional<String> apiVersion, BuildLog log) {
    this.timeout = timeout;
    this.apiVersion = apiVersion;
    this.log = log;
  }

  /**
   * The answer.
   *
   * @param engine the engine, or null if none answered
   * @param reason why there is no engine, or the empty string
   */
  record Result(DockerEngine engine, String reason) {}

  Result probe(EngineAddress address) {
    if (address.isUnix() && !Files.exists(Path.of(address.uri().getPath()))) {
      return new Result(null, "there is no such socket");
    }
    try (EngineClient client = EngineClient.open(address, apiVersion, timeout)) {
      EngineInfo info = ask(client);
      EngineClient lasting = EngineClient.open(address, apiVersion, null);
      return new Result(new DockerEngine(lasting, info, log), "");
    } catch (EngineException e) {
      return new Result(null, e.getMessage());
    }
  }

  private EngineInfo ask(EngineClient client) {
    FutureTask<EngineInfo> task = new FutureTask<>(client::info);
    Thread thread = new Thread(task, "slimimage-engine-probe");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(timeout.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new EngineException("no answer within " + timeout.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("interrupted", e);
    } catch (ExecutionException e) {
      throw new EngineException(EngineFailures.reason(e.getCause()), e.getCause());
    } finally {
      task.cancel(true);
    }
  }
}
