package io.slimimage.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads one protobuf message field by field, never beyond its end.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Protocol Buffers, encoding</a>
 */
final class ProtobufReader {

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int START_GROUP = 3;
  private static final int END_GROUP = 4;
  private static final int FIXED32 = 5;

  private final byte[] bytes;
  private final int end;
  private int position;
  private int wireType;

  ProtobufReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private ProtobufReader(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  /** Moves to the next field and returns its number, 0 at the end of the message. */
  int next() throws IOException {
    if (position == end) {
      return 0;
    }
    long tag = readVarint();
    wireType = (int) (tag & 7);
    long field = tag >>> 3;
    if (field < 1 || field > 0x1FFFFFFF) {
      throw new IOException("Field number " + field + " is not valid");
    }
    return (int) field;
  }

  /** Returns the value of the current field, a number. */
  long number() throws IOException {
    expect(VARINT);
    return readVarint();
  }

  /** Returns the value of the current field, a string. */
  String string() throws IOException {
    ProtobufReader value = message();
    return new String(bytes, value.position, value.end - value.position, StandardCharsets.UTF_8);
  }

  /** Returns the value of the current field, bytes. */
  byte[] bytes() throws IOException {
    ProtobufReader value = message();
    return Arrays.copyOfRange(bytes, value.position, value.end);
  }

  /** Returns a reader of the current field, a message. */
  ProtobufReader message() throws IOException {
    expect(LENGTH);
    int length = checked(readVarint());
    ProtobufReader value = new ProtobufReader(bytes, position, position + length);
    position += length;
    return value;
  }

  /** Passes over the current field, whatever it is. */
  void skip() throws IOException {
    switch (wireType) {
      case VARINT -> readVarint();
      case FIXED64 -> position += checked(8);
      case LENGTH -> message();
      case FIXED32 -> position += checked(4);
      case START_GROUP -> skipGroup();
      default -> throw new IOException("Wire type " + wireType + " is not valid");
    }
  }

  private void skipGroup() throws IOException {
    for (int depth = 1; next() != 0; ) {
      if (wireType == START_GROUP) {
        depth++;
      } else if (wireType != END_GROUP) {
        skip();
      } else if (--depth == 0) {
        return;
      }
    }
    throw new IOException("A group does not end");
  }

  private int checked(long length) throws IOException {
    if (length < 0 || length > end - position) {
      throw new IOException("A field is longer than its message");
    }
    return (int) length;
  }

  private void expect(int type) throws IOException {
    if (wireType != type) {
      throw new IOException("Wire type " + wireType + " where " + type + " is expected");
    }
  }

  private long readVarint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (position == end) {
        throw new IOException("The message ends inside a number");
      }
      byte b = bytes[position++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IOException("A number is longer than ten bytes");
  }
}
