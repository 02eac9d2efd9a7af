package io.slimimage.dockerfile;

import io.slimimage.layer.LayerEntry;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes entries to a tar whose bytes depend on nothing but the entries and the time. */
final class ContextTar {

  private static final int BUFFER = 1 << 16;
  private static final int FILE_TYPE = 0100000;
  private static final int DIRECTORY_TYPE = 040000;

  private final TarArchiveOutputStream tar;
  private final Instant time;

  private ContextTar(TarArchiveOutputStream tar, Instant time) {
    this.tar = tar;
    this.time = time;
  }

  /** Writes a whole tar; the stream stays open. */
  static void write(Iterable<LayerEntry> entries, Instant time, OutputStream out)
      throws IOException {
    // tar writes record by record, 512 bytes each
    OutputStream buffered = new BufferedOutputStream(out, BUFFER);
    TarArchiveOutputStream tar = new TarArchiveOutputStream(buffered, "UTF-8");
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
    ContextTar context = new ContextTar(tar, time);
    for (LayerEntry entry : entries) {
      context.add(entry);
    }
    tar.finish();
    buffered.flush();
  }

  private void add(LayerEntry entry) throws IOException {
    if (entry instanceof LayerEntry.Directory directory) {
      put(new TarArchiveEntry(directory.path() + "/"), DIRECTORY_TYPE | directory.mode());
    } else if (entry instanceof LayerEntry.File file) {
      TarArchiveEntry header = new TarArchiveEntry(file.path());
      header.setSize(file.content().size());
      put(header, FILE_TYPE | file.mode());
      try (InputStream in = file.content().open()) {
        in.transferTo(tar);
      }
    } else if (entry instanceof LayerEntry.Symlink link) {
      TarArchiveEntry header = new TarArchiveEntry(link.path(), TarConstants.LF_SYMLINK);
      header.setLinkName(link.target());
      put(header, 0120777);
    }
    tar.closeArchiveEntry();
  }

  private void put(TarArchiveEntry header, int mode) throws IOException {
    header.setMode(mode);
    header.setIds(0, 0);
    header.setNames("", "");
    header.setModTime(time.toEpochMilli());
    tar.putArchiveEntry(header);
  }
}
