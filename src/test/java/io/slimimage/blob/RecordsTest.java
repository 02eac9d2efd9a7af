package io.slimimage.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest {

  private static final Digest KEY = Digest.sha256("key".getBytes(UTF_8));
  private static final Digest OTHER = Digest.sha256("other".getBytes(UTF_8));

  @TempDir Path directory;

  private Records records;
  private Path file;

  @BeforeEach
  void openRecords() {
    records = new Records(directory);
    file = directory.resolve("layer").resolve(KEY.hex().substring(0, 2)).resolve(KEY.hex());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "one line", "two\nlines\n", "\n", "ü 文 😀\r\n"})
  void findsWhatWasPut(String text) {
    records.put("layer", KEY, text);

    assertThat(new Records(directory).find("layer", KEY)).contains(text);
    assertThat(file).exists();
  }

  @Test
  void findsNothingElse() {
    records.put("layer", KEY, "text");

    assertThat(records.find("layer", OTHER)).isEmpty();
    assertThat(records.find("base-image", KEY)).isEmpty();
  }

  @Test
  void replacesARecord() throws IOException {
    records.put("layer", KEY, "a longer text");
    records.put("layer", KEY, "text");

    assertThat(records.find("layer", KEY)).contains("text");
    assertThat(Files.list(file.getParent())).containsExactly(file);
  }

  @Test
  void countsADamagedRecordAsNone() throws IOException {
    records.put("layer", KEY, "text\nof a record");
    byte[] sound = Files.readAllBytes(file);
    for (int i = 0; i < sound.length; i++) {
      byte[] damaged = sound.clone();
      damaged[i] ^= 1;
      Files.write(file, damaged);
      assertThat(records.find("layer", KEY)).as("byte %d flipped", i).isEmpty();
      Files.write(file, Arrays.copyOf(sound, i));
      assertThat(records.find("layer", KEY)).as("cut to %d bytes", i).isEmpty();
    }
    Files.write(file, Arrays.copyOf(sound, sound.length + 1));
    assertThat(records.find("layer", KEY)).isEmpty();
    records.put("layer", KEY, "healed");
    assertThat(records.find("layer", KEY)).contains("healed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "layer", "layer/2c"})
  void doesWithoutWhereNothingCanBeWritten(String obstacle) throws IOException {
    Path cache = directory.resolve("cache");
    Path inTheWay = cache.resolve(obstacle);
    Files.createDirectories(inTheWay.getParent());
    Files.writeString(inTheWay, "no directory");
    Records useless = new Records(cache);
    useless.put("layer", KEY, "text");
    useless.prune();

    assertThat(useless.find("layer", KEY)).isEmpty();
  }

  @Test
  void takesKindsOfLettersOnly() {
    assertThatThrownBy(() -> records.put("../etc", KEY, "text"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void forgetsWhatWasNotUsedForLong() throws IOException {
    records.put("layer", KEY, "text");
    records.put("layer", OTHER, "other");
    FileTimes.age(file, Duration.ofDays(59));
    Path unused = file.resolveSibling("../" + OTHER.hex().substring(0, 2) + "/" + OTHER.hex());
    FileTimes.age(unused, Duration.ofDays(61));
    Path left = Files.writeString(file.resolveSibling("x.1.partial"), "half");
    FileTimes.age(left, Duration.ofDays(2));
    records.prune();

    assertThat(file).exists();
    assertThat(unused).doesNotExist();
    assertThat(left).doesNotExist();
  }

  @Test
  void looksForUnusedOnesOnceADay() throws IOException {
    records.put("layer", KEY, "text");
    records.prune();
    FileTimes.age(file, Duration.ofDays(61));
    records.prune();
    assertThat(file).exists();

    FileTimes.age(directory.resolve(".pruned"), Duration.ofHours(25));
    records.prune();
    assertThat(file).doesNotExist();
  }

  @Test
  void marksUseOnceADay() throws IOException {
    records.put("layer", KEY, "text");
    FileTimes.age(file, Duration.ofHours(23));
    FileStamp before = FileStamp.of(file);
    records.find("layer", KEY);
    assertThat(FileStamp.of(file)).isEqualTo(before);

    FileTimes.age(file, Duration.ofDays(61));
    records.find("layer", KEY);
    records.prune();
    assertThat(file).exists();
  }
}
