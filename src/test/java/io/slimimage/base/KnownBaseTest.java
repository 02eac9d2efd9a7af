package io.slimimage.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.RecordedLog;
import io.slimimage.blob.BlobStore;
import io.slimimage.blob.Digest;
import io.slimimage.blob.FileDigests;
import io.slimimage.blob.Records;
import io.slimimage.docker.DockerEngine;
import io.slimimage.image.BaseImage;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.Platform;
import io.slimimage.layer.Layer;
import io.slimimage.layer.LayerRole;
import io.slimimage.layer.LayerSource;
import io.slimimage.registry.Registries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a build does with a base image that an earlier one has read. */
@Timeout(120)
class KnownBaseTest {

  /** What reads the formats of others, and what talks to engines. */
  private static final List<String> EXPENSIVE =
      List.of(
          "com.fasterxml.jackson.",
          "org.apache.commons.compress.",
          "com.github.",
          "io.slimimage.docker.");

  @TempDir private Path directory;

  @Test
  void readsNothingAndLoadsNoReaders() throws Exception {
    byte[] tar = new TestTar().file("usr/lib/x", "1").bytes();
    byte[] layer = TestLayout.gzip(tar);
    Path archive = directory.resolve("base.tar");
    Files.write(
        archive,
        new TestTar()
            .file("config.json", TestLayout.config("linux", "amd64", tar))
            .file("layer.tar.gz", layer)
            .file("manifest.json", ArchiveBaseTest.manifest("config.json", "a:1", "layer.tar.gz"))
            .bytes());
    TestLayout layout = new TestLayout();
    layout.entry(layout.simpleImage("one")).write(directory.resolve("layout"));
    String tarBase = "tar://" + archive;
    String ociBase = "oci://" + directory.resolve("layout");

    assertThat(expensiveClasses(tarBase)).isNotEmpty();
    assertThat(expensiveClasses(ociBase)).isNotEmpty();

    assertThat(expensiveClasses(tarBase)).isEmpty();
    assertThat(expensiveClasses(ociBase)).isEmpty();
  }

  @Test
  void asksNobodyAboutADigest() throws Exception {
    RepositoryOfLayout repository = new RepositoryOfLayout();
    Digest digest = repository.tag("1", repository.layout().simpleImage("one"));
    String name = "registry.example/base@" + digest;
    Build.open(name, directory, repository);
    assertThat(repository.calls()).isNotEmpty();

    assertThat(expensiveClasses(name)).isEmpty();
  }

  private List<String> expensiveClasses(String reference) throws Exception {
    Path classes = directory.resolve("classes");
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xshare:off",
                "-Xlog:class+load=info:file=" + classes,
                "-cp",
                System.getProperty("java.class.path"),
                Build.class.getName(),
                reference,
                directory.toString())
            .inheritIO()
            .start();
    assertThat(jvm.waitFor()).isZero();
    List<String> loaded = new ArrayList<>();
    try (Stream<String> lines = Files.lines(classes)) {
      lines
          .filter(line -> EXPENSIVE.stream().anyMatch(name -> line.contains(" " + name)))
          .forEach(loaded::add);
    }
    return loaded;
  }

  /** Opens a base image, and asks for the key of a layer on it. */
  static final class Build {
    public static void main(String[] arguments) throws IOException {
      open(arguments[0], Path.of(arguments[1]), null);
    }

    static void open(String name, Path directory, Registries registries) throws IOException {
      FileDigests digests = FileDigests.at(directory.resolve("digests"));
      LayerFindings findings =
          new LayerFindings(new Records(directory.resolve("records")), new Nothing());
      BaseImages images =
          new BaseImages(
              new BlobStore(directory.resolve("blobs"), digests),
              findings,
              digests,
              new NoEngine(),
              new BaseRegistries(new Given(registries), false),
              new RecordedLog());
      BaseImage base =
          images
              .open(BaseReference.parse(name, directory), List.of(Platform.parse("linux/amd64")))
              .get(0);
      LayerSource source = new Unmade(BaseFiles.key(base));
      BaseFiles.on(base, List.of(source), findings).get(0).key();
      for (ImageLayer layer : base.layers()) {
        layer.content().size();
      }
      digests.save();
    }
  }

  /** No lambda, which would load the class of what it returns. */
  private static final class NoEngine implements Supplier<DockerEngine> {
    @Override
    public DockerEngine get() {
      throw new AssertionError("no engine is needed");
    }
  }

  private static final class Nothing implements Predicate<String> {
    @Override
    public boolean test(String path) {
      return false;
    }
  }

  /** None of a registry is needed where there is none. */
  private record Given(Registries registries) implements Supplier<Registries> {
    @Override
    public Registries get() {
      return Objects.requireNonNull(registries, "no registry is needed");
    }
  }

  private record Unmade(Digest key) implements LayerSource {

    @Override
    public LayerRole role() {
      return LayerRole.APPLICATION;
    }

    @Override
    public Layer layer() {
      throw new AssertionError("not to be made");
    }
  }
}
