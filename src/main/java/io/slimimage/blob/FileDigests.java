package io.slimimage.blob;

import io.slimimage.SlimImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The SHA-256 of files, kept from one build to the next for as long as a file's path, size, times
 * and inode stay: to know that nothing has changed then takes no reading. A memo only: without it,
 * or where it is damaged, the same digests come out, later. Safe for use by several threads.
 *
 * <p>A file that was written within the two seconds before it was read is not kept, as in the index
 * of git: its times would not show that it is written again.
 */
public final class FileDigests {

  private static final SealedText TEXT = SealedText.withCrc32("slimimage-file-digests-1");

  /** The number of entries from which on those are dropped that nobody has asked for. */
  private static final int ROOM = 3000;

  private static final int ATTEMPTS = 3;

  private final Path memo;
  private final Clock clock;
  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean changed = new AtomicBoolean();
  private boolean loaded;

  private FileDigests(Path memo, Clock clock) {
    this.memo = memo;
    this.clock = clock;
  }

  private record Known(String stamp, String digest) {
    boolean says(Known other) {
      return other != null && stamp.equals(other.stamp) && digest.equals(other.digest);
    }
  }

  /** Computes a digest by reading a file. */
  @FunctionalInterface
  public interface Reading {
    /** Reads the file and returns the digest. */
    Digest digest() throws IOException;
  }

  /**
   * Opens a memo.
   *
   * @param memo the file that keeps it, need not exist; builds that share it lose no more than time
   */
  public static FileDigests at(Path memo) {
    return at(memo, Clock.systemUTC());
  }

  static FileDigests at(Path memo, Clock clock) {
    return new FileDigests(memo.toAbsolutePath(), clock);
  }

  /** Returns digests that are found anew by every build. */
  public static FileDigests unkept() {
    return new FileDigests(null, Clock.systemUTC());
  }

  /**
   * Returns the digest of the file's bytes as they are now.
   *
   * <p>Every call looks at the file again, so that two calls, before and after something else has
   * read it, tell whether that has read the same bytes.
   *
   * @throws SlimImageException if the file changes as fast as it is read
   */
  public Digest of(Path file) throws IOException {
    return find(name(file), file, () -> Digest.sha256(Blob.of(file)));
  }

  /**
   * Returns a digest of something that is made from the file and nothing else, such as a part of
   * it.
   *
   * @param what says what it is, with all that it depends on besides the file's bytes
   * @param reading computes the digest where it is not known
   * @throws SlimImageException if the file changes as fast as it is read
   */
  public Digest derived(Path file, String what, Reading reading) throws IOException {
    return find(name(file) + Names.SEPARATOR + what, file, reading);
  }

  /** Takes note of a digest that is known since the caller has just written the file. */
  public void know(Path file, Digest digest) throws IOException {
    load();
    keep(name(file), FileStamp.of(file), digest);
  }

  private Digest find(String name, Path file, Reading reading) throws IOException {
    load();
    asked.add(name);
    FileStamp before = FileStamp.of(file);
    Known there = known.get(name);
    if (there != null && there.stamp().equals(before.toString())) {
      return Digest.parse(there.digest());
    }
    Digest previous = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Instant start = clock.instant();
      Digest digest = reading.digest();
      FileStamp after = FileStamp.of(file);
      if (after.equals(before)) {
        if (before.isSettled(start)) {
          keep(name, before, digest);
        }
        return digest;
      }
      // Another build may have made a link to the file, which changes no bytes.
      if (digest.equals(previous)) {
        return digest;
      }
      previous = digest;
      before = after;
    }
    throw new SlimImageException(
        SlimImageException.advise(
            "The file [" + file + "] changed while it was read",
            "stop what is writing to it and build again"));
  }

  private void keep(String name, FileStamp stamp, Digest digest) {
    asked.add(name);
    Known now = new Known(stamp.toString(), digest.toString());
    if (!now.says(known.put(name, now))) {
      changed.set(true);
    }
  }

  /**
   * Writes the memo for the next build, if there is anything new in it; where that fails, the next
   * build reads the files again.
   */
  public synchronized void save() {
    if (memo == null || !changed.getAndSet(false)) {
      return;
    }
    try {
      // What another build has kept in the meantime.
      read()
          .forEach(
              (name, entry) -> {
                if (!asked.contains(name)) {
                  known.put(name, entry);
                }
              });
      dropOld();
      StringBuilder text = new StringBuilder();
      known.forEach(
          (name, entry) -> {
            text.append(entry.digest()).append(' ').append(entry.stamp());
            text.append(' ').append(Names.escape(name)).append('\n');
          });
      TEXT.write(memo, text.toString());
      PartialFiles.removeOld(memo.getParent());
    } catch (IOException e) {
      // Costs the next build time, no more.
    }
  }

  /** Drops what was derived from a file that has changed, and what nobody may ask for any more. */
  private void dropOld() {
    Map<String, String> stamps = new HashMap<>();
    known.forEach(
        (name, entry) -> {
          if (asked.contains(name)) {
            stamps.put(Names.path(name), entry.stamp());
          }
        });
    boolean full = known.size() > ROOM;
    known
        .entrySet()
        .removeIf(
            entry -> {
              String stamp = stamps.get(Names.path(entry.getKey()));
              boolean stale = stamp != null && !stamp.equals(entry.getValue().stamp());
              return !asked.contains(entry.getKey()) && (full || stale);
            });
  }

  private synchronized void load() {
    if (!loaded && memo != null) {
      known.putAll(read());
    }
    loaded = true;
  }

  private Map<String, Known> read() {
    Map<String, Known> entries = new HashMap<>();
    if (!isOurs()) {
      return entries;
    }
    String text = TEXT.read(memo).orElse("");
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      int stamp = text.indexOf(' ', start) + 1;
      int name = stamp;
      for (int number = 0; number < 4; number++) {
        name = text.indexOf(' ', name) + 1;
      }
      entries.put(
          Names.unescape(text.substring(name, end)),
          new Known(text.substring(stamp, name - 1), text.substring(start, stamp - 1)));
      start = end + 1;
    }
    return entries;
  }

  /** Who writes a memo says which bytes are in which file; in a shared directory that is trust. */
  private boolean isOurs() {
    try {
      Path self = Path.of("/proc/self");
      return !Files.exists(self)
          || Files.getAttribute(self, "unix:uid").equals(Files.getAttribute(memo, "unix:uid"));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  private static String name(Path file) {
    return file.toAbsolutePath().toString();
  }

  /** Names of entries: a path, and what was derived from the file. */
  private static final class Names {

    /** What no path has. */
    static final char SEPARATOR = '\0';

    private static final String SPECIAL = "\\\n\r\0";
    private static final String ESCAPES = "\\nr0";

    static String path(String name) {
      int separator = name.indexOf(SEPARATOR);
      return separator < 0 ? name : name.substring(0, separator);
    }

    static String escape(String name) {
      StringBuilder escaped = new StringBuilder(name.length());
      for (int i = 0; i < name.length(); i++) {
        int special = SPECIAL.indexOf(name.charAt(i));
        if (special < 0) {
          escaped.append(name.charAt(i));
        } else {
          escaped.append('\\').append(ESCAPES.charAt(special));
        }
      }
      return escaped.toString();
    }

    static String unescape(String escaped) {
      if (escaped.indexOf('\\') < 0) {
        return escaped;
      }
      StringBuilder name = new StringBuilder(escaped.length());
      for (int i = 0; i < escaped.length(); i++) {
        char c = escaped.charAt(i);
        name.append(c == '\\' ? SPECIAL.charAt(ESCAPES.indexOf(escaped.charAt(++i))) : c);
      }
      return name.toString();
    }
  }
}
