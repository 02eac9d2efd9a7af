package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.image.ImageConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlagModulesTest {

  private static Set<String> of(Map<String, String> env, String... options) {
    return FlagModules.of(
        new ImageConfig(
            "",
            List.of(),
            env,
            Map.of(),
            List.of(),
            "",
            Arrays.asList(options),
            List.of(),
            null,
            ""));
  }

  @ParameterizedTest
  @CsvSource({
    "-Dcom.sun.management.jmxremote.port=9010, jdk.management.agent",
    "-Dcom.sun.management.jmxremote, jdk.management.agent",
    "-javaagent:/opt/agent.jar=x, java.instrument",
    "-XX:StartFlightRecording=duration=30s, jdk.jfr",
    "'-agentlib:jdwp=transport=dt_socket,server=y', jdk.jdwp.agent",
    "--add-modules=jdk.incubator.vector, jdk.incubator.vector"
  })
  void findsTheModuleOfAnOption(String option, String module) {
    assertThat(of(Map.of(), "java", option, "-jar", "a.jar")).containsExactly(module);
    assertThat(of(Map.of("JAVA_TOOL_OPTIONS", " -Xmx1g  " + option), "java"))
        .containsExactly(module);
    assertThat(of(Map.of("JDK_JAVA_OPTIONS", option), "java")).containsExactly(module);
    assertThat(of(Map.of("OTHER", option), "java")).isEmpty();
  }

  @Test
  void findsTheModulesThatAnOptionNames() {
    assertThat(of(Map.of(), "--add-modules", "jdk.net,com.shop,ALL-SYSTEM,java.se", "-jar"))
        .containsExactly("java.se", "jdk.net");
    assertThat(of(Map.of(), "java", "--add-modules")).isEmpty();
  }

  @Test
  void ordinaryOptionsNeedNothing() {
    assertThat(of(Map.of(), "java", "-Xmx256m", "-Dcom.sun.jndi.x=y", "-jar", "jdk.net")).isEmpty();
  }
}
