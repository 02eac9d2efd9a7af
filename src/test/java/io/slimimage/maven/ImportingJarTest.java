package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.RecordedLog;
import io.slimimage.TestJdks;
import io.slimimage.blob.EarlierBuilds;
import io.slimimage.blob.FileDigests;
import io.slimimage.modules.ClassPath;
import io.slimimage.modules.ModuleScan;
import io.slimimage.modules.ModuleSelection;
import io.slimimage.modules.ScannedJar;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportingJarTest {

  @TempDir private Path cache;

  private List<String> modules(String... imports) {
    FileDigests digests = FileDigests.unkept();
    ScannedJar jar = new ScannedJar("imports.jar", true, ImportingJar.of(List.of(imports)));
    return ModuleScan.scan(
            TestJdks.running(),
            ClassPath.of(List.of(jar), digests),
            ModuleSelection.FOUND,
            List.of(),
            EarlierBuilds.in(cache, digests),
            new RecordedLog())
        .names();
  }

  @Test
  void needsTheModulesOfItsImports() {
    List<String> without = modules();

    assertThat(without).contains("java.base").doesNotContain("java.sql", "jdk.httpserver");
    assertThat(modules("java.sql.*", "com.sun.net.httpserver.HttpServer"))
        .containsAll(without)
        .contains("java.sql", "jdk.httpserver");
  }

  @Test
  void aClassThatDoesNotExistNeedsNothing() {
    assertThat(modules("java.nowhere.Thing", "java.nowhere.*")).isEqualTo(modules());
  }
}
