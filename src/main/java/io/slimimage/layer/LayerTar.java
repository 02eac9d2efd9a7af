package io.slimimage.layer;

import io.slimimage.SlimImageException;
import io.slimimage.blob.TarWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;

/** The tar archive of a layer: the same bytes for the same entries. */
public final class LayerTar {

  /** The archiver writes pieces of 512 bytes, too small for what digests and compresses them. */
  private static final int BUFFER = 1 << 16;

  private LayerTar() {}

  /**
   * Writes all entries with the time of the epoch; the stream stays open.
   *
   * @throws SlimImageException if a file is gone, cannot be read, or changes while it is read; the
   *     archive then lacks its end
   */
  public static void write(Layer layer, OutputStream out) throws IOException {
    BufferedOutputStream buffered = new BufferedOutputStream(out, BUFFER);
    TarWriter tar = new TarWriter(buffered, Instant.EPOCH);
    for (LayerEntry entry : layer.entries()) {
      write(entry, tar);
    }
    // Not after a failure: it is what makes the archive look whole.
    tar.close();
    buffered.flush();
  }

  private static void write(LayerEntry entry, TarWriter tar) throws IOException {
    if (entry instanceof LayerEntry.Directory directory) {
      tar.directory(directory.path(), directory.mode());
    } else if (entry instanceof LayerEntry.Symlink link) {
      tar.symlink(link.path(), link.target());
    } else {
      LayerEntry.File file = (LayerEntry.File) entry;
      try {
        tar.file(file.path(), file.mode(), file.content());
      } catch (NoSuchFileException e) {
        throw unreadable(file, e.getFile(), "is gone", "build again", e);
      } catch (AccessDeniedException e) {
        throw unreadable(file, e.getFile(), "cannot be read", "check its permissions", e);
      }
    }
  }

  private static SlimImageException unreadable(
      LayerEntry.File entry, String source, String what, String advice, IOException cause) {
    return new SlimImageException(
        SlimImageException.advise(
            "[" + source + "], which is to be [/" + entry.path() + "], " + what, advice),
        cause);
  }
}
