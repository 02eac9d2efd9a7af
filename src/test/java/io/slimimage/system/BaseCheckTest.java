package io.slimimage.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.ConfigurationException;
import io.slimimage.RecordedLog;
import io.slimimage.system.BaseSystem.Libc;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BaseCheckTest {

  private static final String AMD64 = "linux/amd64";
  private static final BaseCheck.Image DEBIAN_BUILDER =
      image("maven:3.9", AMD64, Libc.GLIBC, true, 17);

  private final RecordedLog log = new RecordedLog();

  @Test
  void linksForScratchInATraceableBuilder() {
    assertThat(BaseCheck.forLinkedRuntime(DEBIAN_BUILDER, BaseCheck.Image.SCRATCH, log))
        .isEqualTo(BaseSystem.SCRATCH);
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void returnsWhatABaseWithTheSameLibcHas() {
    BaseCheck.Image base = image("debian:12", AMD64, Libc.GLIBC, true, -1);

    assertThat(BaseCheck.forLinkedRuntime(DEBIAN_BUILDER, base, log))
        .isSameAs(base.system().base());
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void refusesGlibcOnMusl() {
    BaseCheck.Image base = image("alpine:3.20", AMD64, Libc.MUSL, true, -1);

    assertThatThrownBy(() -> BaseCheck.forLinkedRuntime(DEBIAN_BUILDER, base, log))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(
            "The builder image [maven:3.9] has glibc and the base image [alpine:3.20] musl")
        .hasMessageContaining(
            "perhaps you should set 'slimimage.baseImage' to scratch or to an image with glibc,"
                + " or 'slimimage.builder.image' to one with musl");
  }

  @Test
  void refusesMuslOnGlibc() {
    BaseCheck.Image builder = image("maven:alpine", AMD64, Libc.MUSL, true, 17);
    BaseCheck.Image base = image("debian:12", AMD64, Libc.GLIBC, true, -1);

    assertThatThrownBy(() -> BaseCheck.forLinkedRuntime(builder, base, log))
        .hasMessageContaining("has musl and the base image [debian:12] glibc")
        .hasMessageContaining("an image with musl");
  }

  @Test
  void refusesAnotherPlatform() {
    BaseCheck.Image base = image("debian:12", "linux/arm64", Libc.GLIBC, true, -1);

    assertThatThrownBy(() -> BaseCheck.forLinkedRuntime(DEBIAN_BUILDER, base, log))
        .hasMessageContaining("is for linux/amd64 and the base image [debian:12] for linux/arm64");
  }

  @Test
  void refusesABuilderOfUnknownOriginWhereTheBaseHasNoLibraries() {
    BaseCheck.Image builder = image("own/maven:1", AMD64, Libc.GLIBC, false, 17);
    BaseCheck.Image debian = image("debian:12", AMD64, Libc.GLIBC, true, -1);

    assertThatThrownBy(() -> BaseCheck.forLinkedRuntime(builder, BaseCheck.Image.SCRATCH, log))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(
            "[own/maven:1] has no os-release with a list of packages of dpkg or apk")
        .hasMessageContaining("[scratch] lacks")
        .hasMessageContaining("set 'slimimage.runtime' to jre");
    BaseCheck.forLinkedRuntime(builder, debian, log);
  }

  @Test
  void refusesABuilderWithoutAKnownLibc() {
    BaseCheck.Image builder = image("nix/maven:1", AMD64, Libc.NONE, true, 17);

    assertThatThrownBy(() -> BaseCheck.forLinkedRuntime(builder, BaseCheck.Image.SCRATCH, log))
        .hasMessageContaining("[nix/maven:1] has neither glibc nor musl");
  }

  @Test
  void tellsThatTheBaseHasAJavaAlready() {
    BaseCheck.Image base = image("eclipse-temurin:17-jre", AMD64, Libc.GLIBC, true, 17);

    BaseCheck.forLinkedRuntime(DEBIAN_BUILDER, base, log);

    assertThat(log.lines()).isEqualTo(log.infos());
    assertThat(log.infos())
        .singleElement()
        .asString()
        .startsWith("Base image [eclipse-temurin:17-jre] has Java 17 of Somebody already");
  }

  @Test
  void refusesABaseWithoutJava() {
    BaseCheck.Image base = image("alpine:3.20", AMD64, Libc.MUSL, true, -1);

    assertThatThrownBy(() -> BaseCheck.forInstalledJava(base, 17, log))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("Base image [alpine:3.20] has no Java on its PATH, perhaps you")
        .hasMessageContaining("set 'slimimage.runtime' to jlink, or name an image with a JRE");
  }

  @Test
  void namesTheJavaThatOnlyJavaHomeKnows() {
    ImageSystem system = image("own/jre:1", AMD64, Libc.GLIBC, true, 17).system();
    Map<String, String> env = Map.of("PATH", "/bin", "JAVA_HOME", "/usr");
    BaseCheck.Image base = new BaseCheck.Image("own/jre:1", AMD64, env, system);

    assertThatThrownBy(() -> BaseCheck.forInstalledJava(base, 17, log))
        .hasMessageContaining("on its PATH, although its JAVA_HOME has Java 17 of Somebody")
        .hasMessageContaining("add [/usr/bin] to the PATH by 'slimimage.container.env.PATH'");
  }

  @Test
  void refusesAJavaThatIsTooOld() {
    BaseCheck.Image base = image("eclipse-temurin:11-jre", AMD64, Libc.GLIBC, true, 11);

    BaseCheck.forInstalledJava(base, 11, log);
    assertThatThrownBy(() -> BaseCheck.forInstalledJava(base, 17, log))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(
            "Base image [eclipse-temurin:11-jre] has Java 11 of Somebody, and the application's"
                + " classes are for Java 17, perhaps you should name an image with Java 17 or"
                + " newer");
  }

  @Test
  void trustsAJavaThatDoesNotTellItsRelease() {
    BaseCheck.forInstalledJava(image("own/jre:1", AMD64, Libc.GLIBC, true, 0), 25, log);

    assertThat(log.lines()).isEqualTo(log.debugs());
    assertThat(log.debugs()).singleElement().asString().startsWith("Base image [own/jre:1]");
  }

  /** An image with a Java of that release in {@code /usr/bin}, or without one where it is -1. */
  private static BaseCheck.Image image(
      String name, String platform, Libc libc, boolean packages, int java) {
    TreeMap<String, JavaProgram> programs = new TreeMap<>();
    if (java >= 0) {
      programs.put("usr/bin/java", new JavaProgram("usr/bin/java", java, "Somebody"));
    }
    BaseSystem base = new BaseSystem("", libc, "", new TreeSet<>(), Map.of());
    return new BaseCheck.Image(name, platform, Map.of(), new ImageSystem(base, packages, programs));
  }
}
