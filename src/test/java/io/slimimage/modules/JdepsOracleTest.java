package io.slimimage.modules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.core.DockerClientConfig;
import io.slimimage.TestJars;
import io.slimimage.TestJdks;
import io.slimimage.blob.Blob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.maven.project.MavenProject;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;

/** What {@code jdeps} finds in real libraries, the scan has to find too. */
class JdepsOracleTest {

  private static final List<Class<?>> LIBRARIES =
      List.of(
          ObjectMapper.class,
          DockerClientConfig.class,
          Assertions.class,
          ZipFile.class,
          MavenProject.class,
          ClassReader.class);

  @TempDir private Path work;

  static Stream<Jdk> jdks() {
    return TestJdks.all().stream();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void findsInEachLibraryWhatJdepsFinds(Jdk jdk) throws Exception {
    List<Path> jars = new ArrayList<>();
    for (Class<?> library : LIBRARIES) {
      jars.add(withoutModuleInfo(jar(library)));
    }
    List<String> arguments = new ArrayList<>(List.of("-s"));
    jars.forEach(jar -> arguments.add(jar.toString()));
    Map<String, Set<String>> oracle = summary(jdeps(jdk, arguments));
    try (JdkImage image = new JdkImage(jdk)) {
      JdkModules modules = image.modules();
      JarScanner scanner = new JarScanner(jdk, modules, image, Rules.load());
      for (Path jar : jars) {
        String name = jar.getFileName().toString();
        Set<String> expected = oracle.get(name);
        expected.retainAll(modules.modules().keySet());
        assertThat(expected).as(name).contains("java.base");
        assertThat(scanner.scan(new ScannedJar(name, false, Blob.of(jar))).references().keySet())
            .as(name)
            .containsAll(expected);
      }
    }
    assertThat(oracle.values()).as("modules that jdeps finds").anyMatch(found -> found.size() > 3);
  }

  @Test
  void findsWhatJdepsDoesNotInAJarThatHoldsJars() throws Exception {
    byte[] main = TestClass.named("app/Main").refersTo("lib/A").bytes();
    byte[] library =
        TestJars.jar()
            .add("lib/A.class", TestClass.named("lib/A").refersTo("java/sql/Date").bytes())
            .bytes();
    Path fat =
        TestJars.jar()
            .manifest("Main-Class", "app.Main")
            .add("BOOT-INF/classes/app/Main.class", main)
            .addStored("BOOT-INF/lib/lib.jar", library)
            .write(work.resolve("fat.jar"));
    List<String> printed =
        jdeps(
            TestJdks.running(), List.of("--ignore-missing-deps", "--print-module-deps", "" + fat));
    assertThat(printed).as("jdeps on the jar as a whole").containsExactly("java.base");
    ModuleSet set =
        TestScan.in(work.resolve("cache"))
            .own(TestJars.jar().add("app/Main.class", main))
            .with(new ScannedJar("lib.jar", false, Blob.of(library)))
            .run();
    assertThat(set.names()).contains("java.sql");
  }

  private static Path jar(Class<?> library) throws Exception {
    return Path.of(library.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** Without its descriptor jdeps takes a jar for one of a class path, and reads it at all. */
  private Path withoutModuleInfo(Path jar) throws IOException {
    TestJars copy = TestJars.jar();
    try (JarFile file = new JarFile(jar.toFile(), false)) {
      for (var entry : file.stream().toList()) {
        if (!entry.getName().endsWith("module-info.class") && isRead(entry.getName())) {
          copy.addStored(entry.getName(), file.getInputStream(entry).readAllBytes());
        }
      }
    }
    return copy.write(work.resolve(jar.getFileName().toString()));
  }

  private static boolean isRead(String name) {
    return name.endsWith(".class") || name.equals("META-INF/MANIFEST.MF");
  }

  private static List<String> jdeps(Jdk jdk, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(jdk.home().resolve("bin/jdeps").toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    command.addAll(List.of("--multi-release", "" + jdk.feature()));
    command.addAll(arguments);
    Path out = Files.createTempFile("jdeps", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      assertThat(process.waitFor()).as(command + "\n" + Files.readString(out)).isZero();
      return Files.readAllLines(out, UTF_8);
    } finally {
      Files.delete(out);
    }
  }

  /** Reads lines such as {@code some.jar -> java.sql}. */
  private static Map<String, Set<String>> summary(List<String> lines) {
    Map<String, Set<String>> found = new TreeMap<>();
    for (String line : lines) {
      String[] sides = line.split(" -> ");
      if (sides.length == 2) {
        found.computeIfAbsent(sides[0].trim(), jar -> new TreeSet<>()).add(sides[1].trim());
      }
    }
    return found;
  }
}
