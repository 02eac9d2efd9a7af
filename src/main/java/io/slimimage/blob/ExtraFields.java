package io.slimimage.blob;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The fields of a zip entry that later versions of the format added, each with an id. */
final class ExtraFields {

  private static final int HEADER = 4;

  private ExtraFields() {}

  /** Returns the data of the first field with the id, empty where there is none. */
  static ByteBuffer find(byte[] extra, int id) {
    ByteBuffer fields = ByteBuffer.wrap(extra).order(ByteOrder.LITTLE_ENDIAN);
    while (fields.remaining() >= HEADER) {
      int fieldId = Short.toUnsignedInt(fields.getShort());
      int size = Math.min(Short.toUnsignedInt(fields.getShort()), fields.remaining());
      if (fieldId == id) {
        return fields.slice(fields.position(), size);
      }
      fields.position(fields.position() + size);
    }
    return ByteBuffer.allocate(0);
  }

  /**
   * Returns the fields without those of the id. A malformed rest, such as the zero padding of
   * Android's zipalign, is dropped: readers disagree about it, and it aligned other offsets.
   */
  static byte[] without(byte[] extra, int id) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(extra.length);
    ByteBuffer fields = ByteBuffer.wrap(extra).order(ByteOrder.LITTLE_ENDIAN);
    while (fields.remaining() >= HEADER) {
      int start = fields.position();
      int fieldId = Short.toUnsignedInt(fields.getShort());
      int size = Short.toUnsignedInt(fields.getShort());
      if (size > fields.remaining()) {
        break;
      }
      if (fieldId != id) {
        kept.write(extra, start, HEADER + size);
      }
      fields.position(start + HEADER + size);
    }
    return kept.toByteArray();
  }
}
