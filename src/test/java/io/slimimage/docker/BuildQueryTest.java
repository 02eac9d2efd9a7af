package io.slimimage.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildQueryTest {

  private static final BuildRequest SMALL =
      new BuildRequest(
          List.of(), "Dockerfile", null, Map.of(), Map.of(), null, null, false, EngineBuilder.AUTO);

  @Test
  void asksForNothingThatWasNotAskedFor() {
    assertThat(BuildQuery.of(SMALL, true))
        .isEqualTo("/build?version=2&rm=1&forcerm=1&dockerfile=Dockerfile");
    assertThat(BuildQuery.of(SMALL, false)).startsWith("/build?version=1&");
  }

  @Test
  void escapesEveryValue() {
    Map<String, String> arguments = new LinkedHashMap<>();
    arguments.put("A", "1+1 & \"ü\"");
    arguments.put("B", "");
    BuildRequest request =
        new BuildRequest(
            List.of("a/b:1", "host:5000/c:2"),
            "x y/Dockerfile",
            "runtime",
            arguments,
            Map.of("k", "v"),
            "host",
            "linux/arm/v7",
            true,
            EngineBuilder.BUILDKIT);

    assertThat(BuildQuery.of(request, true))
        .isEqualTo(
            "/build?version=2&rm=1&forcerm=1&t=a%2Fb%3A1&t=host%3A5000%2Fc%3A2"
                + "&dockerfile=x%20y%2FDockerfile&target=runtime"
                + "&buildargs=%7B%22A%22%3A%221%2B1%20%26%20%5C%22%C3%BC%5C%22%22%2C%22B%22%3A%22%22%7D"
                + "&labels=%7B%22k%22%3A%22v%22%7D&networkmode=host&platform=linux%2Farm%2Fv7&nocache=1")
        .doesNotContain("session=", "pull=");
  }
}
