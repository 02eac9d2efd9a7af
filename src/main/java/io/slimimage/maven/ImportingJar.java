package io.slimimage.maven;

import io.slimimage.blob.Blob;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** Stands for classes that are not compiled yet: a jar with one class that refers to others. */
final class ImportingJar {

  private static final String NAME = "Imports";

  private ImportingJar() {}

  /**
   * Returns the jar.
   *
   * @param imports names of classes with dots, or of packages with {@code .*} at their end
   */
  static Blob of(List<String> imports) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V17, Opcodes.ACC_SUPER, NAME, null, "java/lang/Object", null);
    for (String name : imports) {
      writer.newClass(name.replace("*", "package-info").replace('.', '/'));
    }
    writer.visitEnd();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(NAME + ".class"));
      zip.write(writer.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Blob.of(bytes.toByteArray());
  }
}
