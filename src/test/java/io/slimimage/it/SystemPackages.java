package io.slimimage.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * The packages of an image's system as scanners find them: per package its stanza of {@code dpkg}'s
 * status and the checksums of its files.
 *
 * @param copyrights the paths of the packages' licences
 * @param files the paths of the packages' files
 */
record SystemPackages(List<String> copyrights, List<String> files) {

  /** Where they are. */
  static final String DIRECTORY = "var/lib/dpkg/status.d";

  private static final String CHECKSUMS = ".md5sums";

  /** Reads the files of the directory, which are checked to describe what their names say. */
  static SystemPackages of(SortedMap<String, String> texts) {
    List<String> copyrights = new ArrayList<>();
    List<String> files = new ArrayList<>();
    texts.forEach(
        (name, text) -> {
          if (name.endsWith(CHECKSUMS)) {
            assertThat(texts).containsKey(name.replace(CHECKSUMS, ""));
            text.lines().map(line -> line.split("  ", 2)[1]).forEach(files::add);
          } else {
            assertThat(text.lines())
                .as(name)
                .contains("Package: " + name)
                .anyMatch(line -> line.startsWith("Version: "));
            copyrights.add("usr/share/doc/" + name + "/copyright");
          }
        });
    assertThat(copyrights).as("packages").isNotEmpty();
    return new SystemPackages(copyrights, files);
  }
}
