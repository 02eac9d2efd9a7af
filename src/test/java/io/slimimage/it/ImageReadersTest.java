package io.slimimage.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.blob.Blob;
import io.slimimage.blob.Compression;
import io.slimimage.blob.Digest;
import io.slimimage.blob.Records;
import io.slimimage.image.BuiltImage;
import io.slimimage.image.PlatformImages;
import io.slimimage.output.ArchiveWriter;
import io.slimimage.output.SampleImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The archive and the layout in the hands of others. */
class ImageReadersTest {

  private static final String NAME = "slimimage-it/readers";

  @TempDir Path temp;

  private final long seed = ThreadLocalRandom.current().nextLong();
  private final String text = "hello " + seed + "\n";
  private Path archive;
  private Path layout;
  private String tag;

  @BeforeEach
  void prepare() {
    archive = temp.resolve("image.tar");
    layout = temp.resolve("image");
    tag = "t" + Long.toHexString(seed);
  }

  private BuiltImage write(Compression compression, String... references) throws IOException {
    SampleImage images = SampleImage.in(temp.resolve("cache"), compression, seed);
    BuiltImage image = images.printing(text, references);
    new ArchiveWriter(archive, new Records(temp.resolve("records")))
        .write(PlatformImages.of(image));
    images.layout(layout).write(PlatformImages.of(image));
    return image;
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "NONE"})
  @RequiresEngine
  void dockerLoadsTheArchiveUnderAllNames(Compression compression) throws Exception {
    BuiltImage image = write(compression, NAME + ":" + tag, "localhost:5000/x/y:" + tag);

    try (Engine engine = Engine.ofEnvironment()) {
      engine.load(archive);
      try (RunningContainer container =
          engine.run(NAME + ":" + tag, ContainerSettings.withoutNetwork())) {
        assertThat(container.await()).isZero();
        assertThat(container.log()).isEqualTo(text);
      } finally {
        assertThat(engine.inspect("localhost:5000/x/y:" + tag).getId())
            .isIn(image.id().toString(), image.digest().toString());
        engine.remove(NAME + ":" + tag, "localhost:5000/x/y:" + tag);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @RequiresCommands("podman")
  void podmanLoadsTheArchive(Compression compression) throws Exception {
    write(compression, NAME + ":" + tag);

    assertPodmanRuns(NAME + ":" + tag);
  }

  @Test
  @RequiresCommands("podman")
  void podmanLoadsTheArchiveUnderAllNames() throws Exception {
    write(Compression.GZIP, NAME + ":" + tag, NAME + ":more" + tag);

    assertPodmanRuns(NAME + ":" + tag, NAME + ":more" + tag);
  }

  private void assertPodmanRuns(String... names) throws Exception {
    Command.run("podman", "load", "--quiet", "--input", archive.toString());
    try {
      for (String name : names) {
        // A short name and the whole one are the same image.
        Command.run("podman", "image", "exists", "docker.io/" + name);
        assertThat(Command.run("podman", "run", "--rm", "--network", "none", name)).isEqualTo(text);
      }
    } finally {
      for (String name : names) {
        Command.run("podman", "rmi", "docker.io/" + name);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @RequiresCommands("skopeo")
  void skopeoReadsArchiveAndLayoutWithoutChangingTheImage(Compression compression)
      throws Exception {
    BuiltImage image = write(compression, NAME + ":" + tag);

    assertThat(copied("oci-archive:" + archive)).isEqualTo(image.digest());
    assertThat(copied("oci-archive:" + archive + ":" + tag)).isEqualTo(image.digest());
    assertThat(copied("oci:" + layout)).isEqualTo(image.digest());
    assertThat(copied("oci:" + layout + ":" + tag)).isEqualTo(image.digest());
  }

  @Test
  @RequiresCommands("skopeo")
  void skopeoReadsEachOfSeveralTags() throws Exception {
    BuiltImage image = write(Compression.GZIP, NAME + ":" + tag, NAME + ":more" + tag);

    assertThat(copied("oci-archive:" + archive + ":" + tag)).isEqualTo(image.digest());
    assertThat(copied("oci-archive:" + archive + ":more" + tag)).isEqualTo(image.digest());
    assertThat(copied("oci:" + layout + ":more" + tag)).isEqualTo(image.digest());
  }

  @Test
  @RequiresEngine
  void dockerLoadsTheImageForThePlatformNamedFirst() throws Exception {
    PlatformImages images = writeForSeveral();

    try (Engine engine = Engine.ofEnvironment()) {
      engine.load(archive);
      try {
        assertThat(engine.inspect(NAME + ":" + tag).getId())
            .isIn(images.first().id().toString(), images.digest().toString());
      } finally {
        engine.remove(NAME + ":" + tag);
      }
    }
  }

  @Test
  @RequiresCommands({"podman", "skopeo"})
  void othersFindTheImageOfTheirPlatform() throws Exception {
    PlatformImages images = writeForSeveral();

    assertPodmanRuns(NAME + ":" + tag);
    assertThat(copied("oci-archive:" + archive + ":" + tag))
        .isEqualTo(images.images().get(1).digest());
    assertThat(copied("oci:" + layout + ":" + tag)).isEqualTo(images.images().get(1).digest());
    assertThat(bySkopeo("copy", "--all", "oci:" + layout + ":" + tag)).isEqualTo(images.digest());
    assertThat(bySkopeo("--override-arch", "s390x", "copy", "oci:" + layout + ":" + tag))
        .isEqualTo(images.images().get(0).digest());
  }

  private PlatformImages writeForSeveral() throws IOException {
    SampleImage samples = SampleImage.in(temp.resolve("cache"), Compression.GZIP, seed);
    PlatformImages images = samples.forSeveral(text, NAME + ":" + tag);
    new ArchiveWriter(archive, new Records(temp.resolve("records"))).write(images);
    samples.layout(layout).write(images);
    return images;
  }

  @ParameterizedTest
  @EnumSource
  @RequiresCommands("skopeo")
  void skopeoReadsTheArchiveAsDockers(Compression compression) throws Exception {
    BuiltImage image = write(compression, NAME + ":" + tag, NAME + ":more" + tag);

    copied("docker-archive:" + archive);
    // It makes a manifest of Docker's; the configuration stays.
    assertThat(temp.resolve("copy/" + image.id().hex())).exists();
    copied("docker-archive:" + archive + ":" + NAME + ":more" + tag);
    assertThat(temp.resolve("copy/" + image.id().hex())).exists();
  }

  /** Copies an image to a directory and returns the digest of its manifest there. */
  private Digest copied(String source) throws Exception {
    return bySkopeo("copy", source);
  }

  private Digest bySkopeo(String... copying) throws Exception {
    Path copy = temp.resolve("copy");
    Command.run("rm", "-rf", copy.toString());
    List<String> command = new ArrayList<>(List.of("skopeo", "--insecure-policy"));
    command.addAll(List.of(copying));
    command.addAll(List.of("--quiet", "dir:" + copy));
    Command.run(command.toArray(String[]::new));
    return Digest.sha256(Blob.of(copy.resolve("manifest.json")));
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "NONE"})
  @RequiresCommands("umoci")
  void umociUnpacksTheLayout(Compression compression) throws Exception {
    // To umoci both are the same tag.
    write(compression, NAME + ":" + tag, NAME + "-more:" + tag);

    Path bundle = temp.resolve("bundle");
    Command.run("umoci", "unpack", "--rootless", "--image", layout + ":" + tag, bundle.toString());

    Path program = bundle.resolve("rootfs/app/program");
    assertThat(Command.run(program.toString())).isEqualTo(text);
    assertThat(Files.readString(bundle.resolve("config.json"))).contains("\"/app/program\"");
  }
}
