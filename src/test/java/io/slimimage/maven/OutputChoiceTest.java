package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.ConfigurationException;
import io.slimimage.blob.Compression;
import io.slimimage.maven.OutputChoice.Load;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputChoiceTest {

  @Test
  void withoutParametersTheArchiveDependsOnTheRest() {
    OutputChoice choice = choose();
    assertThat(choice.tar()).isEmpty();
    assertThat(choice.load()).isEqualTo(Load.NEVER);
    assertThat(choice.compression()).isEqualTo(Compression.GZIP);
    assertThat(choice.cacheSize()).isEqualTo(5_000_000_000L);
  }

  @ParameterizedTest
  @CsvSource({
    "true, ALWAYS",
    "'', ALWAYS",
    "FALSE, NEVER",
    "auto, WHERE_POSSIBLE",
    "Auto, WHERE_POSSIBLE"
  })
  void loadsAsTold(String value, Load load) {
    assertThat(choose("load", value).load()).isEqualTo(load);
  }

  @Test
  void writesTheArchiveWhereNothingElseHasTheImage() {
    assertThat(choose().archived(false)).isTrue();
    assertThat(choose().archived(true)).as("loaded").isFalse();
    assertThat(choose("push", "true").archived(false)).as("pushed").isFalse();
    assertThat(choose("push", "true", "tar", "true").archived(true)).as("wanted").isTrue();
    assertThat(choose("tar", "false").archived(false)).as("not wanted").isFalse();
  }

  @Test
  void writesTheArchiveAsTold() {
    assertThat(choose("tar", "true").tar()).contains(true);
    assertThat(choose("tar", "false").tar()).contains(false);
  }

  @ParameterizedTest
  @CsvSource({"gzip, GZIP", "zstd, ZSTD", "none, NONE"})
  void compressesAsTold(String value, Compression compression) {
    assertThat(choose("compression", value).compression()).isEqualTo(compression);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "123456, 123456", "7k, 7000", "20G, 20000000000", "3T, 3000000000000"})
  void countsByPowersOfAThousand(String value, long bytes) {
    assertThat(choose("cacheSize", value).cacheSize()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "5 GB", "1.5G", "G", "1234567"})
  void refusesOtherSizes(String value) {
    assertThatThrownBy(() -> choose("cacheSize", value))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'slimimage.cacheSize' [" + value + "] must be a number of bytes");
  }

  @Test
  void refusesOtherWords() {
    assertThatThrownBy(() -> choose("load", "perhaps", "tar", "yes"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'slimimage.load' [perhaps] must be one of true, false, auto")
        .hasMessageContaining("'slimimage.tar' [yes] must be 'true' or 'false'");
  }

  private static OutputChoice choose(String... namesAndValues) {
    Problems problems = new Problems();
    OutputChoice choice = OutputChoice.of(GivenParameters.of(namesAndValues).output(), problems);
    problems.throwIfAny();
    return choice;
  }
}
