package io.slimimage.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import io.slimimage.TestJars;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibrariesTest {

  @TempDir Path temp;

  @Test
  void putsTheGroupInFrontOfNamesThatTwoShare() {
    assertThat(
            Libraries.names(
                    List.of(
                        dependency("com.a", "x", "1", DependencyKind.RELEASE),
                        dependency("com.b", "y", "1-SNAPSHOT", DependencyKind.SNAPSHOT),
                        dependency("com.b", "x", "1", DependencyKind.MODULE)))
                .values())
        .containsExactly("com.a-x-1.jar", "y-1-SNAPSHOT.jar", "com.b-x-1.jar");
  }

  @Test
  void rejectsNamesThatDifferInNothing() {
    Dependency one = dependency("g", "x", "1", DependencyKind.RELEASE);
    Dependency other = dependency("g", "x", "1", DependencyKind.MODULE);
    assertThatThrownBy(() -> Libraries.names(List.of(one, other)))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("[g-x-1.jar]");
  }

  @Test
  void takesTheFilesOfAPlainJarsDependenciesInTheirOrder() {
    Path file = TestJars.jar().manifest().write(temp.resolve("any-20240101.1-3.jar"));
    PackagedJar jar = PackagedJar.open(file);
    Map<Dependency, Path> dependencies = new LinkedHashMap<>();
    dependencies.put(dependency("g", "z", "1-SNAPSHOT", DependencyKind.SNAPSHOT), file);
    dependencies.put(dependency("g", "a", "1", DependencyKind.MODULE), file);
    assertThat(Libraries.of(jar, dependencies))
        .extracting(Library::fileName, Library::kind)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("z-1-SNAPSHOT.jar", DependencyKind.SNAPSHOT),
            org.assertj.core.groups.Tuple.tuple("a-1.jar", DependencyKind.MODULE));
  }

  @Test
  void asksForTheModuleThatIsNotPackaged() {
    PackagedJar jar = PackagedJar.open(TestJars.jar().manifest().write(temp.resolve("a.jar")));
    Dependency module = dependency("g", "lib", "1", DependencyKind.MODULE);
    assertThatThrownBy(() -> Libraries.of(jar, Map.of(module, temp)))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("[g:lib:jar:1]")
        .hasMessageContaining("build that module");
  }

  @Test
  void mapsNestedJarsBackByName() {
    byte[] bytes = TestJars.jar().manifest().bytes();
    PackagedJar jar =
        PackagedJar.open(
            TestJars.jar()
                .manifest("Start-Class", "M", "Spring-Boot-Classes", "BOOT-INF/classes/")
                .addStored("BOOT-INF/lib/com.a-x-1.jar", bytes)
                .addStored("BOOT-INF/lib/com.b-x-1.jar", bytes)
                .addStored("BOOT-INF/lib/y-1-SNAPSHOT.jar", bytes)
                .addStored("BOOT-INF/lib/com.c-only-here-prefixed-1.jar", bytes)
                .addStored("BOOT-INF/lib/unknown.jar", bytes)
                .write(temp.resolve("boot.jar")));
    Map<Dependency, Path> dependencies = new LinkedHashMap<>();
    dependencies.put(dependency("com.a", "x", "1", DependencyKind.RELEASE), temp);
    dependencies.put(dependency("com.b", "x", "1", DependencyKind.MODULE), temp);
    dependencies.put(dependency("com.c", "y", "1-SNAPSHOT", DependencyKind.SNAPSHOT), temp);
    dependencies.put(dependency("com.c", "only-here-prefixed", "1", DependencyKind.MODULE), temp);
    assertThat(Libraries.of(jar, dependencies))
        .extracting(Library::kind)
        .containsExactly(
            DependencyKind.RELEASE,
            DependencyKind.MODULE,
            DependencyKind.SNAPSHOT,
            DependencyKind.MODULE,
            DependencyKind.RELEASE);
  }

  private static Dependency dependency(String group, String artifact, String v, DependencyKind k) {
    return new Dependency(Coordinates.jar(group, artifact, v), k);
  }
}
