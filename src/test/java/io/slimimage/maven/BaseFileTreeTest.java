package io.slimimage.maven;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.system.FileTree;
import io.slimimage.system.ImageSystem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BaseFileTreeTest {

  private static final byte[] RELEASE = "JAVA_VERSION=\"21.0.2\"\n".getBytes(UTF_8);

  private final FileTree tree = new FileTree(ImageSystem::reads);
  private final BaseFileTree visitor = new BaseFileTree(tree);

  @Test
  void findsJavaInTheFilesOfABase() throws IOException {
    visitor.directory("opt", 0755);
    visitor.file("opt/java/bin/java", 0755);
    visitor.file("opt/other/bin/java", 0644);
    visitor.link("opt/bin", "java/bin");
    visitor.file("opt/other/release", 0644, RELEASE.length, new ByteArrayInputStream(RELEASE));
    visitor.hardLink("opt/java/release", "opt/other/release");

    ImageSystem system = ImageSystem.of(tree);

    assertThat(system.javaOnPath(Map.of("PATH", "/opt/bin")).orElseThrow().release()).isEqualTo(21);
    assertThat(system.javaOnPath(Map.of("PATH", "/opt/other/bin"))).isEmpty();
  }
}
