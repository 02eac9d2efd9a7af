package io.slimimage.modules;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.ModuleVisitor;
import org.objectweb.asm.Opcodes;

/** Writes class files that refer to what a test wants, without a compiler that would know it. */
final class TestClass {

  private final ClassWriter writer = new ClassWriter(0);
  private final MethodVisitor method;

  private TestClass(String name, int release) {
    writer.visit(44 + release, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
    method = writer.visitMethod(Opcodes.ACC_STATIC, "run", "()V", null, null);
    method.visitCode();
  }

  /** Begins a class; the name has slashes. */
  static TestClass named(String name) {
    return new TestClass(name, 17);
  }

  static TestClass named(String name, int release) {
    return new TestClass(name, release);
  }

  /** Refers to a class in code; the name has slashes. */
  TestClass refersTo(String name) {
    method.visitTypeInsn(Opcodes.NEW, name);
    return this;
  }

  TestClass says(String text) {
    method.visitLdcInsn(text);
    return this;
  }

  TestClass annotatedWith(String descriptor) {
    writer.visitAnnotation(descriptor, true).visitEnd();
    return this;
  }

  TestClass field(String descriptor, String signature) {
    writer.visitField(0, "field", descriptor, signature, null).visitEnd();
    return this;
  }

  byte[] bytes() {
    method.visitInsn(Opcodes.RETURN);
    method.visitMaxs(1, 0);
    method.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }

  static byte[] moduleInfo(String module, String required, boolean toCompileOnly) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V9, Opcodes.ACC_MODULE, "module-info", null, null, null);
    ModuleVisitor visitor = writer.visitModule(module, 0, null);
    visitor.visitRequire("java.base", 0, null);
    visitor.visitRequire(required, toCompileOnly ? Opcodes.ACC_STATIC_PHASE : 0, null);
    visitor.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }
}
