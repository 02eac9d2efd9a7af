package io.slimimage.modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import io.slimimage.TestJdks;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleSelectionTest {

  @TempDir private Path cache;

  @Test
  void addsWithWhatIsRequired() {
    TestScan scan = sql().add("java.rmi");
    assertThat(scan.modules()).contains("java.sql", "java.rmi", "java.logging");
    assertThat(scan.use("java.rmi").reason()).isEqualTo("added");
  }

  @Test
  void takesOnlyWhatIsGiven() {
    assertThat(sql().only("java.prefs").modules())
        .containsExactly("java.base", "java.prefs", "java.xml");
  }

  @Test
  void drawsOnlyWithTheModuleThatDoes() {
    TestScan drawing =
        TestScan.in(cache).own(TestClass.named("app/Main").refersTo("java/awt/Font"));
    assertThat(drawing.only("java.desktop").run().features())
        .containsExactly(RuntimeFeature.DRAWING);
    assertThat(drawing.only("java.sql").run().features()).isEmpty();
  }

  @Test
  void leavesOut() {
    assertThat(sql().exclude("java.sql").modules()).containsExactly("java.base");
    assertThat(sql().exclude("java.rmi").modules()).contains("java.sql");
  }

  @Test
  void leavesOutWhatARuleWouldAdd() {
    TestScan beans =
        TestScan.in(cache).own(TestClass.named("app/Main").refersTo("javax/management/MBean"));
    assertThat(beans.modules()).contains("jdk.management");
    assertThat(beans.exclude("jdk.management").modules())
        .contains("java.management")
        .doesNotContain("jdk.management");
    assertThat(beans.exclude("java.management").modules()).containsExactly("java.base");
  }

  @Test
  void refusesToLeaveOutWhatIsRequired() {
    refuses(sql().exclude("java.xml"), "[java.xml]", "required by [java.sql]", "exclude");
    refuses(sql().exclude("java.base"), "[java.base]", "part of every runtime");
  }

  @Test
  void refusesUnknownModulesAndNamesNearOnes() {
    refuses(sql().add("java.sqll"), "[java.sqll] of slimimage.modules.add", "[java.sql]");
    refuses(sql().add("zipfs"), "[jdk.zipfs]");
    refuses(sql().add("com.example.whatever"), "--list-modules");
    refuses(sql().add(""), "[] of slimimage.modules.add", "--list-modules");
    refuses(sql().exclude("java.xm"), "slimimage.modules.exclude", "[java.xml]");
    refuses(sql().only("java.bas"), "[java.bas] of slimimage.modules ", "[java.base]");
    refuses(
        sql().only("java.bas"),
        "JDK " + TestJdks.running().feature() + " at [" + TestJdks.running().home() + "]");
  }

  private TestScan sql() {
    return TestScan.in(cache).own(TestClass.named("app/Main").refersTo("java/sql/Date"));
  }

  private static void refuses(TestScan scan, String... message) {
    assertThatThrownBy(scan::run)
        .isInstanceOf(SlimImageException.class)
        .hasMessageContainingAll(message)
        .hasMessageContaining(", perhaps you should ");
  }
}
