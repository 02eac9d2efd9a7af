package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import io.slimimage.system.BaseSystem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinkAheadTest {

  private static LayersConfiguration configuration(String extraDirectory, String certificate) {
    RuntimeConfiguration runtime =
        new RuntimeConfiguration(
            List.of(),
            List.of("jdk.jfr"),
            List.of("java.rmi"),
            List.of("ko"),
            List.of(certificate),
            "65532",
            "home/nonroot",
            BaseSystem.SCRATCH,
            "/m2/slimimage");
    return new LayersConfiguration(
        "g:a", null, "disk", 0, extraDirectory, Map.of(), List.of(), runtime, "/out");
  }

  @Test
  void comesBackAsItWas() {
    LinkAhead link = LinkAhead.of(configuration("x", "c"), Set.of("java.sql.Date", "java.rmi.*"));

    assertThat(LinkAhead.parse(link.toLine())).isEqualTo(link);
    assertThat(link.toLine()).doesNotContain("\n");
    assertThat(link.imports()).containsExactly("java.rmi.*", "java.sql.Date");
    assertThat(link.optimizeFor()).isEqualTo("disk");
    assertThat(link.exclude()).containsExactly("java.rmi");
  }

  @Test
  void staysTheSameWhereOnlyOtherThingsChange() {
    assertThat(LinkAhead.of(configuration("x", "one"), Set.of("java.sql.Date")))
        .isEqualTo(LinkAhead.of(configuration("y", "two"), Set.of("java.sql.Date")));
  }

  @Test
  void refusesAnotherText() {
    assertThatThrownBy(() -> LinkAhead.parse("{\"modul"))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("'slimimage.link'");
  }
}
