package io.slimimage.base;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.blob.BlobStore;
import io.slimimage.blob.Digest;
import io.slimimage.blob.FileDigests;
import io.slimimage.docker.DockerEngine;
import io.slimimage.image.BaseImage;
import io.slimimage.image.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Opens base images. What an earlier build has read of one is not read again.
 *
 * <p>An image that is read for the first time is verified whole: the digests and sizes of all its
 * blobs, and the diff IDs, for which every layer is decompressed once. The layers of one in a
 * registry are verified when they are downloaded, and that is when they are opened first.
 */
public final class BaseImages {

  private final BlobStore blobs;
  private final LayerFindings findings;
  private final FileDigests digests;
  private final Supplier<DockerEngine> engine;
  private final BaseRegistries registries;
  private final BuildLog log;

  /**
   * Creates the access.
   *
   * @param blobs gets the layers
   * @param findings keeps which image an archive, an engine's id or a registry's digest stands for,
   *     and what is in its layers
   * @param digests tells whether an archive is the one of an earlier build
   * @param engine connects to the Docker Engine, where one is needed; stays open
   * @param registries how images in registries are got
   */
  public BaseImages(
      BlobStore blobs,
      LayerFindings findings,
      FileDigests digests,
      Supplier<DockerEngine> engine,
      BaseRegistries registries,
      BuildLog log) {
    this.blobs = blobs;
    this.findings = findings;
    this.digests = digests;
    this.engine = engine;
    this.registries = registries;
    this.log = log;
  }

  /**
   * Opens a base image. Its layers are in the store then, verified, but for those of an image in a
   * registry.
   *
   * @param platforms what it has to be for
   * @return the image for each of the platforms, in their order
   * @throws io.slimimage.SlimImageException if there is no such image, it is damaged, or is for
   *     other platforms
   */
  public List<BaseImage> open(BaseReference reference, List<Platform> platforms)
      throws IOException {
    try {
      if (reference instanceof BaseReference.Registry registry) {
        return new RegistryImages(registries, blobs, findings, log)
            .open(registry.image(), platforms);
      }
      List<BaseImage> images = new ArrayList<>();
      for (Platform platform : platforms) {
        images.add(openLocal(reference, platform));
      }
      return images;
    } catch (AccessDeniedException e) {
      throw new SlimImageException(
          SlimImageException.advise(
              "Base image [" + reference.name() + "]: access to [" + e.getFile() + "] is denied",
              "check the permissions of the file"),
          e);
    }
  }

  private BaseImage openLocal(BaseReference reference, Platform platform) throws IOException {
    if (reference instanceof BaseReference.Engine image) {
      return open(image, platform);
    }
    if (reference instanceof BaseReference.Layout layout) {
      return open(layout, platform);
    }
    if (reference instanceof BaseReference.Archive archive) {
      return open(archive, platform);
    }
    return BaseImage.scratch(platform);
  }

  private BaseImage open(BaseReference.Engine image, Platform platform) throws IOException {
    String name = image.image().familiar();
    BaseFailures failures =
        new BaseFailures(image.name(), "see whether [docker save " + name + "] can read it");
    EngineImages images = new EngineImages(engine.get());
    String id = images.id(name, failures);
    return open(
        new BaseCache.Key("engine", id, "", platform),
        failures,
        () -> images.save(id, new ArchiveImages(blobs, failures, platform)::read));
  }

  private BaseImage open(BaseReference.Layout layout, Platform platform) throws IOException {
    BaseFailures failures = new BaseFailures(layout.name(), "write the OCI image layout again");
    LayoutDirectory directory = new LayoutDirectory(layout.directory(), failures);
    byte[] index = directory.index();
    BlobReader reader = new BlobReader(directory, blobs, failures);
    return open(
        new BaseCache.Key("layout", Digest.sha256(index).toString(), layout.tag(), platform),
        failures,
        () -> new OciImages(reader, failures, platform).read(index, layout.tag()));
  }

  private BaseImage open(BaseReference.Archive archive, Platform platform) throws IOException {
    Path file = archive.file();
    BaseFailures failures = new BaseFailures(archive.name(), "write the archive again");
    if (Files.isDirectory(file)) {
      throw failures.unusable(
          "is a directory and no archive", "write [oci://" + file + "], if it is an OCI layout");
    }
    if (!Files.isRegularFile(file)) {
      throw failures.unusable("does not exist", "correct the path [" + file + "]");
    }
    Digest digest = digests.of(file);
    return open(
        new BaseCache.Key("archive", digest.toString(), "", platform),
        failures,
        () -> {
          FoundImage found;
          try (InputStream in = Files.newInputStream(file)) {
            found = new ArchiveImages(blobs, failures, platform).read(in);
          }
          if (!digests.of(file).equals(digest)) {
            throw failures.damaged("the archive changed while it was read");
          }
          return found;
        });
  }

  /** Reads an image for the first time. */
  @FunctionalInterface
  private interface Reading {
    FoundImage read() throws IOException;
  }

  private BaseImage open(BaseCache.Key key, BaseFailures failures, Reading reading)
      throws IOException {
    BaseCache cache = new BaseCache(findings.records());
    Optional<BaseImage> known =
        cache.find(key, failures.name(), (layer, diffId, number) -> blobs.find(layer.digest()));
    if (known.isPresent()) {
      return known.get();
    }
    log.info("Base image [" + failures.name() + "] is read, which later builds need not do");
    ImageCheck check = new ImageCheck(new CheckedLayers(findings, failures), failures);
    BaseImage found = check.check(reading.read(), key.platform());
    BaseImage image = found.withLayers(CheckedLayers.stored(found.layers()));
    cache.keep(key, image);
    return image;
  }
}
