package io.slimimage.modules;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.TestJdks;
import io.slimimage.blob.Digest;
import io.slimimage.blob.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads a JDK of a few words, except where it says otherwise. */
class JdkContentTest {

  @TempDir private Path directory;
  private Path home;
  private Path memo;

  @BeforeEach
  void makeJdk() throws IOException {
    home = directory.resolve("jdk");
    memo = directory.resolve("memo");
    for (String file :
        new String[] {
          "release", "bin/jlink", "conf/net.properties", "lib/modules", "lib/security/cacerts"
        }) {
      Files.createDirectories(home.resolve(file).getParent());
      Files.writeString(home.resolve(file), file);
    }
  }

  @Test
  void isTheSameWhereverAndWheneverTheJdkWasInstalled() throws IOException {
    Digest before = digest();
    home = Files.move(home, directory.resolve("installed anew"));
    Files.setLastModifiedTime(home.resolve("lib/modules"), FileTime.from(Instant.EPOCH));
    assertThat(digest()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"release", "bin/jlink", "conf/net.properties", "lib/modules"})
  void isAnotherWhereAFileIs(String file) throws IOException {
    Digest before = digest();
    append(file);
    assertThat(digest()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lib/src.zip", "lib/server/classes.jsa", "lib/security/cacerts"})
  void isTheSameWithFilesThatAreNotLinked(String file) throws IOException {
    Digest before = digest();
    append(file);
    assertThat(digest()).isEqualTo(before);
  }

  @Test
  void isThatOfTheJmodsWhereThereAreSome() throws IOException {
    append("jmods/java.base.jmod");
    Digest before = digest();
    append("conf/net.properties");
    assertThat(digest()).isEqualTo(before);
    append("jmods/java.base.jmod");
    assertThat(digest()).isNotEqualTo(before);
  }

  @Test
  void isNotReadAgainWhileSizesAndTimesStay() throws IOException {
    Path modules = home.resolve("lib/modules");
    FileTime time = Files.getLastModifiedTime(modules);
    Digest before = digest();
    Files.writeString(modules, "LIB/MODULES");
    Files.setLastModifiedTime(modules, time);
    assertThat(digest()).as("known").isEqualTo(before);
    memo = directory.resolve("none");
    assertThat(digest()).as("read").isNotEqualTo(before);
  }

  @Test
  void isReadAgainWhereTheMemoIsDamaged() throws IOException {
    Digest before = digest();
    try (Stream<Path> files = Files.walk(memo)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.writeString(file, "sha256:1234");
      }
    }
    assertThat(digest()).isEqualTo(before);
  }

  @Test
  void differsBetweenRealJdks() {
    Records records = new Records(memo);
    assertThat(JdkContent.digest(TestJdks.running(), records))
        .isNotEqualTo(JdkContent.digest(TestJdks.other(), records));
  }

  private void append(String file) throws IOException {
    Files.createDirectories(home.resolve(file).getParent());
    Files.writeString(
        home.resolve(file), "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private Digest digest() {
    return JdkContent.digest(new Jdk(home, 17, Map.of()), new Records(memo));
  }
}
