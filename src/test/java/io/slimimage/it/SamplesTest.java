package io.slimimage.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Samples build by hand, without the invoker: they must name the version that is built here. */
class SamplesTest {

  private static final Pattern DECLARED =
      Pattern.compile("<slimimage\\.version>(.*?)</slimimage\\.version>");
  private static final Pattern OWN =
      Pattern.compile(
          "<artifactId>slimimage-maven-plugin</artifactId>\\s*<version>(.*?)</version>");

  @Test
  void nameThisVersionOfThePlugin() throws IOException {
    Matcher own = OWN.matcher(Files.readString(Path.of("pom.xml")));
    assertThat(own.find()).isTrue();
    String version = own.group(1);

    for (Path pom : poms()) {
      Matcher declared = DECLARED.matcher(Files.readString(pom));
      if (declared.find()) {
        assertThat(declared.group(1)).as("slimimage.version in %s", pom).isEqualTo(version);
      }
    }
  }

  private static List<Path> poms() throws IOException {
    try (Stream<Path> files =
        Files.find(Path.of("src/it"), 3, (file, a) -> file.endsWith("pom.xml"))) {
      List<Path> poms = files.filter(file -> !file.toString().contains("target")).toList();
      assertThat(poms).isNotEmpty();
      return poms;
    }
  }
}
