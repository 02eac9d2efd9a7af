package io.slimimage.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the blocks in a PEM file (<a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>);
 * text between blocks means nothing.
 *
 * @param label what it is, such as {@code CERTIFICATE}; it begins with {@code ENCRYPTED} where it
 *     is, also where OpenSSL's old form says so in a header
 * @param content the DER bytes
 */
record PemBlock(String label, byte[] content) {

  static final String ENCRYPTED = "ENCRYPTED";

  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ([A-Z0-9 ]+)-----\\s*((?:[\\w-]+:.*\\R)*)([^-]*)-----END \\1-----");

  /**
   * Reads all blocks of a file.
   *
   * @throws IOException if the file cannot be read, or what is in a block is no Base64
   */
  static List<PemBlock> read(Path file) throws IOException {
    Matcher blocks = BLOCK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    List<PemBlock> found = new ArrayList<>();
    while (blocks.find()) {
      boolean encrypted = blocks.group(2).contains(ENCRYPTED);
      String base64 = blocks.group(3).replaceAll("\\s", "");
      try {
        found.add(
            new PemBlock(
                (encrypted ? ENCRYPTED + " " : "") + blocks.group(1),
                Base64.getDecoder().decode(base64)));
      } catch (IllegalArgumentException e) {
        throw new IOException(file.getFileName() + " is damaged: " + e.getMessage());
      }
    }
    return found;
  }
}
