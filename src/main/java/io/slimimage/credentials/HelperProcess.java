package io.slimimage.credentials;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One run of a credential helper, within limits of time and size. */
final class HelperProcess {

  /** In bytes, per stream; real answers have a few thousand, with long tokens in them. */
  static final int OUTPUT_LIMIT = 1 << 20;

  private final Process process;
  private final long deadline;
  private final CompletableFuture<byte[]> stdout;
  private final CompletableFuture<byte[]> stderr;

  private HelperProcess(Process process, Duration timeout) {
    this.process = process;
    this.deadline = System.nanoTime() + timeout.toNanos();
    this.stdout = collect(process.getInputStream(), "stdout");
    this.stderr = collect(process.getErrorStream(), "stderr");
  }

  /**
   * What a helper answered. Its output may be a secret, so it is never shown.
   *
   * @param exitCode zero where it worked
   * @param stdout at most {@link #OUTPUT_LIMIT} bytes
   * @param stderr at most {@link #OUTPUT_LIMIT} bytes, empty where it worked
   */
  record Answer(int exitCode, byte[] stdout, byte[] stderr) {

    @Override
    public String toString() {
      return "answer with exit code " + exitCode;
    }
  }

  /**
   * Runs a helper to its end; nothing of it is left running, whatever happens.
   *
   * @param input written to its standard input
   * @throws IOException if it cannot be started or says more than the limit; the message holds none
   *     of its output
   * @throws TimeoutException if it does not end in time
   */
  static Answer run(Path program, String input, Map<String, String> environment, Duration timeout)
      throws IOException, TimeoutException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(List.of(program.toString(), "get"));
    builder.environment().clear();
    builder.environment().putAll(environment);
    HelperProcess helper = new HelperProcess(builder.start(), timeout);
    try {
      helper.send(input);
      return helper.await();
    } finally {
      helper.kill();
    }
  }

  private void send(String input) {
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // A helper may end without reading; its exit code says more than a broken pipe.
    }
  }

  private Answer await() throws IOException, TimeoutException, InterruptedException {
    if (!process.waitFor(remainingNanos(), TimeUnit.NANOSECONDS)) {
      throw new TimeoutException();
    }
    // Bounded as well, and not done without need: a daemon that the helper has started may hold its
    // streams open, most often stderr.
    int exitCode = process.exitValue();
    return new Answer(exitCode, output(stdout), exitCode == 0 ? new byte[0] : output(stderr));
  }

  private byte[] output(CompletableFuture<byte[]> stream)
      throws IOException, TimeoutException, InterruptedException {
    try {
      return stream.get(remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    }
  }

  private long remainingNanos() {
    return Math.max(0, deadline - System.nanoTime());
  }

  private CompletableFuture<byte[]> collect(InputStream stream, String name) {
    CompletableFuture<byte[]> result = new CompletableFuture<>();
    Thread thread = new Thread(() -> collect(stream, result), "credential-helper-" + name);
    thread.setDaemon(true);
    thread.start();
    return result;
  }

  private void collect(InputStream stream, CompletableFuture<byte[]> result) {
    try {
      byte[] bytes = stream.readNBytes(OUTPUT_LIMIT + 1);
      if (bytes.length <= OUTPUT_LIMIT) {
        result.complete(bytes);
        return;
      }
      result.completeExceptionally(
          new IOException("it wrote more than " + OUTPUT_LIMIT + " bytes"));
      kill();
    } catch (IOException e) {
      result.completeExceptionally(new IOException("its output could not be read", e));
    }
  }

  /** Ends the children first: a shell script's child would go on and hold the streams open. */
  private void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
