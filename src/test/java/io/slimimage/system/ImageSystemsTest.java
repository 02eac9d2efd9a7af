package io.slimimage.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.BuildLog;
import io.slimimage.system.BaseSystem.Libc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSystemsTest {

  private static final String ID = "sha256:" + "a".repeat(64);
  private static final ImageSystem FOUND =
      new ImageSystem(
          new BaseSystem(
              "",
              Libc.GLIBC,
              "2.36",
              new TreeSet<>(List.of("usr/lib/libz.so.1", "etc/passwd")),
              Map.of("lib", "usr/lib")),
          true,
          new TreeMap<>(Map.of("usr/bin/java", new JavaProgram("opt/jre/bin/java", 17, "X"))));

  private static final BuildLog SILENT =
      new BuildLog() {
        @Override
        public void info(String message) {
          // Nobody reads it.
        }

        @Override
        public void warn(String message) {
          throw new AssertionError(message);
        }

        @Override
        public void debug(String message) {
          // Nobody reads it.
        }

        @Override
        public boolean isDebugEnabled() {
          return false;
        }
      };

  @TempDir Path temp;
  private final AtomicInteger reads = new AtomicInteger();

  @Test
  void looksIntoAnImageOnce() throws IOException {
    assertThat(find(ID)).isEqualTo(FOUND);
    assertThat(find(ID)).isEqualTo(FOUND);

    assertThat(reads).hasValue(1);
    assertThat(files()).hasSize(1);
  }

  @Test
  void looksIntoEachImage() {
    find(ID);
    find("sha256:" + "b".repeat(64));

    assertThat(reads).hasValue(2);
  }

  @Test
  void forgetsWhatWasNotUsedForLong() throws IOException {
    String used = "sha256:" + "b".repeat(64);
    find(ID);
    find(used);
    for (Path file : files()) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(61))));
    }
    find(used);

    find("sha256:" + "c".repeat(64));

    assertThat(files()).hasSize(2).noneMatch(file -> file.toString().contains("aaa"));
    find(used);
    assertThat(reads).hasValue(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}", "null", "[]", "{\"base\":null,\"java\":{}}", "text"})
  void looksAgainWhereTheFileIsDamaged(String content) throws IOException {
    find(ID);
    Files.writeString(files().get(0), content);

    assertThat(find(ID)).isEqualTo(FOUND);
    assertThat(find(ID)).isEqualTo(FOUND);
    assertThat(reads).hasValue(2);
  }

  @Test
  void looksAgainWhereTheFileHasLostItsEnd() throws IOException {
    find(ID);
    String whole = Files.readString(files().get(0));

    for (int length = 0; length < whole.length(); length++) {
      Files.writeString(files().get(0), whole.substring(0, length));
      assertThat(find(ID)).isEqualTo(FOUND);
    }
    assertThat(reads).hasValue(whole.length() + 1);
  }

  @Test
  void doesWithoutADirectoryThatCannotBeMade() throws IOException {
    Files.writeString(temp.resolve("systems"), "a file is in the way");

    assertThat(find(ID)).isEqualTo(FOUND);
  }

  private ImageSystem find(String id) {
    return new ImageSystems(temp.resolve("systems"), SILENT)
        .find(
            id,
            () -> {
              reads.incrementAndGet();
              return FOUND;
            });
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(temp.resolve("systems"))) {
      return files.toList();
    }
  }
}
