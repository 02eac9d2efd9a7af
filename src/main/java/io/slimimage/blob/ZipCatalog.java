package io.slimimage.blob;

import io.slimimage.SlimImageException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/**
 * The entries of a zip or jar in the order of its central directory, with every field as raw as it
 * is in the file.
 *
 * <p>Libraries decode names and times by the platform's charset and time zone, and hide duplicates;
 * what is rewritten byte by byte must not depend on that. Bytes before the first entry, such as a
 * launch script, are skipped. The catalogue holds no file open.
 *
 * @param name what the archive is called in error messages
 * @param items the entries, duplicates too
 * @param comment the archive's comment
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE</a>
 */
public record ZipCatalog(String name, List<ZipItem> items, byte[] comment) {

  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END_SIZE = 22;
  private static final int END64_SIGNATURE = 0x06064b50;
  private static final int END64_SIZE = 56;
  private static final int LOCATOR64_SIGNATURE = 0x07064b50;
  private static final int LOCATOR64_SIZE = 20;
  private static final int MAX_COMMENT = 0xFFFF;

  /** Copies the list. */
  public ZipCatalog {
    items = List.copyOf(items);
  }

  /** Where the central directory lies, and by how much offsets in it are off. */
  private record Directory(long start, long size, long prefix, byte[] comment) {
    boolean isPlausible() {
      return size >= 0 && start >= 0 && prefix >= 0;
    }
  }

  /**
   * Reads the central directory and all local headers.
   *
   * @param archive the bytes
   * @param name what to call the archive in error messages: a path or a file name
   * @throws SlimImageException if the archive is corrupt, encrypted or packed by a method that the
   *     JDK does not know either
   */
  public static ZipCatalog read(Blob archive, String name) {
    try (SeekableByteChannel channel = archive.openChannel()) {
      Directory directory = locate(channel);
      ByteBuffer central = bytes(channel, directory.start(), Math.toIntExact(directory.size()));
      List<ZipItem> items = new ArrayList<>();
      while (central.hasRemaining()) {
        items.add(ZipItem.read(archive, name, central, channel, directory.prefix()));
      }
      return new ZipCatalog(name, items, directory.comment());
    } catch (NoSuchFileException e) {
      throw new SlimImageException(
          SlimImageException.advise(
              "The jar [" + name + "] does not exist", "run the package phase first"),
          e);
    } catch (EOFException | BufferUnderflowException | ArithmeticException e) {
      throw corrupt(name, "it is cut off", e);
    } catch (CorruptZipException e) {
      throw corrupt(name, e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  private static Directory locate(SeekableByteChannel channel) throws IOException {
    long size = channel.size();
    int tail = (int) Math.min(size, END_SIZE + MAX_COMMENT);
    ByteBuffer end = bytes(channel, size - tail, tail);
    for (int at = tail - END_SIZE; at >= 0; at--) {
      if (end.getInt(at) == END_SIGNATURE) {
        int commentSize = Short.toUnsignedInt(end.getShort(at + 20));
        int rest = tail - at - END_SIZE - commentSize;
        byte[] comment = new byte[Math.min(commentSize, tail - at - END_SIZE)];
        end.get(at + END_SIZE, comment);
        Directory directory =
            directory(channel, size - tail + at, end.slice(at, END_SIZE), comment);
        // The JDK accepts bytes after the end. With bytes in front as well it is not this archive's
        // end, but that of a jar inside an archive that is cut off.
        if (rest == 0 && directory.isPlausible()
            || rest > 0 && directory.isPlausible() && directory.prefix() == 0) {
          return directory;
        }
      }
    }
    throw new CorruptZipException("it has no central directory");
  }

  private static Directory directory(
      SeekableByteChannel channel, long endPosition, ByteBuffer slice, byte[] comment)
      throws IOException {
    ByteBuffer end = slice.order(ByteOrder.LITTLE_ENDIAN);
    long size = Integer.toUnsignedLong(end.getInt(12));
    long offset = Integer.toUnsignedLong(end.getInt(16));
    long position = endPosition;
    long end64 = findEnd64(channel, endPosition);
    if (end64 >= 0) {
      ByteBuffer record = bytes(channel, end64, END64_SIZE);
      size = record.getLong(40);
      offset = record.getLong(48);
      position = end64;
    }
    long start = position - size;
    long prefix = start - offset;
    return new Directory(start, size, prefix, comment);
  }

  /** Returns the position of the zip64 end record, or -1 in an ordinary zip. */
  private static long findEnd64(SeekableByteChannel channel, long endPosition) throws IOException {
    long locator = endPosition - LOCATOR64_SIZE;
    if (locator < END64_SIZE
        || bytes(channel, locator, LOCATOR64_SIZE).getInt(0) != LOCATOR64_SIGNATURE) {
      return -1;
    }
    long end64 = bytes(channel, locator, LOCATOR64_SIZE).getLong(8);
    // A script before the first entry moves the record; then it is right before its locator.
    for (long candidate : new long[] {end64, locator - END64_SIZE}) {
      if (candidate >= 0
          && candidate <= locator - END64_SIZE
          && bytes(channel, candidate, END64_SIZE).getInt(0) == END64_SIGNATURE) {
        return candidate;
      }
    }
    return -1;
  }

  /** Reads exactly that many bytes, little endian. */
  static ByteBuffer bytes(SeekableByteChannel channel, long position, int length)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    channel.position(position);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException();
      }
    }
    return buffer.flip();
  }

  static SlimImageException corrupt(String name, String reason, Throwable cause) {
    return new SlimImageException(
        SlimImageException.advise(
            "The jar [" + name + "] cannot be read: " + reason,
            "delete it and build or download it again"),
        cause);
  }
}
