package io.slimimage.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.TestJars;
import io.slimimage.application.PackagedJar;
import io.slimimage.blob.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TimeZone;
import java.util.jar.Attributes;
import java.util.jar.Attributes.Name;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThinJarTest {

  private static final Instant TIME = Instant.parse("2024-06-30T23:30:01Z");

  @TempDir Path temp;

  @Test
  void startsWithLibrariesWhoseNamesNeedEncoding() throws IOException {
    String library = "b c+ü%#-1.jar";
    TestJars.jar()
        .addAll(
            TestJars.compile(
                temp, "L.java", "public class L { public static String s() { return \"hi\"; } }"))
        .write(temp.resolve("app/lib").resolve(library));
    String source =
        """
        public class M {
          public static void main(String[] args) throws Exception {
            System.out.print(Class.forName("L").getMethod("s").invoke(null));
          }
        }
        """;
    Path packaged =
        TestJars.jar()
            .manifest()
            .addAll(TestJars.compile(temp, "M.java", source))
            .write(temp.resolve("m.jar"));
    Path thin = write(thin(packaged, "M", "lib/other.jar", "lib/" + library), "app/m.jar");
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dsun.jnu.encoding=UTF-8",
                "-jar",
                thin.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(new String(java.getInputStream().readAllBytes(), UTF_8)).isEqualTo("hi");
  }

  @Test
  void sortsEntriesBehindTheManifestAndGivesThemOneTimeInUtc() throws IOException {
    Path packaged =
        TestJars.jar()
            .directory("z/")
            .add("z/b", "1")
            .directory("META-INF/")
            .manifest("Main-Class", "X")
            .add("a", "2")
            .write(temp.resolve("p.jar"));
    try (JarFile jar = new JarFile(write(thin(packaged, "M"), "t.jar").toFile())) {
      assertThat(jar.stream().map(ZipEntry::getName))
          .containsExactly("META-INF/MANIFEST.MF", "META-INF/", "a", "z/", "z/b");
      assertThat(jar.stream())
          .allSatisfy(
              entry -> {
                assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
                assertThat(entry.getTimeLocal()).isEqualTo("2024-06-30T23:30:00");
              });
    }
  }

  @Test
  void keepsOnlyThoseManifestAttributesThatDoNotDependOnTheBuild() throws IOException {
    Manifest original = new Manifest();
    Attributes main = original.getMainAttributes();
    main.put(Name.MANIFEST_VERSION, "1.0");
    for (String dropped :
        List.of(
            "Build-Jdk",
            "Build-Jdk-Spec",
            "Built-By",
            "Created-By",
            "Build-Time",
            "Bnd-LastModified",
            "Start-Class",
            "Spring-Boot-Classes",
            "Spring-Boot-Lib",
            "Spring-Boot-Classpath-Index",
            "Spring-Boot-Layers-Index",
            "SHA-256-Digest-Manifest")) {
      main.putValue(dropped, dropped.equals("Spring-Boot-Classes") ? "BOOT-INF/classes/" : "x");
    }
    main.putValue("Class-Path", "old.jar");
    main.putValue("Multi-Release", "true");
    main.putValue("Add-Opens", "java.base/java.lang");
    main.putValue("Spring-Boot-Version", "3.5.7");
    main.putValue("Implementation-Title", "日本語 ".repeat(40) + "end");
    original.getEntries().put("b/", attributes("Sealed", "true"));
    original.getEntries().put("a/", attributes("SHA-256-Digest", "xyz"));
    original.getEntries().put("Z/", attributes("Specification-Title", "z"));
    Path packaged = TestJars.jar().manifest(original).write(temp.resolve("p.jar"));
    try (JarFile jar =
        new JarFile(write(thin(packaged, "com.acme.M", "lib/a.jar"), "t.jar").toFile())) {
      Manifest thin = jar.getManifest();
      assertThat(thin.getMainAttributes().keySet())
          .extracting(Object::toString)
          .containsExactly(
              "Manifest-Version",
              "Add-Opens",
              "Class-Path",
              "Implementation-Title",
              "Main-Class",
              "Multi-Release",
              "Spring-Boot-Version");
      assertThat(thin.getMainAttributes().getValue("Implementation-Title"))
          .isEqualTo(main.getValue("Implementation-Title"));
      assertThat(thin.getMainAttributes().getValue("Class-Path")).isEqualTo("lib/a.jar");
      assertThat(thin.getMainAttributes().getValue("Main-Class")).isEqualTo("com.acme.M");
      assertThat(thin.getEntries()).containsOnlyKeys("b/", "Z/");
      byte[] raw = jar.getInputStream(jar.getEntry(JarFile.MANIFEST_NAME)).readAllBytes();
      assertThat(new String(raw, UTF_8).split("\r\n"))
          .allSatisfy(line -> assertThat(line.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(72));
    }
  }

  @Test
  void dropsIndexSignaturesAndTheDateOfTheBuild() throws IOException {
    Path packaged =
        TestJars.jar()
            .manifest()
            .add("META-INF/INDEX.LIST", "x")
            .add("META-INF/KEY.SF", "x")
            .add("META-INF/key.rsa", "x")
            .add("META-INF/KEY.EC", "x")
            .add("META-INF/SIG-OLD", "x")
            .add("META-INF/other/KEY.SF", "kept")
            .add(
                "META-INF/maven/g/a/pom.properties",
                "#Generated by Maven\r\n#Tue Nov 24\r\nversion=1\r\ngroupId=g\r\nartifactId=a\r\n")
            .write(temp.resolve("p.jar"));
    try (JarFile jar = new JarFile(write(thin(packaged, "M"), "t.jar").toFile())) {
      assertThat(jar.stream().map(ZipEntry::getName))
          .containsExactly(
              "META-INF/MANIFEST.MF", "META-INF/maven/g/a/pom.properties", "META-INF/other/KEY.SF");
      assertThat(jar.getInputStream(jar.getEntry("META-INF/maven/g/a/pom.properties")))
          .hasBinaryContent("artifactId=a\ngroupId=g\nversion=1\n".getBytes(UTF_8));
    }
  }

  @Test
  void writesPropertiesAsJavaDoes() throws IOException {
    String name = "META-INF/maven/g/a/pom.properties";
    Path packaged =
        TestJars.jar()
            .manifest()
            .add(name, "#Tue Nov 24\nversion = 1\\u00e4:2\ngroupId:a.b-c\nx=1\nx=\na\\==b\n")
            .write(temp.resolve("p.jar"));
    try (JarFile jar = new JarFile(write(thin(packaged, "M"), "t.jar").toFile())) {
      assertThat(jar.getInputStream(jar.getEntry(name)))
          .hasBinaryContent("a\\==b\ngroupId=a.b-c\nversion=1\\u00E4\\:2\nx=\n".getBytes(UTF_8));
    }
  }

  @Test
  void dependsNeitherOnOrderAndTimesOfTheInputNorOnTheTimeZone() throws IOException {
    Path one =
        TestJars.jar()
            .manifest("B", "1", "A", "2")
            .add("x", "x")
            .add("y", "y")
            .write(temp.resolve("1.jar"));
    TimeZone before = TimeZone.getDefault();
    byte[] first = bytes(thin(one, "M"));
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
      Path other =
          TestJars.jar()
              .at(java.time.LocalDateTime.of(2001, 1, 1, 0, 0))
              .add("y", "y")
              .add("x", "x")
              .manifest("A", "2", "Built-By", "me", "B", "1")
              .write(temp.resolve("2.jar"));
      assertThat(bytes(thin(other, "M"))).isEqualTo(first);
    } finally {
      TimeZone.setDefault(before);
    }
  }

  private static Attributes attributes(String name, String value) {
    Attributes attributes = new Attributes();
    attributes.putValue(name, value);
    return attributes;
  }

  private static Blob thin(Path packaged, String mainClass, String... libraries) {
    return ThinJar.of(PackagedJar.open(packaged), mainClass, List.of(libraries), TIME);
  }

  private Path write(Blob blob, String name) throws IOException {
    Path file = temp.resolve("out").resolve(name);
    if (name.startsWith("app/")) {
      file = temp.resolve(name);
    }
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes(blob));
  }

  private static byte[] bytes(Blob blob) throws IOException {
    try (InputStream in = blob.open()) {
      return in.readAllBytes();
    }
  }
}
