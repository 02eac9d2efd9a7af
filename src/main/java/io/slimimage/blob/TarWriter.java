package io.slimimage.blob;

import io.slimimage.SlimImageException;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes a tar whose bytes depend on nothing but what it is given: owner 0:0 without names, one
 * time for all entries, POSIX headers for what does not fit.
 *
 * <p>Paths are relative, with slashes and without a slash at the end. The caller gives the entries
 * in the order that it wants, parents before children.
 */
public final class TarWriter implements Closeable {

  /** The size in bytes that headers and the bytes of files are multiples of. */
  public static final int BLOCK = 512;

  private static final int PERMISSION_BITS = 07777;

  private final TarArchiveOutputStream tar;
  private final FileTime time;
  private boolean broken;

  /**
   * Starts a tar.
   *
   * @param out where to; {@link #close} leaves it open
   * @param time the modification time of all entries, cut to whole seconds
   */
  public TarWriter(OutputStream out, Instant time) {
    this.tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
    this.tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    this.tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    this.tar.setAddPaxHeadersForNonAsciiNames(true);
    this.time = FileTime.from(time.truncatedTo(ChronoUnit.SECONDS));
  }

  /** Adds a directory with the permission bits, such as {@code 0755}. */
  public void directory(String path, int mode) throws IOException {
    put(entry(path + "/", TarConstants.LF_DIR, 040000 | mode & PERMISSION_BITS));
  }

  /** Adds a symbolic link. */
  public void symlink(String path, String target) throws IOException {
    TarArchiveEntry entry = entry(path, TarConstants.LF_SYMLINK, 0120777);
    entry.setLinkName(target);
    put(entry);
  }

  /** Adds a file with the permission bits, such as {@code 0644}. */
  public void file(String path, int mode, Blob content) throws IOException {
    try (InputStream in = content.open()) {
      file(path, mode, content.size(), in);
    }
  }

  /**
   * Adds a file.
   *
   * @param size how many bytes the stream has
   * @param in the bytes; stays open
   * @throws SlimImageException if the stream has more or fewer bytes: the file is being changed.
   *     The tar then lacks its end, so that nothing takes it for a whole one.
   */
  public void file(String path, int mode, long size, InputStream in) throws IOException {
    TarArchiveEntry entry = entry(path, TarConstants.LF_NORMAL, 0100000 | mode & PERMISSION_BITS);
    entry.setSize(size);
    broken = true;
    tar.putArchiveEntry(entry);
    copy(path, size, in);
    tar.closeArchiveEntry();
    broken = false;
  }

  /**
   * Returns what stands before a file's bytes, for who has a faster way to write these: after them
   * come zeros up to a multiple of {@link #BLOCK}, and two blocks of zeros after the last file.
   */
  public static byte[] fileHeader(String path, int mode, long size, Instant time)
      throws IOException {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    TarWriter writer = new TarWriter(header, time);
    TarArchiveEntry entry =
        writer.entry(path, TarConstants.LF_NORMAL, 0100000 | mode & PERMISSION_BITS);
    entry.setSize(size);
    writer.tar.putArchiveEntry(entry);
    return header.toByteArray();
  }

  private void copy(String path, long size, InputStream in) throws IOException {
    byte[] buffer = new byte[Streams.BUFFER];
    long left = size;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw changed(path, size);
      }
      tar.write(buffer, 0, read);
      left -= read;
    }
    if (in.read() >= 0) {
      throw changed(path, size);
    }
  }

  private static SlimImageException changed(String path, long size) {
    return new SlimImageException(
        SlimImageException.advise(
            "The file [" + path + "] changed while it was read: it had " + size + " bytes",
            "stop what is writing to it and build again"));
  }

  /** Made from the name alone: Commons Compress would record the host's users and times else. */
  private TarArchiveEntry entry(String path, byte type, int mode) {
    TarArchiveEntry entry = new TarArchiveEntry(path, type);
    entry.setMode(mode);
    entry.setIds(0, 0);
    entry.setNames("", "");
    entry.setLastModifiedTime(time);
    return entry;
  }

  private void put(TarArchiveEntry entry) throws IOException {
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  /** Ends the tar, unless a file of it could not be written whole. The output stays open. */
  @Override
  public void close() throws IOException {
    if (!broken) {
      tar.finish();
      tar.flush();
    }
  }
}
