package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import io.slimimage.system.BaseSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeAssemblyTest {

  @TempDir private Path root;

  @Test
  void refusesABuilderStageOfWhichNothingTellsTheOrigin() throws IOException {
    Path etc = Files.createDirectories(root.resolve("etc"));
    Files.writeString(etc.resolve("os-release"), "PRETTY_NAME=\"Fedora Linux 40\"\n");

    assertThatThrownBy(() -> RuntimeAssembly.requireTraceable(root, BaseSystem.SCRATCH))
        .isInstanceOf(SlimImageException.class)
        .hasMessage(
            "The image cannot get its system libraries from the builder image: the distribution"
                + " Fedora Linux 40 has no list of packages of dpkg or apk, perhaps you should name"
                + " a builder image of Debian, Ubuntu or Alpine by 'slimimage.builder.image', or set"
                + " 'slimimage.runtime' to jre");
    BaseSystem debian =
        new BaseSystem("debian:12", BaseSystem.Libc.GLIBC, "2.36", new TreeSet<>(), Map.of());
    assertThatCode(() -> RuntimeAssembly.requireTraceable(root, debian)).doesNotThrowAnyException();
    Files.createDirectories(root.resolve("var/lib/dpkg"));
    Files.writeString(root.resolve("var/lib/dpkg/status"), "");
    Files.createDirectories(root.resolve("var/lib/dpkg/info"));
    assertThatCode(() -> RuntimeAssembly.requireTraceable(root, BaseSystem.SCRATCH))
        .doesNotThrowAnyException();
  }
}
