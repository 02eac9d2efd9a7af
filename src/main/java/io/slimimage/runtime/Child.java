package io.slimimage.runtime;

import java.io.Closeable;
import java.io.IOException;

/**
 * A process that ends together with this one: a signal that ends a build reaches its own process
 * alone.
 */
final class Child implements Closeable {

  private final Thread hook = new Thread(this::end);
  private Process process;
  private boolean ended;

  /** Before the process starts, so that there is no moment when nobody would end it. */
  Child() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  synchronized Process start(ProcessBuilder command) throws IOException {
    if (ended) {
      throw new IOException("the build is ending");
    }
    process = command.start();
    return process;
  }

  private synchronized void end() {
    ended = true;
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The build is ending, and the hook at work.
    }
  }
}
