package io.slimimage.dockerfile;

import io.slimimage.blob.TarWriter;
import io.slimimage.layer.LayerEntry;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

/** Writes entries to a tar whose bytes depend on nothing but the entries and the time. */
final class ContextTar {

  private static final int BUFFER = 1 << 16;

  private ContextTar() {}

  /** Writes a whole tar; the stream stays open. */
  static void write(Iterable<LayerEntry> entries, Instant time, OutputStream out)
      throws IOException {
    // a tar is written record by record, 512 bytes each
    OutputStream buffered = new BufferedOutputStream(out, BUFFER);
    try (TarWriter tar = new TarWriter(buffered, time)) {
      for (LayerEntry entry : entries) {
        add(entry, tar);
      }
    }
    buffered.flush();
  }

  private static void add(LayerEntry entry, TarWriter tar) throws IOException {
    if (entry instanceof LayerEntry.Directory directory) {
      tar.directory(directory.path(), directory.mode());
    } else if (entry instanceof LayerEntry.File file) {
      tar.file(file.path(), file.mode(), file.content());
    } else if (entry instanceof LayerEntry.Symlink link) {
      tar.symlink(link.path(), link.target());
    }
  }
}
