package io.slimimage.blob;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Lays out a zip whose entries are stored, not deflated.
 *
 * <p>Since sizes and checksums are known beforehand, the zip is a blob of known size that reads its
 * entries as it is read itself: nothing is copied or held. No compression library takes part, so
 * the bytes are the same on every JDK.
 */
public final class StoredZip {

  private static final int LOCAL_SIGNATURE = 0x04034b50;
  private static final int LOCAL_SIZE = 30;
  private static final int CENTRAL_SIGNATURE = 0x02014b50;
  private static final int CENTRAL_SIZE = 46;
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END_SIZE = 22;
  private static final int END64_SIGNATURE = 0x06064b50;
  private static final int END64_SIZE = 56;
  private static final int LOCATOR64_SIGNATURE = 0x07064b50;
  private static final int LOCATOR64_SIZE = 20;
  private static final int VERSION = 10;
  private static final int VERSION_DIRECTORY = 20;
  private static final int VERSION_ZIP64 = 45;
  private static final int MAX_16 = 0xFFFF;

  private StoredZip() {}

  /**
   * Returns the zip with the entries in the given order, duplicates too.
   *
   * @param comment the archive's comment
   */
  public static Blob of(List<StoredEntry> entries, byte[] comment) {
    List<Blob> parts = new ArrayList<>();
    List<byte[]> central = new ArrayList<>();
    long offset = 0;
    long centralSize = 0;
    for (StoredEntry entry : entries) {
      byte[] local = localHeader(entry);
      byte[] record = centralHeader(entry, offset);
      parts.add(new MemoryBlob(local));
      parts.add(entry.content());
      central.add(record);
      offset += local.length + entry.content().size();
      centralSize += record.length;
    }
    central.forEach(record -> parts.add(new MemoryBlob(record)));
    parts.add(new MemoryBlob(end(entries.size(), offset, centralSize, comment)));
    return ConcatenatedBlob.of(parts);
  }

  private static byte[] localHeader(StoredEntry entry) {
    ZipHeader header = entry.header();
    long size = entry.content().size();
    byte[] zip64 = isWide(size) ? zip64(size, size) : new byte[0];
    ByteBuffer out =
        buffer(LOCAL_SIZE + header.name().length + zip64.length + header.localExtra().length);
    out.putInt(LOCAL_SIGNATURE).putShort((short) version(header, zip64.length > 0));
    common(out, header, size);
    out.putShort((short) (zip64.length + header.localExtra().length));
    return out.put(header.name()).put(zip64).put(header.localExtra()).array();
  }

  private static byte[] centralHeader(StoredEntry entry, long offset) {
    ZipHeader header = entry.header();
    long size = entry.content().size();
    byte[] zip64 = zip64OfCentral(size, offset);
    int extra = zip64.length + header.centralExtra().length;
    ByteBuffer out = buffer(CENTRAL_SIZE + header.name().length + extra + header.comment().length);
    out.putInt(CENTRAL_SIGNATURE).putShort((short) header.versionMadeBy());
    out.putShort((short) version(header, zip64.length > 0));
    common(out, header, size);
    out.putShort((short) extra).putShort((short) header.comment().length).putShort((short) 0);
    out.putShort((short) header.internalAttributes()).putInt(header.externalAttributes());
    out.putInt((int) Math.min(offset, ZipItem.MAX_32));
    out.put(header.name()).put(zip64).put(header.centralExtra());
    return out.put(header.comment()).array();
  }

  /** Writes flags to length of the name, which both headers have in the same form. */
  private static void common(ByteBuffer out, ZipHeader header, long size) {
    int narrow = (int) Math.min(size, ZipItem.MAX_32);
    out.putShort((short) header.flags()).putShort((short) 0).putInt(header.dosTime());
    out.putInt((int) header.crc()).putInt(narrow).putInt(narrow);
    out.putShort((short) header.name().length);
  }

  private static byte[] zip64OfCentral(long size, long offset) {
    if (isWide(size)) {
      return isWide(offset) ? zip64(size, size, offset) : zip64(size, size);
    }
    return isWide(offset) ? zip64(offset) : new byte[0];
  }

  private static byte[] zip64(long... values) {
    ByteBuffer out = buffer(4 + values.length * Long.BYTES);
    out.putShort((short) ZipItem.ZIP64_EXTRA).putShort((short) (values.length * Long.BYTES));
    for (long value : values) {
      out.putLong(value);
    }
    return out.array();
  }

  private static byte[] end(long count, long offset, long size, byte[] comment) {
    boolean wide = count >= MAX_16 || isWide(offset) || isWide(size);
    ByteBuffer out = buffer((wide ? END64_SIZE + LOCATOR64_SIZE : 0) + END_SIZE + comment.length);
    if (wide) {
      out.putInt(END64_SIGNATURE).putLong(END64_SIZE - 12);
      out.putShort((short) VERSION_ZIP64).putShort((short) VERSION_ZIP64).putInt(0).putInt(0);
      out.putLong(count).putLong(count).putLong(size).putLong(offset);
      out.putInt(LOCATOR64_SIGNATURE).putInt(0).putLong(offset + size).putInt(1);
    }
    short narrowCount = (short) Math.min(count, MAX_16);
    out.putInt(END_SIGNATURE).putInt(0).putShort(narrowCount).putShort(narrowCount);
    out.putInt((int) Math.min(size, ZipItem.MAX_32));
    out.putInt((int) Math.min(offset, ZipItem.MAX_32));
    return out.putShort((short) comment.length).put(comment).array();
  }

  private static int version(ZipHeader header, boolean zip64) {
    if (zip64) {
      return VERSION_ZIP64;
    }
    return header.decodedName().endsWith("/") ? VERSION_DIRECTORY : VERSION;
  }

  private static boolean isWide(long value) {
    return value >= ZipItem.MAX_32;
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
