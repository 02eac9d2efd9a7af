package io.slimimage.base;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** The parts of a tar archive that is made while it is read. */
final class TarParts {

  private static final int RECORD = TarConstants.DEFAULT_RCDSIZE;

  private TarParts() {}

  static InputStream directory(String path, int mode) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(path + "/", TarConstants.LF_DIR);
    entry.setMode(040000 | mode);
    return header(entry);
  }

  static InputStream symlink(String path, String target) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_SYMLINK);
    entry.setLinkName(target);
    return header(entry);
  }

  static InputStream hardLink(String path, String first) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_LINK);
    entry.setLinkName(first);
    return header(entry);
  }

  /** Returns the header of a file, whose content and {@link #padding} have to follow. */
  static InputStream file(String path, int mode, long size) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_NORMAL);
    entry.setMode(0100000 | mode);
    entry.setSize(size);
    return header(entry);
  }

  static InputStream padding(long size) {
    return new ByteArrayInputStream(new byte[(int) (-size & RECORD - 1)]);
  }

  static InputStream end() {
    return new ByteArrayInputStream(new byte[2 * RECORD]);
  }

  private static InputStream header(TarArchiveEntry entry) throws IOException {
    entry.setModTime(0);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(RECORD);
    // Never closed: that would ask for the content of a file.
    @SuppressWarnings("resource")
    TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
    tar.putArchiveEntry(entry);
    tar.flush();
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}
