package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HostRuntimeTest {

  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

  @Test
  void keepsItsCacheWhereTheUserHasCaches() {
    assertThat(HostRuntime.cache("/caches", "/home/me", "/other"))
        .isEqualTo(Path.of("/caches/slimimage"));
    assertThat(HostRuntime.cache(null, "/home/me", "/other"))
        .isEqualTo(Path.of("/home/me/.cache/slimimage"));
    assertThat(HostRuntime.cache("", "/home/me", null))
        .isEqualTo(Path.of("/home/me/.cache/slimimage"));
    assertThat(HostRuntime.cache("caches", "/home/me", null))
        .isEqualTo(Path.of("/home/me/.cache/slimimage"));
  }

  @Test
  void aUserWithoutAHomeGetsNoDirectoryInTheProject() {
    assertThat(HostRuntime.cache(null, "?", "/home/env"))
        .isEqualTo(Path.of("/home/env/.cache/slimimage"));
    assertThat(HostRuntime.cache(null, "?", null)).isEqualTo(TEMPORARY.resolve("slimimage"));
    assertThat(HostRuntime.cache(null, "", "")).isEqualTo(TEMPORARY.resolve("slimimage"));
  }

  @Test
  void takesAConfiguredDirectory() {
    assertThat(HostRuntime.cache(" /elsewhere ")).isEqualTo(Path.of("/elsewhere"));
    assertThat(HostRuntime.cache("elsewhere")).isAbsolute().endsWithRaw(Path.of("elsewhere"));
  }
}
