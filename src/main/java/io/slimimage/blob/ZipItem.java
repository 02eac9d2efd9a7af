package io.slimimage.blob;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;

/** An entry of a {@link ZipCatalog}. */
public final class ZipItem {

  static final int UTF8_FLAG = 0x800;
  static final long MAX_32 = 0xFFFFFFFFL;
  static final int ZIP64_EXTRA = 1;

  private static final int CENTRAL_SIGNATURE = 0x02014b50;
  private static final int CENTRAL_SIZE = 46;
  private static final int LOCAL_SIGNATURE = 0x04034b50;
  private static final int LOCAL_SIZE = 30;
  private static final int ENCRYPTION_FLAGS = 0x2041;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;

  private final ZipHeader header;
  private final Blob content;

  private ZipItem(ZipHeader header, Blob content) {
    this.header = header;
    this.content = content;
  }

  /** Returns the path in the archive; a directory's ends with a slash. */
  public String name() {
    return header.decodedName();
  }

  /** Returns whether this is a directory. */
  public boolean isDirectory() {
    return name().endsWith("/");
  }

  /**
   * Returns the unpacked bytes; reading them fails with the archive's name where they do not match
   * their checksum. What lies in the archive as it is can be read at random, without a copy.
   */
  public Blob content() {
    return content;
  }

  ZipHeader header() {
    return header;
  }

  /** Reads the entry at the buffer's position, and its local header from the channel. */
  static ZipItem read(
      Blob archive,
      String archiveName,
      ByteBuffer central,
      SeekableByteChannel channel,
      long prefix)
      throws IOException {
    int at = central.position();
    if (central.remaining() < CENTRAL_SIZE || central.getInt(at) != CENTRAL_SIGNATURE) {
      throw new CorruptZipException("its central directory is damaged");
    }
    int method = unsigned(central, at + 10);
    central.position(at + CENTRAL_SIZE);
    byte[] name = take(central, unsigned(central, at + 28));
    byte[] extra = take(central, unsigned(central, at + 30));
    byte[] comment = take(central, unsigned(central, at + 32));
    Sizes sizes =
        Sizes.of(
            extra,
            Integer.toUnsignedLong(central.getInt(at + 24)),
            Integer.toUnsignedLong(central.getInt(at + 20)),
            Integer.toUnsignedLong(central.getInt(at + 42)));
    String decoded = new String(name, UTF_8);
    checkReadable(decoded, unsigned(central, at + 8), method);
    LocalHeader local = LocalHeader.read(channel, prefix + sizes.offset(), decoded);
    long crc = Integer.toUnsignedLong(central.getInt(at + 16));
    Blob packed = region(archive, local.dataOffset(), sizes.packed(), decoded);
    ZipHeader header =
        new ZipHeader(
            name,
            unsigned(central, at + 8) & UTF8_FLAG,
            central.getInt(at + 12),
            local.extra(),
            ExtraFields.without(extra, ZIP64_EXTRA),
            comment,
            unsigned(central, at + 4),
            unsigned(central, at + 36),
            central.getInt(at + 38),
            crc);
    return new ZipItem(
        header,
        new ZipContent(packed, method == DEFLATED, sizes.unpacked(), crc, archiveName, decoded));
  }

  private static void checkReadable(String name, int flags, int method) throws IOException {
    if ((flags & ENCRYPTION_FLAGS) != 0) {
      throw new CorruptZipException("its entry [" + name + "] is encrypted");
    }
    if (method != STORED && method != DEFLATED) {
      throw new CorruptZipException(
          "its entry [" + name + "] is packed by method " + method + ", which Java does not know");
    }
  }

  private static Blob region(Blob archive, long offset, long size, String name) throws IOException {
    if (size < 0 || offset > archive.size() - size) {
      throw new CorruptZipException("its entry [" + name + "] is cut off");
    }
    return archive.region(offset, size);
  }

  private static int unsigned(ByteBuffer buffer, int at) {
    return Short.toUnsignedInt(buffer.getShort(at));
  }

  private static byte[] take(ByteBuffer buffer, int length) {
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return bytes;
  }

  /** The sizes and the offset, from the zip64 field where 32 bits are not enough. */
  private record Sizes(long unpacked, long packed, long offset) {

    static Sizes of(byte[] extra, long unpacked, long packed, long offset) throws IOException {
      ByteBuffer zip64 = ExtraFields.find(extra, ZIP64_EXTRA).order(ByteOrder.LITTLE_ENDIAN);
      return new Sizes(wide(unpacked, zip64), wide(packed, zip64), wide(offset, zip64));
    }

    private static long wide(long value, ByteBuffer zip64) throws IOException {
      if (value != MAX_32) {
        return value;
      }
      if (zip64.remaining() < Long.BYTES) {
        throw new CorruptZipException("a 64-bit size is missing");
      }
      long wide = zip64.getLong();
      if (wide < 0) {
        throw new CorruptZipException("a 64-bit size is negative");
      }
      return wide;
    }
  }

  /** What only the header in front of the data tells. */
  private record LocalHeader(long dataOffset, byte[] extra) {

    static LocalHeader read(SeekableByteChannel channel, long offset, String name)
        throws IOException {
      ByteBuffer header = ZipCatalog.bytes(channel, offset, LOCAL_SIZE);
      if (header.getInt(0) != LOCAL_SIGNATURE) {
        throw new CorruptZipException("its entry [" + name + "] is not where it should be");
      }
      long extraOffset = offset + LOCAL_SIZE + unsigned(header, 26);
      int extraSize = unsigned(header, 28);
      byte[] extra =
          extraSize == 0
              ? new byte[0]
              : ExtraFields.without(
                  ZipCatalog.bytes(channel, extraOffset, extraSize).array(), ZIP64_EXTRA);
      return new LocalHeader(extraOffset + extraSize, extra);
    }
  }
}
