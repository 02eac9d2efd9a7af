package io.slimimage.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.command.LoadImageCallback;
import io.slimimage.RecordedLog;
import io.slimimage.SlimImageException;
import io.slimimage.base.BaseFiles;
import io.slimimage.base.BaseImages;
import io.slimimage.base.BaseReference;
import io.slimimage.base.BaseRegistries;
import io.slimimage.base.LayerFindings;
import io.slimimage.base.ListedFiles;
import io.slimimage.blob.BlobStore;
import io.slimimage.blob.Digest;
import io.slimimage.blob.FileDigests;
import io.slimimage.blob.Records;
import io.slimimage.image.BaseImage;
import io.slimimage.image.ImageReference;
import io.slimimage.image.MediaTypes;
import io.slimimage.image.Platform;
import io.slimimage.maven.BaseFileTree;
import io.slimimage.system.FileSystemTar;
import io.slimimage.system.FileTree;
import io.slimimage.system.ImageSystem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Base images that an engine has, beside what the engine itself says of them. */
@Tag("engine")
@Timeout(300)
class BaseImageEngineTest {

  /** What the engine mounts over a container's own files. */
  private static final Set<String> OF_THE_ENGINE =
      Set.of(
          ".dockerenv",
          "dev/",
          "dev/console",
          "dev/pts/",
          "dev/shm/",
          "etc/hostname",
          "etc/hosts",
          "etc/mtab",
          "etc/resolv.conf",
          "proc/",
          "sys/");

  @TempDir private Path directory;

  private final RecordedLog log = new RecordedLog();
  private final String tag = TestEngine.uniqueTag();
  private DockerEngine engine;
  private Platform platform;

  @BeforeEach
  void connect() {
    engine = TestEngine.connect(log);
    platform = engine.inspect(TestEngine.JRE).platform();
  }

  @AfterEach
  void clean() {
    if (engine != null) {
      engine.close();
      TestEngine.remove(tag);
    }
  }

  @Test
  void readsAnImageOfTheEngineOnce() throws IOException {
    EngineImage jre = engine.inspect(TestEngine.JRE);

    BaseImage first = open(TestEngine.JRE);
    BaseImage second = open(jre.tags().get(0));

    assertThat(second.layers()).isEqualTo(first.layers());
    assertThat(log.infos()).hasSize(1);
    assertThat(first.name()).isEqualTo("docker://" + ImageReference.parse(TestEngine.JRE));
    assertThat(Digest.sha256(first.config().getBytes(UTF_8))).hasToString(jre.id());
    assertThat(first.layers())
        .extracting(layer -> layer.diffId().toString())
        .isEqualTo(jre.diffIds());
    assertThat(first.layers())
        .allSatisfy(
            layer -> {
              assertThat(layer.descriptor().mediaType()).isEqualTo(MediaTypes.LAYER_TAR);
              assertThat(layer.descriptor().digest()).isEqualTo(layer.diffId());
            });
  }

  @Test
  void findsInAnImageWhatTheEngineFindsInIt() throws IOException {
    FileTree tree = new FileTree(ImageSystem::reads);
    BaseFiles.visit(open(TestEngine.JRE), findings("cache"), new BaseFileTree(tree));

    assertThat(ImageSystem.of(tree))
        .usingRecursiveComparison()
        .isEqualTo(engine.readFiles(TestEngine.JRE, ImageSystem::read));
  }

  @Test
  void readsTheArchiveOfAnImageAsTheImageItself() throws IOException {
    Path archive = directory.resolve("base.tar");
    engine.save(TestEngine.JRE, in -> Files.copy(in, archive));
    BaseImage saved = open("other", new BaseReference.Archive(archive), platform);

    BaseImage base = open(TestEngine.JRE);

    assertThat(saved.config()).isEqualTo(base.config());
    assertThat(BaseFiles.key(saved)).isEqualTo(BaseFiles.key(base));
  }

  @Test
  void laysLayersOverEachOtherAsTheEngineDoes() throws IOException {
    load(
        new FileSystemTar()
            .directory("usr/lib")
            .directory("opaque/old")
            .directory("opaque/both")
            .file("opaque/both/old", "1")
            .file("opaque/old/file", "1")
            .link("lib", "usr/lib")
            .file("bin/tool", "1")
            .hardLink("bin/other", "bin/tool")
            .file("gone/a", "1")
            .file("gone/b", "1")
            .file("file", "1")
            .directory("directory")
            .file("directory/x", "1")
            .link("link", "file"),
        new FileSystemTar()
            .file("usr/lib/libz.so", "2")
            .file("bin/second", "2")
            .hardLink("bin/third", "bin/second")
            .directory("opaque")
            .file("opaque/.wh..wh..opq", "")
            .directory("opaque/both")
            .file("opaque/both/new", "2")
            .file("gone/.wh.a", "")
            .file("bin/.wh.tool", "")
            .file("directory", "a file now")
            .directory("file")
            .file("file/x", "2")
            .directory("link"),
        new FileSystemTar()
            .file(".wh.gone", "")
            .file("bin/.wh.second", "")
            .file("usr/lib/" + "long".repeat(40), "3"));
    BaseImage base = open(tag);

    Map<String, String> expected = engine.readFiles(tag, BaseImageEngineTest::files);
    expected.keySet().removeAll(OF_THE_ENGINE);
    expected.remove("etc/");
    assertThat(expected)
        .containsKeys("usr/lib/libz.so", "bin/other", "bin/third", "opaque/both/new", "link/");
    ListedFiles listed = new ListedFiles();
    BaseFiles.visit(base, findings("cache"), listed);
    assertThat(listed.files()).isEqualTo(expected);
  }

  @Test
  void tellsHowToGetAnImageThatTheEngineDoesNotHave() {
    assertThatThrownBy(() -> open(tag))
        .isInstanceOf(SlimImageException.class)
        .hasMessage(
            "Base image [docker://"
                + tag
                + "] is not in the engine at "
                + engine.address()
                + ", perhaps you should get it by [docker pull "
                + tag
                + "]");
  }

  @Test
  void refusesAnImageForAnotherPlatform() throws IOException {
    load(new FileSystemTar().file("a", "b"));

    assertThatThrownBy(
            () ->
                open(
                    "cache",
                    BaseReference.parse("docker://" + tag, directory),
                    Platform.parse("linux/s390x")))
        .hasMessageContaining("is for " + platform + " and not for linux/s390x");
  }

  private BaseImage open(String name) throws IOException {
    return open("cache", BaseReference.parse("docker://" + name, directory), platform);
  }

  private BaseImage open(String cache, BaseReference reference, Platform wanted)
      throws IOException {
    return images(cache).open(reference, List.of(wanted)).get(0);
  }

  private BaseImages images(String cache) {
    FileDigests digests = FileDigests.at(directory.resolve(cache).resolve("digests"));
    return new BaseImages(
        new BlobStore(directory.resolve(cache).resolve("blobs"), digests),
        findings(cache),
        digests,
        () -> engine,
        new BaseRegistries(
            () -> {
              throw new AssertionError("no registry is needed");
            },
            true),
        log);
  }

  private LayerFindings findings(String cache) {
    return new LayerFindings(
        new Records(directory.resolve(cache).resolve("records")), path -> true);
  }

  private static Map<String, String> files(InputStream in) throws IOException {
    Map<String, String> files = new TreeMap<>();
    TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8");
    for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
      String content = new String(tar.readAllBytes(), UTF_8);
      String mode = Integer.toOctalString(e.getMode() & 07777);
      files.put(
          e.getName(),
          e.isSymbolicLink()
              ? "-> " + e.getLinkName()
              : e.isLink() ? files.get(e.getLinkName()) : (mode + " " + content).strip());
    }
    return files;
  }

  /** Loads an image as it is, which no build could make. */
  private void load(FileSystemTar... layers) throws IOException {
    List<byte[]> tars = Stream.of(layers).map(FileSystemTar::bytes).toList();
    List<String> diffIds = tars.stream().map(tar -> "\"" + Digest.sha256(tar) + "\"").toList();
    FileSystemTar archive = new FileSystemTar();
    String names = "";
    for (int i = 0; i < tars.size(); i++) {
      archive.file(i + "/layer.tar", tars.get(i));
      names += (i == 0 ? "" : ",") + "\"" + i + "/layer.tar\"";
    }
    archive
        .file(
            "config.json",
            "{\"os\":\""
                + platform.os()
                + "\",\"architecture\":\""
                + platform.architecture()
                + "\",\"config\":{\"Cmd\":[\"none\"]},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":"
                + diffIds
                + "}}")
        .file(
            "manifest.json",
            "[{\"Config\":\"config.json\",\"RepoTags\":[\""
                + tag
                + "\"],\"Layers\":["
                + names
                + "]}]");
    try (EngineClient client = TestEngine.client()) {
      client
          .docker()
          .loadImageAsyncCmd(new ByteArrayInputStream(archive.bytes()))
          .exec(new LoadImageCallback())
          .awaitMessage();
    }
    assertThat(engine.hasImage(tag)).as("the engine has loaded " + tag).isTrue();
  }
}
