package io.slimimage.application;

import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Decides whether one class has a main method.
 *
 * @see <a href="https://openjdk.org/jeps/512">JEP 512, instance main methods</a>
 */
final class MainMethodVisitor extends ClassVisitor {

  private static final int JAVA_25 = 69;
  private static final int PUBLIC_STATIC = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;

  private boolean java25;
  private boolean instantiable;
  private boolean kotlin;
  private boolean classicMain;
  private boolean syntheticMain;
  private boolean staticMain;
  private boolean instanceMain;
  private boolean constructor;

  MainMethodVisitor() {
    super(Opcodes.ASM9);
  }

  /**
   * Kotlin's {@code fun main()} and {@code suspend fun main()} are called by a synthetic method;
   * what else is synthetic is no main that anybody wrote.
   */
  boolean isMainClass() {
    return classicMain
        || kotlin && syntheticMain
        || java25 && (staticMain || instanceMain && instantiable && constructor);
  }

  @Override
  public void visit(
      int version, int access, String name, String signature, String superName, String[] types) {
    // The upper half holds the minor version.
    java25 = (version & 0xFFFF) >= JAVA_25;
    instantiable = (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE)) == 0;
  }

  @Override
  public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
    kotlin |= descriptor.equals("Lkotlin/Metadata;");
    return null;
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    boolean isPrivate = (access & Opcodes.ACC_PRIVATE) != 0;
    if (name.equals("<init>") && descriptor.equals("()V") && !isPrivate) {
      constructor = true;
    }
    if (name.equals("main") && !isPrivate) {
      visitMain(access, descriptor);
    }
    return null;
  }

  private void visitMain(int access, String descriptor) {
    boolean arguments = descriptor.equals("([Ljava/lang/String;)V");
    if (!arguments && !descriptor.equals("()V")) {
      return;
    }
    boolean classic = arguments && (access & PUBLIC_STATIC) == PUBLIC_STATIC;
    if ((access & Opcodes.ACC_SYNTHETIC) != 0) {
      syntheticMain |= classic;
    } else if ((access & Opcodes.ACC_STATIC) != 0) {
      classicMain |= classic;
      staticMain = true;
    } else if ((access & Opcodes.ACC_ABSTRACT) == 0) {
      instanceMain = true;
    }
  }
}
