package io.slimimage.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectContextTest {

  @TempDir Path temporary;
  private Path root;
  private final RecordingLog log = new RecordingLog();

  @BeforeEach
  void createProject() throws IOException {
    root = Files.createDirectory(temporary.resolve("project"));
    file("pom.xml", "<project/>");
    file("src/main/java/A.java", "class A {}");
  }

  @Test
  void writesParentsBeforeChildrenInOrder() throws IOException {
    file("src/main/java-x/B.java", "");
    Files.createDirectories(root.resolve("empty"));

    assertThat(tar(context().prefix("work/project")).keySet())
        .containsExactly(
            "work/",
            "work/project/",
            "work/project/empty/",
            "work/project/pom.xml",
            "work/project/src/",
            "work/project/src/main/",
            "work/project/src/main/java/",
            "work/project/src/main/java-x/",
            "work/project/src/main/java-x/B.java",
            "work/project/src/main/java/A.java");
  }

  @Test
  void writesTheSameBytesWhoeverChecksOutWhereverAndWhenever() throws IOException {
    byte[] first = bytes(context().scan());

    Path other = Files.createDirectories(temporary.resolve("elsewhere/checkout"));
    Files.createDirectories(other.resolve("src/main/java"));
    Files.writeString(other.resolve("src/main/java/A.java"), "class A {}");
    Files.writeString(other.resolve("pom.xml"), "<project/>");
    Files.setPosixFilePermissions(
        other.resolve("pom.xml"), PosixFilePermissions.fromString("rw-rw-r-x"));
    Files.setLastModifiedTime(other.resolve("pom.xml"), FileTime.fromMillis(1_234_567_890_123L));

    assertThat(bytes(ProjectContext.of(other, log).scan())).isEqualTo(first);
  }

  @Test
  void normalisesOwnersModesAndTimes() throws IOException {
    file("run.sh", "#!/bin/sh\n");
    mode("run.sh", "rwx------");
    mode("pom.xml", "rw-------");

    Map<String, Entry> tar = tar(context().modifiedAt(Instant.ofEpochSecond(1_000_000_000)));

    assertThat(tar.get("run.sh").header.getMode()).isEqualTo(0100755);
    assertThat(tar.get("pom.xml").header.getMode()).isEqualTo(0100644);
    assertThat(tar.get("src/").header.getMode()).isEqualTo(040755);
    assertThat(tar.values())
        .allSatisfy(
            entry -> {
              assertThat(entry.header.getLongUserId()).isZero();
              assertThat(entry.header.getLongGroupId()).isZero();
              assertThat(entry.header.getUserName()).isEmpty();
              assertThat(entry.header.getGroupName()).isEmpty();
              assertThat(entry.header.getModTime().getTime()).isEqualTo(1_000_000_000_000L);
            });
  }

  @Test
  void repairsAMavenWrapperFromWindows() throws IOException {
    file("mvnw", "#!/bin/sh\r\necho a\rb\r\n\r");
    file(".mvn/wrapper/maven-wrapper.properties", "a=b\r\n");
    file("mvnw.cmd", "@echo\r\n");
    file("a.properties", "a=b\r\n");
    mode("mvnw", "rw-r--r--");

    Map<String, Entry> tar = tar(context());

    assertThat(tar.get("mvnw").content).isEqualTo("#!/bin/sh\necho a\rb\n\r");
    assertThat(tar.get("mvnw").header.getMode()).isEqualTo(0100755);
    assertThat(tar.get(".mvn/wrapper/maven-wrapper.properties").content).isEqualTo("a=b\n");
    assertThat(tar.get("mvnw.cmd").content).isEqualTo("@echo\r\n");
    assertThat(tar.get("a.properties").content).isEqualTo("a=b\r\n");
  }

  @Test
  void keepsLongAndForeignNames() throws IOException {
    String name = "grün☺" + "x".repeat(120) + "/" + "y".repeat(120) + ".txt";
    file(name, "content");

    assertThat(tar(context()).get(name).content).isEqualTo("content");
  }

  @Test
  void putsFilesOfOursBesideTheProject() throws IOException {
    Path jar = Files.writeString(temporary.resolve("plugin.jar"), "jar");

    Map<String, Entry> tar =
        tar(
            context()
                .prefix("project")
                .extra("slimimage/config.json", Blob.of("{}".getBytes(StandardCharsets.UTF_8)))
                .extra("slimimage/plugin.jar", jar));

    assertThat(tar.get("slimimage/config.json").content).isEqualTo("{}");
    assertThat(tar.get("slimimage/plugin.jar").content).isEqualTo("jar");
    assertThat(tar).containsKeys("slimimage/", "project/pom.xml");
  }

  @Test
  void refusesAFileOfOursWhereTheProjectHasOne() throws IOException {
    file("slimimage/config.json", "theirs");

    assertThatThrownBy(() -> context().extra("slimimage/config.json", Blob.of(new byte[0])).scan())
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("[slimimage/config.json]");
  }

  @Test
  void sendsWhatTheRulesLeaveAndNothingElse() throws IOException {
    for (int seed = 0; seed < 100; seed++) {
      RandomProject random = new RandomProject(seed);
      Path project = temporary.resolve("random" + seed);
      List<String> files = random.create(project);
      DockerIgnore ignore = DockerIgnore.of("test", random.patterns());

      assertThat(files(ProjectContext.of(project, log).ignore(ignore)))
          .as("seed %d", seed)
          .containsExactlyElementsOf(
              files.stream().filter(file -> !ignore.excludes(file)).toList());
    }
  }

  @Test
  void letsNoLayerBringBackWhatAnotherLeavesOut() throws IOException {
    file("target/app.jar", "");
    file("docs/a.md", "");

    assertThat(
            files(
                context()
                    .ignore(DockerIgnore.of("ours", List.of("**/target")))
                    .ignore(DockerIgnore.of("theirs", List.of("docs", "!target/*.jar")))))
        .containsExactly("pom.xml", "src/main/java/A.java");
  }

  @Test
  void bringsBackAFileWithTheDirectoriesAboveIt() throws IOException {
    file("docs/deep/keep.md", "");
    file("docs/deep/other.md", "");

    assertThat(
            tar(context().ignore(DockerIgnore.of("test", List.of("docs", "!docs/deep/keep.md"))))
                .keySet())
        .contains("docs/", "docs/deep/", "docs/deep/keep.md")
        .doesNotContain("docs/deep/other.md");
  }

  @Test
  void sendsOnlyThePomOfAModuleThatIsNotBuilt() throws IOException {
    file("lib/pom.xml", "");
    file("lib/src/B.java", "");
    file("lib/nested/pom.xml", "");
    file("lib/nested/src/C.java", "");
    file("other/notes.txt", "");

    assertThat(
            files(
                context()
                    .only("", Set.of("pom.xml", "lib"))
                    .only("lib", Set.of("pom.xml", "nested/src"))))
        .containsExactly("lib/nested/src/C.java", "lib/pom.xml", "pom.xml");
  }

  @Test
  void saysWhichLineHidesAPom() throws IOException {
    Path ignore = file(".dockerignore", "# only the jar\n*\n!target/*.jar\n");

    assertThatThrownBy(
            () ->
                context()
                    .ignore(DockerIgnore.read(ignore))
                    .require(List.of("pom.xml", "src/main/java"))
                    .scan())
        .isInstanceOf(SlimImageException.class)
        .hasMessage(
            "[%s], line 2 [*], hides [pom.xml], which the build in the builder stage needs, perhaps"
                + " you should add the line [!pom.xml] at its end, or set parameter"
                + " slimimage.dockerignore to another file, or to none (its default is the"
                + " .dockerignore of the project)",
            ignore);
  }

  @ParameterizedTest
  @ValueSource(strings = {"src", "src/main/java/**", "**/*.java", "**/main", "s?c/*", "**"})
  void refusesToHideASourceDirectory(String pattern) {
    assertThatThrownBy(
            () ->
                context()
                    .ignore(DockerIgnore.of("test", List.of(pattern)))
                    .require(List.of("src/main/java"))
                    .scan())
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("line 1 [" + pattern + "], hides [src/main/java]");
  }

  @Test
  void toleratesSourcesThatAreBroughtBackPartlyHiddenEmptyOrAbsent() throws IOException {
    file("src/main/java/.DS_Store", "");
    Files.createDirectories(root.resolve("src/main/resources"));
    List<String> patterns = List.of("*", "!pom.xml", "!src/**/*.java", "**/.DS_Store");

    assertThat(
            files(
                context()
                    .ignore(DockerIgnore.of("test", patterns))
                    .require(
                        List.of("pom.xml", "src/main/java", "src/main/resources", "src/test"))))
        .containsExactly("pom.xml", "src/main/java/A.java");
  }

  @Test
  void keepsLinksInsideTheProject() throws IOException {
    link("a/relative", "../pom.xml");
    link("a/directory", "../src");
    link("a/dangling", "nowhere");
    link("a/self", "self");
    link("a/loop", "..");
    link("a/absolute", root.resolve("src/main").toString());

    Map<String, Entry> tar = tar(context());

    assertThat(tar.get("a/relative").header.getLinkName()).isEqualTo("../pom.xml");
    assertThat(tar.get("a/directory").header.getLinkName()).isEqualTo("../src");
    assertThat(tar.get("a/dangling").header.getLinkName()).isEqualTo("nowhere");
    assertThat(tar.get("a/self").header.getLinkName()).isEqualTo("self");
    assertThat(tar.get("a/loop").header.getLinkName()).isEqualTo("..");
    assertThat(tar.get("a/absolute").header.getLinkName()).isEqualTo("../src/main");
    assertThat(tar).hasSize(12);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../outside.txt", "/etc/passwd", "src/../../nowhere", "loop/../../outside.txt"})
  void refusesALinkThatLeavesTheProject(String target) throws IOException {
    Files.writeString(temporary.resolve("outside.txt"), "secret");
    link("loop", ".");
    link("leak", target);

    assertThatThrownBy(() -> context().scan())
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("[" + root.resolve("leak") + "]")
        .hasMessageContaining("[" + target + "]")
        .hasMessageContaining("perhaps you should exclude it in .dockerignore");
    assertThat(files(context().ignore(DockerIgnore.of("test", List.of("leak", "loop")))))
        .containsExactly("pom.xml", "src/main/java/A.java");
  }

  @Test
  void refusesALinkThatLeavesByADetour() throws IOException {
    Files.writeString(temporary.resolve("outside.txt"), "secret");
    link("a/b/up", "../..");
    link("a/b/leak", "up/../outside.txt");

    assertThatThrownBy(() -> context().scan())
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("leak] leads out of the project");
  }

  @Test
  void skipsAPipeWithAWarning() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start().waitFor())
        .isZero();

    assertThat(files(context())).containsExactly("pom.xml", "src/main/java/A.java");
    assertThat(log.warnings).singleElement().asString().contains("[pipe]");
  }

  @Test
  void namesAnUnreadableFileBeforeAnythingIsSent() throws IOException {
    mode("pom.xml", "---------");
    assumeFalse(Files.isReadable(root.resolve("pom.xml")), "root reads everything");

    assertThatThrownBy(() -> context().scan())
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("pom.xml] belongs to the build context but cannot be read");
  }

  @Test
  void namesAnUnreadableDirectoryUnlessItIsExcluded() throws IOException {
    file("closed/x", "");
    mode("closed", "---------");
    assumeFalse(Files.isReadable(root.resolve("closed")), "root reads everything");

    assertThatThrownBy(() -> context().scan()).hasMessageContaining("closed] belongs to");
    assertThat(files(context().ignore(DockerIgnore.of("test", List.of("closed", "!**/*.java")))))
        .containsExactly("pom.xml", "src/main/java/A.java");
    mode("closed", "rwxr-xr-x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"shorter", "longer than it was", ""})
  void refusesAFileThatChangesItsSize(String content) throws IOException {
    file("data.txt", "as scanned");
    ProjectContext context = context().scan();
    file("data.txt", content);

    assertThatThrownBy(() -> bytes(context))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("data.txt] changed while")
        .hasMessageContaining("10 bytes");
  }

  @Test
  void refusesAFileThatVanishes() throws IOException {
    ProjectContext context = context().scan();
    Files.delete(root.resolve("pom.xml"));

    assertThatThrownBy(() -> bytes(context))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("pom.xml] vanished while");
  }

  @Test
  void leavesTheStreamOpenAndWritesAgain() throws IOException {
    ProjectContext context = context().scan();
    List<String> events = new ArrayList<>();
    context.writeTo(
        new OutputStream() {
          @Override
          public void write(int b) {}

          @Override
          public void close() {
            events.add("closed");
          }
        });

    assertThat(events).isEmpty();
    assertThat(bytes(context)).isEqualTo(bytes(context)).hasSizeGreaterThan(1024);
  }

  @Test
  void countsWhatItSends() throws IOException {
    file("docs/big.txt", "x".repeat(5000));
    file("target/classes/deep/A.class", "");
    file("target/other/B.class", "");

    ContextStatistics statistics =
        context().ignore(DockerIgnore.of("test", List.of("**/target"))).scan().statistics();

    assertThat(statistics.files()).isEqualTo(3);
    assertThat(statistics.bytes()).isEqualTo(5020);
    assertThat(statistics.prunedDirectories()).isEqualTo(1);
    assertThat(statistics.visitedDirectories()).isEqualTo(5);
    assertThat(statistics.largest())
        .extracting(ContextStatistics.Share::name)
        .containsExactly("docs", ".", "src");
    assertThat(statistics.summary())
        .isEqualTo(
            "3 files, 5.0 kB (largest: docs 5.0 kB, . 10 B, src 10 B);"
                + " 1 directories left out unread");
  }

  private ProjectContext.Builder context() {
    return ProjectContext.of(root, log);
  }

  private Path file(String path, String content) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private void link(String path, String target) throws IOException {
    Path link = root.resolve(path);
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of(target));
  }

  private void mode(String path, String permissions) throws IOException {
    Files.setPosixFilePermissions(root.resolve(path), PosixFilePermissions.fromString(permissions));
  }

  private static List<String> files(ProjectContext.Builder builder) throws IOException {
    Stream<String> names = tar(builder).keySet().stream();
    return names.filter(name -> !name.endsWith("/")).toList();
  }

  private static Map<String, Entry> tar(ProjectContext.Builder builder) throws IOException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new ByteArrayInputStream(bytes(builder.scan())), "UTF-8")) {
      for (TarArchiveEntry header; (header = tar.getNextEntry()) != null; ) {
        String content = new String(tar.readAllBytes(), StandardCharsets.UTF_8);
        entries.put(header.getName(), new Entry(header, content));
      }
    }
    return entries;
  }

  private static byte[] bytes(ProjectContext context) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    context.writeTo(out);
    return out.toByteArray();
  }

  private record Entry(TarArchiveEntry header, String content) {}

  private static final class RecordingLog implements BuildLog {

    private final List<String> warnings = new ArrayList<>();

    @Override
    public void info(String message) {}

    @Override
    public void warn(String message) {
      warnings.add(message);
    }

    @Override
    public void debug(String message) {}

    @Override
    public boolean isDebugEnabled() {
      return false;
    }
  }
}
