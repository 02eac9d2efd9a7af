package io.slimimage.base;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads the tar archives of others, which may be made to do harm, without ever seeking. */
final class TarEntries {

  /**
   * What the headers of one entry may have, in bytes: Commons Compress holds them in memory, and
   * calls itself for every further one.
   */
  private static final int MOST_HEADERS = 1 << 18;

  /** As in Linux, where no name or target of a link can be longer. */
  private static final int MOST_PATH = 4096;

  private final UntrustedStream archive;
  private final String what;
  private final BaseFailures failures;
  private final Budget budget;
  private final TarArchiveInputStream tar;
  private final Content content;
  private final byte[] skipped = new byte[1 << 13];
  private int room;

  /**
   * Reads an archive.
   *
   * @param archive stays open
   * @param what it is, for messages
   * @param most how many entries it may have
   */
  TarEntries(UntrustedStream archive, String what, BaseFailures failures, int most) {
    this.archive = archive;
    this.what = what;
    this.failures = failures;
    this.budget = new Budget(archive);
    this.tar = new TarArchiveInputStream(budget, "UTF-8");
    this.content = new Content(tar);
    this.room = most;
  }

  /** Returns the next entry, after what is left of the last one's content; null at the end. */
  TarArchiveEntry next() throws IOException {
    skipContent();
    TarArchiveEntry entry;
    try {
      budget.limit(MOST_HEADERS);
      entry = tar.getNextEntry();
      budget.limit(Long.MAX_VALUE);
    } catch (IOException | IllegalArgumentException e) {
      throw archive.failure(e);
    }
    if (entry == null) {
      return null;
    }
    if (!entry.isCheckSumOK()) {
      throw failures.damaged(what + " is no tar archive, or is cut off");
    }
    if (room-- == 0) {
      throw failures.damaged(what + " has too many entries");
    }
    if (entry.getName().length() > MOST_PATH || entry.getLinkName().length() > MOST_PATH) {
      throw failures.damaged(
          what + " has an entry whose path has more than " + MOST_PATH + " characters");
    }
    return entry;
  }

  private void skipContent() throws IOException {
    for (int read = 0; tar.getCurrentEntry() != null && read >= 0; ) {
      read = content.read(skipped, 0, skipped.length);
    }
  }

  /** Returns the content of the entry that was returned last; need not be closed. */
  InputStream content() {
    return content;
  }

  /**
   * Returns the parts of a path below the root, of which {@code ..} has removed those before it.
   *
   * @throws io.slimimage.SlimImageException if the path leads out of the root
   */
  List<String> parts(String path) {
    return parts(path, what, failures);
  }

  /**
   * Returns the same of a path in an archive that was read before.
   *
   * @param what the archive is, for messages
   */
  static List<String> parts(String path, String what, BaseFailures failures) {
    List<String> parts = new ArrayList<>();
    for (String part : path.split("/")) {
      if (part.equals("..")) {
        if (parts.isEmpty()) {
          throw failures.damaged(what + " has the path [" + path + "], which leads out of it");
        }
        parts.remove(parts.size() - 1);
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return parts;
  }

  /** Tells a damaged archive from a disk that fails, and leaves the archive open. */
  private final class Content extends FilterInputStream {

    Content(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        return super.read(buffer, offset, length);
      } catch (IOException e) {
        throw archive.failure(e);
      }
    }

    @Override
    public void close() {
      // The archive goes on.
    }
  }

  /** Ends the reading of headers that have no end. */
  private final class Budget extends FilterInputStream {

    private long left = MOST_HEADERS;

    Budget(InputStream in) {
      super(in);
    }

    void limit(long bytes) {
      left = bytes;
    }

    @Override
    public int read() throws IOException {
      spend(1);
      return super.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      spend(Math.max(read, 0));
      return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
      long skipped = super.skip(bytes);
      spend(skipped);
      return skipped;
    }

    private void spend(long bytes) {
      left -= bytes;
      if (left < 0) {
        throw failures.damaged(
            what + " has an entry whose headers have more than " + MOST_HEADERS + " bytes");
      }
    }
  }
}
