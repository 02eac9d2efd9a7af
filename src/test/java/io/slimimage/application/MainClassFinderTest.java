package io.slimimage.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.TestJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

class MainClassFinderTest {

  private static final String ARGS = "([Ljava/lang/String;)V";

  @TempDir Path temp;
  private Path classes;

  @BeforeEach
  void createDirectory() {
    classes = temp.resolve("classes");
  }

  @Test
  void findsOuterNestedVarargsAndInterfaceMains() throws IOException {
    write(
        TestJars.compile(
            temp,
            "A.java",
            """
            package p;
            class A {
              public static void main(String... args) { Runnable r = new Runnable() { public void run() {} }; }
              static class Nested { public static final void main(String[] args) {} }
              interface Api { static void main(String[] args) {} }
              static class Wrong {
                static void main(String[] args) {}
                public void main(String[] args, int i) {}
                public static int main(String arg) { return 0; }
              }
              static class Private { private static void main(String[] args) {} }
              static class Instance { public void main(String[] args) {} }
            }
            """));
    assertThat(MainClassFinder.find(classes).mainClasses())
        .containsExactly("p.A", "p.A$Api", "p.A$Nested");
  }

  @Test
  void findsTheSameInAJar() throws IOException {
    Map<String, byte[]> files =
        TestJars.compile(
            temp, "B.java", "public class B { public static void main(String[] args) {} }");
    Path jar =
        TestJars.jar()
            .manifest()
            .addAll(files)
            .add("META-INF/versions/21/Other.class", "ignored")
            .add("notes.txt", "x")
            .write(temp.resolve("b.jar"));
    assertThat(MainClassFinder.find(jar))
        .isEqualTo(new MainClassFinder.Result(java.util.List.of("B"), java.util.List.of()));
  }

  @Test
  void countsSyntheticMainsOfKotlinOnly() throws IOException {
    int synthetic = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
    write(Map.of("AppKt.class", type("AppKt", Opcodes.V1_8, true, synthetic, ARGS, true)));
    write(Map.of("Odd.class", type("Odd", Opcodes.V1_8, false, synthetic, ARGS, true)));
    assertThat(MainClassFinder.find(classes).mainClasses()).containsExactly("AppKt");
  }

  @Test
  void findsInstanceMainsFromJava25On() throws IOException {
    int v25 = Opcodes.V25;
    write(Map.of("Instance.class", type("Instance", v25, false, 0, "()V", true)));
    write(Map.of("Args.class", type("Args", v25, false, Opcodes.ACC_PROTECTED, ARGS, true)));
    write(Map.of("Static.class", type("Static", v25, false, Opcodes.ACC_STATIC, "()V", false)));
    write(Map.of("Private.class", type("Private", v25, false, Opcodes.ACC_PRIVATE, "()V", true)));
    write(Map.of("NoInit.class", type("NoInit", v25, false, 0, "()V", false)));
    write(Map.of("Java24.class", type("Java24", Opcodes.V24, false, 0, "()V", true)));
    assertThat(MainClassFinder.find(classes).mainClasses())
        .containsExactly("Args", "Instance", "Static");
  }

  @Test
  void namesClassFilesThatItCannotRead() throws IOException {
    byte[] good =
        type("Good", Opcodes.V17, false, Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, ARGS, true);
    byte[] newer = good.clone();
    newer[7] = (byte) 200;
    write(Map.of("Good.class", good, "x/Newer.class", newer, "x/Cut.class", new byte[] {1, 2}));
    write(Map.of("Empty.class", new byte[0], "Text.class", "not a class at all".getBytes()));
    byte[] half = java.util.Arrays.copyOf(good, good.length / 2);
    write(Map.of("Half.class", half));
    assertThat(MainClassFinder.find(classes).mainClasses()).containsExactly("Good");
    assertThat(MainClassFinder.find(classes).unreadable())
        .containsExactly("Empty.class", "Half.class", "Text.class", "x/Cut.class", "x/Newer.class");
  }

  @Test
  void findsNothingWhereThereIsNothing() {
    assertThat(MainClassFinder.find(temp.resolve("absent")).mainClasses()).isEmpty();
  }

  private void write(Map<String, byte[]> files) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = classes.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }

  private static byte[] type(
      String name, int version, boolean kotlin, int access, String descriptor, boolean init) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(version, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
    if (kotlin) {
      writer.visitAnnotation("Lkotlin/Metadata;", true).visitEnd();
    }
    if (init) {
      method(writer, 0, "<init>", "()V");
    }
    method(writer, access, "main", descriptor);
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static void method(ClassWriter writer, int access, String name, String descriptor) {
    var method = writer.visitMethod(access, name, descriptor, null, null);
    method.visitCode();
    method.visitInsn(Opcodes.RETURN);
    method.visitMaxs(1, 2);
    method.visitEnd();
  }
}
