package io.slimimage.blob;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.zip.CRC32;

/** An entry of a {@link StoredZip}. */
public final class StoredEntry {

  private static final int VERSION_MADE_BY = 20;
  private static final LocalDateTime FIRST = LocalDateTime.of(1980, 1, 1, 0, 0);
  private static final LocalDateTime LAST = LocalDateTime.of(2107, 12, 31, 23, 59, 58);

  private final ZipHeader header;
  private final Blob content;

  StoredEntry(ZipHeader header, Blob content) {
    this.header = header;
    this.content = content;
  }

  /**
   * Creates an entry, reading the content once for its checksum.
   *
   * @param name the path; a directory's ends with a slash
   * @param time the modification time, written as what a clock in UTC shows, in steps of two
   *     seconds; a zip knows the years 1980 to 2107 only
   */
  public static StoredEntry of(String name, Instant time, Blob content) throws IOException {
    byte[] raw = name.getBytes(UTF_8);
    int flags = raw.length == name.length() ? 0 : ZipItem.UTF8_FLAG;
    byte[] none = new byte[0];
    return new StoredEntry(
        new ZipHeader(
            raw, flags, dosTime(time), none, none, none, VERSION_MADE_BY, 0, 0, crc(content)),
        content);
  }

  /** Returns an entry of another zip with all that the zip says about it, unpacked. */
  public static StoredEntry of(ZipItem item) {
    return new StoredEntry(item.header(), item.content());
  }

  ZipHeader header() {
    return header;
  }

  Blob content() {
    return content;
  }

  private static long crc(Blob content) throws IOException {
    CRC32 crc = new CRC32();
    try (InputStream in = content.open()) {
      Streams.forEachBuffer(in, crc::update);
    }
    return crc.getValue();
  }

  private static int dosTime(Instant time) {
    LocalDateTime utc = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    LocalDateTime t = utc.isBefore(FIRST) ? FIRST : utc.isAfter(LAST) ? LAST : utc;
    int date = t.getYear() - 1980 << 9 | t.getMonthValue() << 5 | t.getDayOfMonth();
    return date << 16 | t.getHour() << 11 | t.getMinute() << 5 | t.getSecond() >> 1;
  }
}
