package io.slimimage.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Compression;
import io.slimimage.blob.Digest;
import io.slimimage.blob.Records;
import io.slimimage.blob.StoredBlob;
import io.slimimage.image.BuiltImage;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.PlatformImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveWriterTest {

  @TempDir Path temp;

  private Path file;
  private SampleImage images;
  private ArchiveWriter writer;

  @BeforeEach
  void prepare() {
    file = temp.resolve("target/slimimage/image.tar");
    images = SampleImage.in(temp.resolve("cache"), Compression.GZIP, 1);
    writer = writer(file);
  }

  private ArchiveWriter writer(Path archive) {
    return new ArchiveWriter(archive, new Records(temp.resolve("records")));
  }

  @Test
  void isALayoutAndWhatDockerLoads() throws IOException {
    BuiltImage image = images.printing("hello", "shop:1", "reg.example:5000/x/y:1");

    assertThat(writer.write(PlatformImages.of(image))).isTrue();

    Map<String, byte[]> files = read();
    List<String> blobs =
        Stream.concat(
                Stream.of(image.id(), image.digest()),
                image.layers().stream().map(it -> it.descriptor().digest()))
            .map(it -> "blobs/sha256/" + it.hex())
            .sorted()
            .toList();
    List<String> expected = new ArrayList<>(blobs);
    expected.addAll(List.of("index.json", "manifest.json", "oci-layout"));
    assertThat(files.keySet()).containsExactlyElementsOf(expected);
    blobs.forEach(it -> assertThat(it).endsWith("/" + Digest.sha256(files.get(it)).hex()));
    JsonNode docker = new ObjectMapper().readTree(files.get("manifest.json")).get(0);
    assertThat(docker.get("Config").asText()).isEqualTo("blobs/sha256/" + image.id().hex());
    assertThat(docker.get("RepoTags"))
        .extracting(JsonNode::asText)
        .containsExactly("docker.io/library/shop:1", "reg.example:5000/x/y:1");
    assertThat(docker.get("Layers"))
        .extracting(JsonNode::asText)
        .containsExactlyElementsOf(
            image.layers().stream()
                .map(it -> "blobs/sha256/" + it.descriptor().digest().hex())
                .toList());
    JsonNode index = new ObjectMapper().readTree(files.get("index.json"));
    assertThat(index.findValuesAsText("digest")).hasSize(2).containsOnly(image.digest().toString());
  }

  @Test
  void hasTheSameBytesEverywhere() throws IOException {
    TimeZone zone = TimeZone.getDefault();
    Path other = temp.resolve("elsewhere/other.tar");
    writer.write(PlatformImages.of(images.printing("hello", "shop:1")));
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
      SampleImage same = SampleImage.in(temp.resolve("cache2"), Compression.GZIP, 1);
      writer(other).write(PlatformImages.of(same.printing("hello", "shop:1")));
    } finally {
      TimeZone.setDefault(zone);
    }

    assertThat(other).hasSameBinaryContentAs(file);
  }

  @Test
  void goesToAStreamWithTheSameBytesAndTheSizeThatItTells() throws IOException {
    BuiltImage image = images.printing("hello", "shop:1");
    writer.write(PlatformImages.of(image));
    ImageArchive archive = ImageArchive.whole(PlatformImages.of(image), image.references());
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    archive.writeTo(out);

    assertThat(out.toByteArray()).isEqualTo(Files.readAllBytes(file));
    assertThat(archive.size()).isEqualTo(out.size());
  }

  @Test
  void leavesWhatIsThereAlone() throws IOException {
    BuiltImage image = images.printing("hello", "shop:1");
    writer.write(PlatformImages.of(image));
    FileTime time = Files.getLastModifiedTime(file);
    Object inode = Files.getAttribute(file, "unix:ino");

    assertThat(writer(file).write(PlatformImages.of(image))).isFalse();

    assertThat(Files.getLastModifiedTime(file)).isEqualTo(time);
    assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
  }

  @Test
  void writesAgainWhatWasChangedOrRemoved() throws IOException {
    BuiltImage image = images.printing("hello", "shop:1");
    writer.write(PlatformImages.of(image));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);

    assertThat(writer.write(PlatformImages.of(image))).isTrue();
    assertThat(file).hasBinaryContent(whole);

    Files.delete(file);

    assertThat(writer.write(PlatformImages.of(image))).isTrue();
    assertThat(file).hasBinaryContent(whole);
  }

  @Test
  void anotherImageAndAnotherNameAreWritten() throws IOException {
    writer.write(PlatformImages.of(images.printing("hello", "shop:1")));

    assertThat(writer.write(PlatformImages.of(images.printing("goodbye", "shop:1")))).isTrue();
    assertThat(writer.write(PlatformImages.of(images.printing("goodbye", "shop:1", "shop:2"))))
        .isTrue();
    assertThat(new String(read().get("manifest.json"))).contains("shop:1", "shop:2");
    assertThat(writer.write(PlatformImages.of(images.printing("goodbye", "shop:1")))).isTrue();
    // The record of the first image is of a file that is no longer there.
    assertThat(writer.write(PlatformImages.of(images.printing("hello", "shop:1")))).isTrue();
    assertThat(writer.write(PlatformImages.of(images.printing("hello", "shop:1")))).isFalse();
  }

  @Test
  void writesOverWhatAKilledBuildHasLeft() throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file.resolveSibling(".image.tar.partial"), new byte[9_000_000]);

    writer.write(PlatformImages.of(images.printing("hello", "shop:1")));

    assertThat(read()).hasSize(8);
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void keepsTheOldArchiveWhereABlobIsGone() throws IOException {
    writer.write(PlatformImages.of(images.printing("hello", "shop:1")));
    byte[] old = Files.readAllBytes(file);
    BuiltImage next = images.printing("goodbye", "shop:1");
    StoredBlob top = (StoredBlob) next.layers().get(2).content();
    byte[] bytes = Files.readAllBytes(top.file());
    Files.write(top.file(), List.of("shorter"));

    assertThatThrownBy(() -> writer.write(PlatformImages.of(next)))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContainingAll(top.file().toString(), "changed while it was read");

    assertThat(file).hasBinaryContent(old);
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
    Files.write(top.file(), bytes);
    assertThat(writer.write(PlatformImages.of(next))).isTrue();
  }

  @Test
  void holdsBlobsThatAreInNoFile() throws IOException {
    BuiltImage image = images.printing("hello", "shop:1");
    List<ImageLayer> layers = new ArrayList<>();
    for (ImageLayer layer : image.layers()) {
      try (InputStream in = layer.content().open()) {
        layers.add(new ImageLayer(layer.descriptor(), layer.diffId(), Blob.of(in.readAllBytes())));
      }
    }
    BuiltImage inMemory = SampleImage.withLayers(image, layers);
    Path other = temp.resolve("other.tar");

    writer.write(PlatformImages.of(image));
    writer(other).write(PlatformImages.of(inMemory));

    assertThat(other).hasSameBinaryContentAs(file);
  }

  @Test
  void saysThatADirectoryIsInTheWay() throws IOException {
    Files.createDirectories(file);

    assertThatThrownBy(() -> writer.write(PlatformImages.of(images.printing("hello", "shop:1"))))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContainingAll(
            "[" + file + "], which is no file", "perhaps you should remove it");
  }

  @Test
  void saysThatAFileIsInTheDirectorysPlace() throws IOException {
    Files.createDirectories(file.getParent().getParent());
    Files.writeString(file.getParent(), "mine");

    assertThatThrownBy(() -> writer.write(PlatformImages.of(images.printing("hello", "shop:1"))))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContainingAll("[" + file + "]", "[" + file.getParent() + "] is in the way");
  }

  @Test
  void saysThatTheDiskIsFullAndLeavesNothing() throws Exception {
    try (SmallDisk disk = SmallDisk.at(temp.resolve("disk"))) {
      Path archive = disk.path().resolve("image.tar");
      Path layout = disk.path().resolve("image");
      BuiltImage image = images.printing("hello", "shop:1");

      assertThatThrownBy(() -> writer(archive).write(PlatformImages.of(image)))
          .isInstanceOf(SlimImageException.class)
          .hasMessage(
              "The image cannot be written to ["
                  + archive
                  + "]: No space left on device, perhaps you should make room there and build"
                  + " again");
      assertThat(disk.path()).isEmptyDirectory();

      assertThatThrownBy(() -> images.layout(layout).write(PlatformImages.of(image)))
          .isInstanceOf(SlimImageException.class)
          .hasMessageContainingAll("[" + layout + "]", "No space left on device", "make room");
      assertThat(layout.resolve("index.json")).doesNotExist();
    }
  }

  @Test
  void saysWhatCannotBeWritten() throws Exception {
    try (SmallDisk disk = SmallDisk.at(temp.resolve("disk"))) {
      disk.makeReadOnly();
      Path archive = disk.path().resolve("image.tar");
      Path layout = disk.path().resolve("image");
      BuiltImage image = images.printing("hello", "shop:1");

      assertThatThrownBy(() -> writer(archive).write(PlatformImages.of(image)))
          .isInstanceOf(SlimImageException.class)
          .hasMessageContainingAll("[" + archive + "]: Read-only file system", "make that place");
      assertThatThrownBy(() -> images.layout(layout).write(PlatformImages.of(image)))
          .isInstanceOf(SlimImageException.class)
          .hasMessageContainingAll("[" + layout + "]: Read-only file system", "make that place");
    }
  }

  private Map<String, byte[]> read() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (TarArchiveInputStream tar = new TarArchiveInputStream(Files.newInputStream(file))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        assertThat(entry.getMode()).isEqualTo(0100644);
        assertThat(entry.getLastModifiedTime()).isEqualTo(FileTime.fromMillis(0));
        assertThat(entry.getUserName() + entry.getLongUserId()).isEqualTo("0");
        files.put(entry.getName(), tar.readAllBytes());
      }
    }
    return files;
  }
}
