package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.image.ImageConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageDirectoriesTest {

  private static Map<String, String> directories(boolean onScratch, String... namesAndValues) {
    Problems problems = new Problems();
    ImageConfig config =
        new ContainerReader(GivenParameters.of(namesAndValues).container(), problems)
            .read(List.of("java"), Map.of(), Map.of());
    problems.throwIfAny();
    return ImageDirectories.of(config, onScratch);
  }

  @Test
  void anOrdinaryUserHasAHome() {
    assertThat(directories(true)).containsOnly(Map.entry("home/nonroot", "1777"));
    assertThat(directories(false, "container.user", "root")).isEmpty();
  }

  @Test
  void theUserCanWriteWhereTheApplicationStartsAndToVolumes() {
    assertThat(
            directories(
                false,
                "container.user",
                "app",
                "container.workingDirectory",
                "/work/",
                "container.volumes",
                "/data,/var//lib/shop"))
        .containsOnly(
            Map.entry("data", "1777"),
            Map.entry("var/lib/shop", "1777"),
            Map.entry("work", "1777"));
  }

  @Test
  void whatTheBaseImageHasStaysAsItIs() {
    String[] given = {
      "container.user", "0", "container.workingDirectory", "/srv", "container.volumes", "/tmp,/opt"
    };

    assertThat(directories(false, given)).isEmpty();
    assertThat(directories(true, given)).containsOnlyKeys("opt", "srv");
  }
}
