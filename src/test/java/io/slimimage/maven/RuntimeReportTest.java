package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import io.slimimage.TestJdks;
import io.slimimage.modules.Jdk;
import io.slimimage.modules.ModuleSet;
import io.slimimage.modules.ModuleUse;
import io.slimimage.modules.RuntimeFeature;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeReportTest {

  private static RuntimeReport report() {
    ModuleSet modules =
        new ModuleSet(
            List.of(
                new ModuleUse("java.base", "always", "", ""),
                new ModuleUse("java.sql", "class", "shop.Übersicht", "shop.jar")),
            Set.of(RuntimeFeature.DRAWING));
    return RuntimeReport.of(TestJdks.running(), modules, List.of("The class [a.\"B\"] is damaged"));
  }

  private static InputStream tar(String name, String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      byte[] content = text.getBytes();
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(content.length);
      tar.putArchiveEntry(new TarArchiveEntry("etc/"));
      tar.closeArchiveEntry();
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  @Test
  void tellsTheModulesAndWhatNeedsThem() {
    Jdk jdk = TestJdks.running();
    String version = jdk.release().get("JAVA_RUNTIME_VERSION");

    assertThat(report().toLine())
        .contains("\"features\":[\"DRAWING\"]")
        .contains("{\"module\":\"java.base\",\"reason\":\"always\"}")
        .contains(
            "{\"module\":\"java.sql\",\"reason\":\"class\",\"class\":\"shop.Übersicht\","
                + "\"jar\":\"shop.jar\"}")
        .doesNotContain("\n");
    assertThat(report().summary()).isEqualTo("Java " + version + ", 2 modules");
    assertThat(RuntimeReport.parse("{\"jdk\":\"17\",\"modules\":[{}]}").summary())
        .isEqualTo("Java 17, 1 module");
  }

  @Test
  void carriesWarnings() {
    assertThat(RuntimeReport.parse(report().toLine()).warnings())
        .containsExactly("The class [a.\"B\"] is damaged");
    assertThat(RuntimeReport.parse("{\"modules\":[]}").warnings()).isEmpty();
  }

  @Test
  void isFoundInALineOfTheBuilderStage() {
    assertThat(RuntimeReport.in("[INFO] " + RuntimeReport.MARK + report().toLine()))
        .contains(report());
    assertThat(RuntimeReport.in("[INFO] BUILD SUCCESS")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "none", "{\"jdk\":\"17\",\"modu", "{}", "[]", "17", "null"})
  void otherLinesOfTheApplicationAreNone(String text) {
    assertThat(RuntimeReport.in(RuntimeReport.MARK + text)).isEmpty();
    assertThatThrownBy(() -> RuntimeReport.parse(text))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("[runtime.json]");
  }

  @Test
  void isReadFromTheFilesOfAnImage() throws IOException {
    String text = RuntimeReport.readTar(tar("runtime.json", report().toLine() + "\n"));

    assertThat(RuntimeReport.parse(text)).isEqualTo(report());
    assertThatThrownBy(() -> RuntimeReport.readTar(tar("other.json", "{}")))
        .isInstanceOf(FileNotFoundException.class);
  }
}
