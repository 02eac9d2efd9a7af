package io.slimimage.base;

import io.slimimage.RecordedLog;
import io.slimimage.blob.BlobStore;
import io.slimimage.blob.FileDigests;
import io.slimimage.blob.Records;
import io.slimimage.image.BaseImage;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.Platform;
import io.slimimage.registry.Registries;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What opens base images in tests, with a cache of its own and without an engine. */
final class TestBases {

  static final Platform AMD64 = Platform.parse("linux/amd64");
  static final Platform ARM64 = Platform.parse("linux/arm64");

  final RecordedLog log = new RecordedLog();
  final Path cache;
  final BlobStore blobs;
  final Records records;
  final LayerFindings findings;
  private BaseRegistries registries;

  TestBases(Path directory) {
    cache = directory.resolve("cache");
    FileDigests digests = FileDigests.unkept();
    blobs = new BlobStore(cache.resolve("blobs"), digests);
    records = new Records(cache.resolve("records"));
    findings = LayeredBase.findings(records);
    registries =
        new BaseRegistries(
            () -> {
              throw new AssertionError("no registry is needed");
            },
            false);
  }

  /** Uses a registry from now on. */
  TestBases with(Registries client) {
    registries = new BaseRegistries(() -> client, false);
    return this;
  }

  /** Makes no request any more. */
  TestBases offline() {
    registries = new BaseRegistries(registries.client(), true);
    return this;
  }

  BaseImage open(BaseReference reference, Platform platform) throws IOException {
    return open(reference, List.of(platform)).get(0);
  }

  List<BaseImage> open(BaseReference reference, List<Platform> platforms) throws IOException {
    return new BaseImages(
            blobs,
            findings,
            FileDigests.unkept(),
            () -> {
              throw new AssertionError("no engine is needed");
            },
            registries,
            log)
        .open(reference, platforms);
  }

  /** Empties the cache. */
  void forget() throws IOException {
    Files.createDirectories(cache);
    try (Stream<Path> all = Files.walk(cache)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** Returns how often an image was read and not remembered. */
  int readings() {
    return log.infos().size();
  }

  static byte[] content(ImageLayer layer) throws IOException {
    try (InputStream in = layer.content().open()) {
      return in.readAllBytes();
    }
  }

  /** Returns all that is below a directory, but not what is in the cache. */
  Set<String> filesOutside(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(path -> !path.startsWith(cache) && Files.isRegularFile(path))
          .map(path -> directory.relativize(path).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
