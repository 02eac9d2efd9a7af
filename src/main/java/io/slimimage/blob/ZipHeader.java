package io.slimimage.blob;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What a zip says about an entry besides its data; raw, without the 64-bit sizes.
 *
 * @param dosTime time in the lower and date in the upper 16 bits
 * @param crc CRC-32 of the unpacked bytes
 */
record ZipHeader(
    byte[] name,
    int flags,
    int dosTime,
    byte[] localExtra,
    byte[] centralExtra,
    byte[] comment,
    int versionMadeBy,
    int internalAttributes,
    int externalAttributes,
    long crc) {

  String decodedName() {
    return new String(name, UTF_8);
  }
}
