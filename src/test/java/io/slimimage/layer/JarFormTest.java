package io.slimimage.layer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import io.slimimage.TestJars;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarFormTest {

  @TempDir Path temp;

  @Test
  void storesEveryEntryAndChangesNothingElse() throws IOException {
    Path original = sample().write(temp.resolve("lib.jar"));
    Path stored = store(original);
    try (JarFile before = new JarFile(original.toFile());
        JarFile after = new JarFile(stored.toFile())) {
      List<JarEntry> expected = before.stream().toList();
      List<JarEntry> actual = after.stream().toList();
      assertThat(actual).extracting(ZipEntry::getName).containsExactly(names(expected));
      for (int i = 0; i < expected.size(); i++) {
        assertThat(actual.get(i).getMethod()).isEqualTo(ZipEntry.STORED);
        assertThat(actual.get(i).getTimeLocal()).isEqualTo(expected.get(i).getTimeLocal());
        assertThat(actual.get(i).getExtra()).isEqualTo(expected.get(i).getExtra());
        assertThat(after.getInputStream(actual.get(i)).readAllBytes())
            .isEqualTo(before.getInputStream(expected.get(i)).readAllBytes());
      }
    }
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(stored))) {
      assertThat(in.getNextEntry().getName()).isEqualTo("META-INF/MANIFEST.MF");
    }
  }

  /** The digest was computed on JDK 17 and holds on JDK 25: no library's deflater is involved. */
  @Test
  void writesTheSameBytesOnEveryJdk() throws IOException {
    byte[] jar =
        TestJars.jar()
            .at(LocalDateTime.of(2020, 1, 1, 12, 0, 0))
            .add("a/ü.txt", "text".repeat(1000))
            .add("b", "b")
            .bytes();
    assertThat(Digest.sha256(JarForm.STORED.apply("x.jar", Blob.of(jar)))).hasToString(GOLDEN);
  }

  private static final String GOLDEN =
      "sha256:b30369eadabd33742df9772c3a5279a935da28c31889a580b83ec900cf52b210";

  @Test
  void storesTheSameAgain() throws IOException {
    Path stored = store(sample().write(temp.resolve("lib.jar")));
    Blob again = JarForm.STORED.apply("lib.jar", Blob.of(stored));
    assertThat(again.open()).hasBinaryContent(Files.readAllBytes(stored));
  }

  @Test
  void keepsDuplicatesSoThatTheJdkStillFindsTheSame() throws IOException {
    byte[] bytes = TestJars.jar().add("a1", "first").add("a2", "second").bytes();
    byte[] twice = new String(bytes, ISO_8859_1).replace("a2", "a1").getBytes(ISO_8859_1);
    Path original = Files.write(temp.resolve("twice.jar"), twice);
    try (JarFile before = new JarFile(original.toFile());
        JarFile after = new JarFile(store(original).toFile())) {
      assertThat(after.size()).isEqualTo(2);
      assertThat(after.getInputStream(after.getEntry("a1")))
          .hasSameContentAs(before.getInputStream(before.getEntry("a1")));
    }
  }

  @Test
  void keepsSignaturesValid() throws IOException {
    Path jar = sample().write(temp.resolve("signed.jar"));
    Path keys = temp.resolve("keys.p12");
    run(
        "keytool",
        "-genkeypair",
        "-alias",
        "k",
        "-keyalg",
        "EC",
        "-dname",
        "CN=test",
        "-storetype",
        "PKCS12",
        "-keystore",
        keys.toString(),
        "-storepass",
        "secret",
        "-validity",
        "99");
    run("jarsigner", "-keystore", keys.toString(), "-storepass", "secret", jar.toString(), "k");
    Path stored = store(jar);
    assertThat(run("jarsigner", "-verify", stored.toString())).contains("jar verified");
    try (JarFile file = new JarFile(stored.toFile(), true)) {
      JarEntry entry = file.getJarEntry("com/acme/text.txt");
      file.getInputStream(entry).readAllBytes();
      assertThat(entry.getCodeSigners()).hasSize(1);
    }
  }

  @Test
  void leavesOtherFilesAndTheOriginalFormAlone() {
    Blob bytes = Blob.of(new byte[] {1, 2, 3});
    assertThat(JarForm.STORED.apply("native.so", bytes)).isSameAs(bytes);
    assertThat(JarForm.ORIGINAL.apply("broken.jar", bytes)).isSameAs(bytes);
  }

  @Test
  void namesTheJarThatIsEncrypted() {
    byte[] jar = TestJars.jar().add("secret.txt", "x").bytes();
    int central = new String(jar, ISO_8859_1).indexOf("PK\1\2");
    jar[central + 8] |= 1;
    assertThatThrownBy(() -> JarForm.STORED.apply("locked-1.jar", Blob.of(jar)).size())
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("[locked-1.jar]")
        .hasMessageContaining("[secret.txt] is encrypted");
  }

  @Test
  void namesTheJarWhoseContentsAreDamaged() throws IOException {
    byte[] jar = sample().bytes();
    int data = new String(jar, ISO_8859_1).indexOf("com/acme/text.txt") + 40;
    jar[data] ^= 0x55;
    Blob stored = JarForm.STORED.apply("bad-1.jar", Blob.of(jar));
    assertThatThrownBy(
            () -> {
              try (InputStream in = stored.open()) {
                in.readAllBytes();
              }
            })
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("[bad-1.jar]")
        .hasMessageContaining("com/acme/text.txt");
  }

  private static TestJars sample() {
    return TestJars.jar()
        .manifest("Implementation-Title", "sample")
        .directory("com/")
        .add("com/acme/text.txt", "some text that is packed well ".repeat(99))
        .add("empty", "")
        .addStored("inner.jar", TestJars.jar().add("deflated", "d".repeat(500)).bytes())
        .add("a/ümlaut.txt", "ä");
  }

  private Path store(Path original) throws IOException {
    String name = original.getFileName().toString();
    Blob blob = JarForm.STORED.apply(name, Blob.of(original));
    Path stored = temp.resolve("stored-" + name);
    try (InputStream in = blob.open()) {
      assertThat(Files.copy(in, stored)).isEqualTo(blob.size());
    }
    return stored;
  }

  private static String[] names(List<JarEntry> entries) {
    List<String> names = new ArrayList<>();
    entries.forEach(entry -> names.add(entry.getName()));
    return names.toArray(String[]::new);
  }

  private static String run(String tool, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
    assertThat(process.onExit().join().exitValue()).as(output).isZero();
    return output;
  }
}
