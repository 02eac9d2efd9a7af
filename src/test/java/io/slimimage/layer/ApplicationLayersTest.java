package io.slimimage.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.slimimage.SlimImageException;
import io.slimimage.TestJars;
import io.slimimage.application.DependencyKind;
import io.slimimage.application.Library;
import io.slimimage.application.PackagedJar;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Checksums;
import io.slimimage.blob.Digest;
import io.slimimage.blob.EarlierBuilds;
import io.slimimage.blob.FileDigests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationLayersTest {

  private static final Instant TIME = Instant.parse("2024-06-30T12:00:00.900Z");

  @TempDir Path temp;
  private Path extra;

  @BeforeEach
  void makeExtraFiles() throws IOException {
    extra = extra(temp.resolve("extra"));
  }

  @Test
  void givesEveryFileItsLayerModeAndParents() {
    LayerPlan plan = layers(temp, extra, JarForm.STORED).plan();
    assertThat(plan.layers()).extracting(Layer::role).containsExactly(LayerRole.values());
    assertThat(describe(plan, LayerRole.RUNTIME)).containsExactly("home 755", "home/nonroot 1777");
    assertThat(describe(plan, LayerRole.DEPENDENCIES))
        .containsExactly("app 755", "app/lib 755", "app/lib/b.jar 644");
    assertThat(describe(plan, LayerRole.SNAPSHOT_DEPENDENCIES)).contains("app/lib/s.jar 644");
    assertThat(describe(plan, LayerRole.MODULES)).contains("app/lib/a.jar 644");
    assertThat(describe(plan, LayerRole.EXTRA))
        .containsExactly(
            "bin 755",
            "bin/run.sh 755",
            "etc 755",
            "etc/.gitkeep 644",
            "etc/abs -> /opt/x",
            "etc/rel -> ../bin/run.sh",
            "tmp 1777",
            "var 755",
            "var/tmp 1777",
            "var/tmp/tmp 755");
    assertThat(describe(plan, LayerRole.APPLICATION))
        .containsExactly("app 755", "app/service.jar 644");
  }

  @Test
  void listsLibrariesInClassPathOrderAcrossLayers() throws IOException {
    Path out = temp.resolve("layers");
    LayerDirectories.write(layers(temp, extra, JarForm.STORED).plan(), out);
    try (JarFile jar = new JarFile(out.resolve("application/app/service.jar").toFile())) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Class-Path"))
          .isEqualTo("lib/b.jar lib/a.jar lib/s.jar");
    }
  }

  @Test
  void keepsPublishedBytesWhenDiskMattersAndRecordsThemOtherwise() throws IOException {
    LayerPlan original = layers(temp, extra, JarForm.ORIGINAL).plan();
    LayerEntry.File b = (LayerEntry.File) original.layers().get(1).entries().get(2);
    assertThat(b.content().open()).hasBinaryContent(library("b"));
    EarlierBuilds earlier = EarlierBuilds.in(temp.resolve("cache"), FileDigests.unkept());
    assertThat(layers(temp, extra, JarForm.STORED).originals(earlier))
        .isEqualTo(layers(temp, extra, JarForm.ORIGINAL).originals(earlier))
        .extracting(ApplicationLayers.Original::path)
        .containsExactly("app/lib/b.jar", "app/lib/a.jar", "app/lib/s.jar");
  }

  @Test
  void readsNoLibraryAgainToTellItsChecksums() throws IOException {
    EarlierBuilds earlier = EarlierBuilds.in(temp.resolve("cache"), FileDigests.unkept());
    ApplicationLayers layers = layers(temp, extra, JarForm.STORED);
    List<ApplicationLayers.Original> read = layers.originals(earlier);
    assertThat(read.get(1).checksums())
        .isEqualTo(Checksums.of(layers.libraries().get(1).content()));

    ApplicationLayers closed =
        new ApplicationLayers(
            layers.artifactId(),
            layers.jar(),
            layers.libraries().stream().map(ApplicationLayersTest::closed).toList(),
            layers.mainClass(),
            layers.extraDirectory(),
            List.of(),
            layers.form(),
            layers.time());
    assertThat(closed.originals(earlier)).isEqualTo(read);
    List<Library> two = closed.libraries().subList(0, 2);
    assertThatThrownBy(
            () ->
                new ApplicationLayers(
                        layers.artifactId(),
                        layers.jar(),
                        two,
                        layers.mainClass(),
                        layers.extraDirectory(),
                        List.of(),
                        layers.form(),
                        layers.time())
                    .originals(earlier))
        .hasMessage("read");
  }

  /** Returns a library whose content is known, and cannot be read. */
  private static Library closed(Library library) {
    return new Library(
        library.fileName(),
        library.kind(),
        new Blob() {
          @Override
          public long size() {
            return library.content().size();
          }

          @Override
          public InputStream open() throws IOException {
            throw new IOException("read");
          }

          @Override
          public Digest key(FileDigests digests) throws IOException {
            return library.content().key(digests);
          }
        });
  }

  @Test
  void writesEmptyLayersTooWithModesAndTimes() throws IOException {
    Path out = temp.resolve("layers");
    List<LayerDirectories.WrittenLayer> written =
        LayerDirectories.write(layers(temp, temp.resolve("absent"), JarForm.STORED).plan(), out);
    assertThat(written)
        .extracting(LayerDirectories.WrittenLayer::files)
        .containsExactly(0L, 1L, 1L, 1L, 0L, 1L);
    assertThat(written.get(1).bytes())
        .isEqualTo(Files.size(out.resolve("dependencies/app/lib/b.jar")));
    assertThat(out.resolve("extra")).isEmptyDirectory();
    assertThat(tree(out))
        .allSatisfy(line -> assertThat(line).contains("1970-01-01T00:00:00Z"))
        .anySatisfy(line -> assertThat(line).startsWith("runtime/home/nonroot 41777"));
  }

  @Test
  void isTheSameTreeFromAnotherPlaceTimeZoneAndUmask() throws IOException {
    Path first = temp.resolve("one/layers");
    LayerDirectories.write(layers(temp.resolve("one"), extra, JarForm.STORED).plan(), first);
    Path otherExtra = extra(temp.resolve("two/extra"));
    Files.setLastModifiedTime(otherExtra.resolve("bin/run.sh"), FileTime.fromMillis(1));
    Files.setPosixFilePermissions(
        otherExtra.resolve("bin/run.sh"), PosixFilePermissions.fromString("rwx------"));
    Files.setPosixFilePermissions(
        otherExtra.resolve("etc"), PosixFilePermissions.fromString("rwx------"));
    TimeZone before = TimeZone.getDefault();
    Path second = temp.resolve("two/deeper/layers");
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("America/St_Johns"));
      LayerDirectories.write(
          layers(temp.resolve("two"), otherExtra, JarForm.STORED).plan(), second);
    } finally {
      TimeZone.setDefault(before);
    }
    assertThat(tree(second)).isEqualTo(tree(first)).hasSizeGreaterThan(20);
  }

  @Test
  void replacesWhatIsThereAndRemovesWhatAKilledRunLeft() throws IOException {
    Path out = temp.resolve("out/layers");
    Files.createDirectories(out.resolve("stale"));
    Files.createDirectories(temp.resolve("out/.layers.partial/half/written"));
    Files.createDirectories(temp.resolve("out/.layers.old/x"));
    LayerDirectories.write(layers(temp, extra, JarForm.STORED).plan(), out);
    assertThat(out.resolve("stale")).doesNotExist();
    try (Stream<Path> siblings = Files.list(out.getParent())) {
      assertThat(siblings).containsExactly(out);
    }
  }

  @Test
  void leavesTheOldLayersWhereWritingFails() throws IOException {
    Path out = temp.resolve("out/layers");
    Files.createDirectories(out.resolve("good"));
    LayerEntry.File growing = new LayerEntry.File("log", 0644, new Growing());
    LayerPlan plan = new LayerPlan(List.of(new Layer(LayerRole.EXTRA, List.of(growing))));
    assertThatThrownBy(() -> LayerDirectories.write(plan, out))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("[/log] changed");
    assertThat(out.resolve("good")).isDirectory();
  }

  @Test
  void namesWhatCannotBeInAnImage() throws IOException {
    Files.createSymbolicLink(extra.resolve("etc/out"), Path.of("../../secret"));
    assertExtraFails("etc/out", "leads out of");
    Files.delete(extra.resolve("etc/out"));
    assertThat(
            new ProcessBuilder("mkfifo", extra.resolve("pipe").toString())
                .start()
                .onExit()
                .join()
                .exitValue())
        .isZero();
    assertExtraFails("pipe", "neither a file");
  }

  @Test
  void namesTheFileThatCannotBeRead() throws IOException {
    Path secret = Files.writeString(extra.resolve("etc/secret"), "x");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(secret), "root reads everything");
    assertExtraFails("etc/secret", "cannot be read");
  }

  private void assertExtraFails(String file, String reason) {
    assertThatThrownBy(() -> layers(temp, extra, JarForm.STORED).plan())
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining(extra.resolve(file).toString())
        .hasMessageContaining(reason)
        .hasMessageContaining("perhaps you should");
  }

  private static Path extra(Path root) throws IOException {
    for (String directory : List.of("bin", "etc", "tmp", "var/tmp/tmp")) {
      Files.createDirectories(root.resolve(directory));
    }
    Path script = Files.writeString(root.resolve("bin/run.sh"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr--r--"));
    Files.writeString(root.resolve("etc/.gitkeep"), "");
    Files.createSymbolicLink(root.resolve("etc/rel"), Path.of("../bin/run.sh"));
    Files.createSymbolicLink(root.resolve("etc/abs"), Path.of("/opt/x"));
    return root;
  }

  private static ApplicationLayers layers(Path work, Path extra, JarForm form) {
    Path jar =
        TestJars.jar()
            .at(LocalDateTime.now())
            .manifest("Built-By", work.toString())
            .add("com/A.txt", "a")
            .write(work.resolve("service-1.jar"));
    return new ApplicationLayers(
        "service",
        PackagedJar.open(jar),
        List.of(
            new Library("b.jar", DependencyKind.RELEASE, Blob.of(library("b"))),
            new Library("a.jar", DependencyKind.MODULE, Blob.of(library("a"))),
            new Library("s.jar", DependencyKind.SNAPSHOT, Blob.of(library("s")))),
        "com.acme.Main",
        extra,
        List.of(new LayerEntry.Directory("home/nonroot", 01777)),
        form,
        TIME);
  }

  private static byte[] library(String name) {
    return TestJars.jar().manifest().add(name, name.repeat(300)).bytes();
  }

  private static List<String> describe(LayerPlan plan, LayerRole role) {
    return plan.layers().get(role.ordinal()).entries().stream()
        .map(
            entry -> {
              if (entry instanceof LayerEntry.Symlink link) {
                return link.path() + " -> " + link.target();
              }
              int mode =
                  entry instanceof LayerEntry.File file
                      ? file.mode()
                      : ((LayerEntry.Directory) entry).mode();
              return entry.path() + " " + Integer.toOctalString(mode);
            })
        .toList();
  }

  /** Path, type and mode, time, and content or target of everything. */
  private static List<String> tree(Path root) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted().toList()) {
        int mode = (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        String content =
            Files.isSymbolicLink(file)
                ? Files.readSymbolicLink(file).toString()
                : Files.isRegularFile(file)
                    ? io.slimimage.blob.Digest.sha256(Blob.of(file)).toString()
                    : "";
        lines.add(
            root.relativize(file)
                + " "
                + Integer.toOctalString(mode)
                + " "
                + Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                + " "
                + content);
      }
    }
    return lines;
  }

  private record Growing() implements Blob {
    @Override
    public long size() {
      return 1;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(new byte[2]);
    }
  }
}
