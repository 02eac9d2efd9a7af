package io.slimimage.modules;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The constant pool of a class file, which names every type that the class refers to.
 *
 * <p>A type that is used in code stands there as a class; one that is only in a descriptor, a
 * generic signature or an annotation is part of a text. Texts are taken for signatures by their
 * form: to tell them for certain needs a walk over the whole file, takes several times as long, and
 * would only miss the signatures that code generators keep as strings.
 *
 * @param major the class file's major version, such as 61 for Java 17
 * @param classes the internal names of classes and the descriptors of arrays
 * @param modules the names of modules, which only a {@code module-info} has
 * @param texts all texts but those of classes and modules
 * @see <a href="https://docs.oracle.com/javase/specs/jvms/se25/html/jvms-4.html#jvms-4.4">JVMS
 *     4.4</a>
 */
record ConstantPool(int major, List<String> classes, List<String> modules, List<String> texts) {

  private static final int MAGIC = 0xCAFEBABE;
  private static final int UTF8 = 1;
  private static final int CLASS = 7;
  private static final int MODULE = 19;

  /**
   * Reads a class file.
   *
   * @throws IOException if it is none, or damaged
   */
  static ConstantPool read(byte[] file) throws IOException {
    try {
      return read(file, ByteBuffer.wrap(file));
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IOException("it is cut off or damaged", e);
    }
  }

  private static ConstantPool read(byte[] file, ByteBuffer in) throws IOException {
    if (in.remaining() < Integer.BYTES || in.getInt() != MAGIC) {
      throw new IOException("it does not begin like a class file");
    }
    in.getShort();
    int major = Short.toUnsignedInt(in.getShort());
    int count = Short.toUnsignedInt(in.getShort());
    String[] texts = new String[count];
    byte[] tags = new byte[count];
    int[] names = new int[count];
    for (int i = 1; i < count; i++) {
      tags[i] = in.get();
      switch (tags[i]) {
        case UTF8 -> {
          int length = Short.toUnsignedInt(in.getShort());
          texts[i] = text(file, in.position(), length);
          in.position(in.position() + length);
        }
        case CLASS, MODULE -> names[i] = Short.toUnsignedInt(in.getShort());
        case 8, 16, 20 -> in.getShort();
        case 15 -> in.position(in.position() + 3);
        case 3, 4, 9, 10, 11, 12, 17, 18 -> in.getInt();
        case 5, 6 -> {
          in.getLong();
          i++;
        }
        default -> throw new IOException("its constant pool has an unknown tag " + tags[i]);
      }
    }
    return new ConstantPool(
        major, named(CLASS, tags, names, texts), named(MODULE, tags, names, texts), rest(texts));
  }

  private static List<String> named(int tag, byte[] tags, int[] names, String[] texts)
      throws IOException {
    List<String> found = new ArrayList<>();
    for (int i = 1; i < tags.length; i++) {
      if (tags[i] == tag) {
        String name = texts[names[i]];
        if (name == null) {
          throw new IOException("its constant pool names a class that is not there");
        }
        found.add(name);
      }
    }
    return found;
  }

  private static List<String> rest(String[] texts) {
    List<String> rest = new ArrayList<>(texts.length);
    for (String text : texts) {
      if (text != null && !text.isEmpty()) {
        rest.add(text);
      }
    }
    return rest;
  }

  /** Decodes the class file's own form of UTF-8, where plain ASCII is by far the most common. */
  private static String text(byte[] file, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      if (file[i] < 0) {
        return new DataInputStream(new ByteArrayInputStream(file, offset - 2, length + 2))
            .readUTF();
      }
    }
    return new String(file, offset, length, ISO_8859_1);
  }
}
