package io.slimimage.blob;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Lets one at a time do what would be wasted if others did it too, in all threads, class loaders
 * and processes. Nothing depends on it but time: where a file system has no locks, nobody waits.
 */
final class Turn {

  /** How often a thread looks whether another one of its process has ended. */
  private static final int PAUSE_MILLIS = 20;

  private final Path file;
  private final FileChannel channel;

  private Turn(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Waits until nobody else has the turn.
   *
   * @param file stands for what is to be done; goes away at the end
   */
  static Turn take(Path file) throws InterruptedIOException {
    try {
      PartialFiles.createDirectory(file.getParent());
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        lock(channel);
        return new Turn(file, channel);
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    } catch (InterruptedIOException
        | ClosedByInterruptException
        | FileLockInterruptionException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while another build was waited for");
    } catch (IOException e) {
      return new Turn(file, null);
    }
  }

  private static void lock(FileChannel channel) throws IOException {
    while (true) {
      try {
        channel.lock();
        return;
      } catch (OverlappingFileLockException e) {
        // Locks are those of a process, whose own threads cannot wait for them.
        pause();
      }
    }
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  /** Lets the next one. Who waits with a file that is gone has as good a turn as any. */
  void end() {
    if (channel == null) {
      return;
    }
    try (channel) {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // Removed with what killed builds have left.
    }
  }
}
