package io.slimimage.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SystemPackagesTest {

  private static final String ZLIB = "Package: zlib1g\nStatus: install ok installed\nVersion: 1\n";
  private static final String FILES = "0123456789abcdef0123456789abcdef  usr/lib/libz.so.1\n";

  @Test
  void tellTheirLicencesAndFiles() {
    assertThat(read(Map.of("zlib1g", ZLIB, "zlib1g.md5sums", FILES)))
        .isEqualTo(
            new SystemPackages(
                List.of("usr/share/doc/zlib1g/copyright"), List.of("usr/lib/libz.so.1")));
  }

  @Test
  void areRefusedWhereADescriptionIsMissingOrOfAnother() {
    assertRefused(Map.of());
    assertRefused(Map.of("zlib1g.md5sums", FILES));
    assertRefused(Map.of("zlib", ZLIB));
    assertRefused(Map.of("zlib1g", "Package: zlib1g\n"));
  }

  private static void assertRefused(Map<String, String> texts) {
    assertThatThrownBy(() -> read(texts)).isInstanceOf(AssertionError.class);
  }

  private static SystemPackages read(Map<String, String> texts) {
    return SystemPackages.of(new TreeMap<>(texts));
  }
}
