package io.slimimage.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import io.slimimage.TestJars;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagedJarTest {

  private static final byte[] LIBRARY = TestJars.jar().manifest().add("x", "library").bytes();

  @TempDir Path temp;

  @Test
  void presentsAPlainJarAsItIs() throws IOException {
    Path file =
        TestJars.jar()
            .manifest("Main-Class", "com.acme.Main")
            .directory("com/")
            .add("com/A.txt", "a")
            .add("META-INF/versions/21/com/A.txt", "b")
            .add("META-INF/services/S", "s")
            .write(temp.resolve("app.jar"));
    PackagedJar jar = PackagedJar.open(file);
    assertThat(jar.mainClass()).contains("com.acme.Main");
    assertThat(jar.libraries()).isEmpty();
    assertThat(jar.hasLibraries()).isFalse();
    assertThat(jar.entries())
        .extracting(PackagedJar.Entry::name)
        .containsExactly(
            "com/", "com/A.txt", "META-INF/versions/21/com/A.txt", "META-INF/services/S");
    assertThat(jar.entries().get(0).directory()).isTrue();
    assertThat(jar.entries().get(1).content().open()).hasContent("a");
  }

  @Test
  void presentsABootJarWithoutItsLauncher() throws IOException {
    PackagedJar jar = PackagedJar.open(boot(true).write(temp.resolve("boot.jar")));
    assertThat(jar.mainClass()).contains("com.acme.Main");
    assertThat(jar.entries())
        .extracting(PackagedJar.Entry::name)
        .containsExactly(
            "META-INF/",
            "META-INF/maven/g/a/pom.properties",
            "com/",
            "com/Main.class",
            "META-INF/services/com.acme.Service",
            "META-INF/spring.factories");
    assertThat(jar.entries().get(4).content().open()).hasContent("own");
  }

  @Test
  void ordersLibrariesAsTheIndexSays() throws IOException {
    PackagedJar jar = PackagedJar.open(boot(true).write(temp.resolve("boot.jar")));
    assertThat(jar.libraries())
        .extracting(PackagedJar.NestedJar::fileName)
        .containsExactly("b-2.jar", "a-1.jar", "unlisted.jar");
    assertThat(jar.libraries())
        .allSatisfy(library -> assertThat(library.content().open()).hasBinaryContent(LIBRARY));
  }

  @Test
  void keepsTheJarsOrderWithoutAnIndex() {
    PackagedJar jar = PackagedJar.open(boot(false).write(temp.resolve("boot.jar")));
    assertThat(jar.libraries())
        .extracting(PackagedJar.NestedJar::fileName)
        .containsExactly("a-1.jar", "b-2.jar", "unlisted.jar");
  }

  @Test
  void opensAJarBehindALaunchScript() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("#!/bin/sh\nexec java -jar $0\n".getBytes(UTF_8));
    out.writeBytes(boot(true).bytes());
    Path file = Files.write(temp.resolve("boot.jar"), out.toByteArray());
    PackagedJar jar = PackagedJar.open(file);
    assertThat(jar.libraries()).hasSize(3);
    assertThat(jar.libraries().get(0).content().open()).hasBinaryContent(LIBRARY);
  }

  @Test
  void readsDuplicatesAsTheJdkDoes() throws IOException {
    byte[] bytes = TestJars.jar().add("a1", "first").add("a2", "second").bytes();
    String raw = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    byte[] twice = raw.replace("a2", "a1").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    Path file = Files.write(temp.resolve("twice.jar"), twice);
    PackagedJar jar = PackagedJar.open(file);
    assertThat(jar.entries()).hasSize(1);
    try (JarFile jdk = new JarFile(file.toFile())) {
      byte[] expected = jdk.getInputStream(jdk.getEntry("a1")).readAllBytes();
      assertThat(jar.entries().get(0).content().open()).hasBinaryContent(expected);
    }
  }

  @Test
  void saysThatWarsAreNotSupported() {
    Path boot =
        TestJars.jar()
            .manifest("Spring-Boot-Classes", "WEB-INF/classes/")
            .write(temp.resolve("x.jar"));
    Path plain = TestJars.jar().manifest().write(temp.resolve("x.war"));
    for (Path file : List.of(boot, plain)) {
      assertThatThrownBy(() -> PackagedJar.open(file))
          .isInstanceOf(SlimImageException.class)
          .hasMessageContaining("not supported yet")
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void namesTheFileThatIsMissingOrCorrupt() throws IOException {
    assertCannotOpen(temp.resolve("absent.jar"), "does not exist");
    assertCannotOpen(Files.write(temp.resolve("empty.jar"), new byte[0]), "cannot be read");
    assertCannotOpen(Files.write(temp.resolve("text.jar"), new byte[5000]), "cannot be read");
    byte[] jar = boot(true).bytes();
    byte[] half = Arrays.copyOf(jar, jar.length / 2);
    assertCannotOpen(Files.write(temp.resolve("half.jar"), half), "cannot be read");
    byte[] beheaded = Arrays.copyOfRange(jar, 400, jar.length);
    assertCannotOpen(Files.write(temp.resolve("tail.jar"), beheaded), "cannot be read");
  }

  private static void assertCannotOpen(Path file, String reason) {
    assertThatThrownBy(() -> PackagedJar.open(file))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(reason);
  }

  private static TestJars boot(boolean indexed) {
    TestJars jar =
        TestJars.jar()
            .manifest(
                "Main-Class", "org.springframework.boot.loader.launch.JarLauncher",
                "Start-Class", "com.acme.Main",
                "Spring-Boot-Version", "3.5.7",
                "Spring-Boot-Classes", "BOOT-INF/classes/",
                "Spring-Boot-Lib", "BOOT-INF/lib/")
            .directory("META-INF/")
            .add("META-INF/services/java.nio.file.spi.FileSystemProvider", "loader's")
            .add("META-INF/maven/g/a/pom.properties", "version=1")
            .add("org/springframework/boot/loader/launch/JarLauncher.class", "loader")
            .directory("BOOT-INF/")
            .directory("BOOT-INF/classes/")
            .directory("BOOT-INF/classes/com/")
            .add("BOOT-INF/classes/com/Main.class", "main")
            .add("BOOT-INF/classes/META-INF/services/com.acme.Service", "own")
            .add("META-INF/spring.factories", "f")
            .directory("BOOT-INF/lib/")
            .addStored("BOOT-INF/lib/a-1.jar", LIBRARY)
            .addStored("BOOT-INF/lib/b-2.jar", LIBRARY)
            .add("BOOT-INF/lib/unlisted.jar", LIBRARY)
            .addStored("BOOT-INF/lib/spring-boot-jarmode-tools-3.5.7.jar", LIBRARY)
            .add("BOOT-INF/layers.idx", "- \"dependencies\":\n");
    return indexed
        ? jar.add(
            "BOOT-INF/classpath.idx", "- \"BOOT-INF/lib/b-2.jar\"\r\n- \"BOOT-INF/lib/a-1.jar\"\n")
        : jar;
  }
}
