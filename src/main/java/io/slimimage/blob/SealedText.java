package io.slimimage.blob;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32;

/**
 * Text files that are either whole or count as missing: the first line has the format and a
 * checksum of all other lines. So they need not be flushed to the disk: what a power cut leaves of
 * one does not match.
 *
 * @param format changes when the text is to be understood in another way
 * @param checksum of the text, always of the same length
 */
record SealedText(String format, Function<byte[], String> checksum) {

  /** More than any such file has; whatever else is there is not to be read into memory. */
  private static final long MAX_SIZE = 64 << 20;

  /** Text with the SHA-256 of its lines. */
  static SealedText withSha256(String format) {
    return new SealedText(format, text -> Digest.sha256(text).hex());
  }

  /**
   * Text with the CRC-32 of its lines, which is found at once. SHA-256 is Java code that is not yet
   * compiled when a build begins, and takes 50 ms and more for the first 100 kB.
   */
  static SealedText withCrc32(String format) {
    return new SealedText(format, SealedText::crc32);
  }

  private static String crc32(byte[] text) {
    CRC32 crc = new CRC32();
    crc.update(text);
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  /** Returns the text, or nothing where it is missing, unreadable, damaged or of another format. */
  Optional<String> read(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile() || attributes.size() > MAX_SIZE) {
        return Optional.empty();
      }
      byte[] bytes = Files.readAllBytes(file);
      int start = seal(new byte[0]).length;
      if (bytes.length < start) {
        return Optional.empty();
      }
      byte[] text = Arrays.copyOfRange(bytes, start, bytes.length);
      boolean whole = Arrays.equals(bytes, 0, start, seal(text), 0, start);
      return whole ? Optional.of(new String(text, UTF_8)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Replaces the file by one renaming; readers see the old text or the new one. */
  void write(Path file, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    byte[] seal = seal(bytes);
    byte[] whole = Arrays.copyOf(seal, seal.length + bytes.length);
    System.arraycopy(bytes, 0, whole, seal.length, bytes.length);
    Path partial = PartialFiles.create(file.getParent(), file.getFileName().toString());
    try {
      Files.write(partial, whole);
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(partial);
      throw e;
    }
  }

  private byte[] seal(byte[] text) {
    return (format + " " + checksum.apply(text) + "\n").getBytes(UTF_8);
  }
}
