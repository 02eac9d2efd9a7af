package io.slimimage.output;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.docker.DockerEngine;
import io.slimimage.docker.EngineException;
import io.slimimage.docker.KnownImage;
import io.slimimage.image.BuiltImage;
import io.slimimage.image.ImageReference;
import io.slimimage.image.PlatformImages;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Loads an image into a Docker Engine under all its names. */
public final class EngineLoader {

  private final DockerEngine engine;
  private final BuildLog log;

  /**
   * What was done.
   *
   * @param bytes how many were sent; 0 where the engine had the image
   * @param layersSent how many layers were among them
   */
  public record Loaded(long bytes, int layersSent) {}

  /** Creates a loader. */
  public EngineLoader(DockerEngine engine, BuildLog log) {
    this.engine = engine;
    this.log = log;
  }

  /**
   * Loads the image; of its layers only those are sent that the engine lacks, as far as it can be
   * told and the engine takes the rest alone.
   *
   * @throws EngineException if the engine refuses the image, or has another one afterwards
   */
  public Loaded load(BuiltImage image) throws IOException {
    Optional<KnownImage> current = find(image.references().get(0));
    if (current.filter(it -> isWhole(it, image)).isPresent()) {
      return new Loaded(0, 0);
    }
    Optional<KnownImage> same =
        current
            .filter(it -> isSame(it, image))
            .or(() -> engine.find(image.id().toString()))
            // What engines with containerd's store call the image's id.
            .or(() -> engine.find(image.digest().toString()));
    Loaded loaded = new Loaded(0, 0);
    if (same.isPresent()) {
      tagMissing(same.get(), image);
    } else {
      try {
        loaded = send(image, current.map(KnownImage::diffIds).orElse(List.of()));
      } catch (EngineException e) {
        withdraw(image);
        throw e;
      }
    }
    verify(image);
    return loaded;
  }

  private Loaded send(BuiltImage image, List<String> diffIds) throws IOException {
    if (!engine.info().podman()) {
      return new LayerTransfer(engine, image, log).send(diffIds);
    }
    // Of several names, and of Docker's format, Podman would make a manifest that is not ours, and
    // it would not compare Docker's layers with their diff IDs.
    ImageArchive archive =
        ImageArchive.layout(PlatformImages.of(image), image.references().subList(0, 1));
    engine.load(archive::writeTo);
    engine.find(image.id().toString()).ifPresent(it -> tagMissing(it, image));
    return new Loaded(archive.size(), image.layers().size());
  }

  /**
   * Takes the names away from an image that is not whole: engines with containerd's store name it
   * before they unpack its layers, and the next build would take it for loaded.
   */
  private void withdraw(BuiltImage image) {
    try {
      for (ImageReference reference : image.references()) {
        // What other engines have a name for is whole.
        if (find(reference).filter(it -> hex(it).equals(image.digest().hex())).isPresent()) {
          engine.removeImage(reference.canonical());
        }
      }
    } catch (EngineException e) {
      log.debug("The names of the broken image stay: " + e.getMessage());
    }
  }

  private void tagMissing(KnownImage found, BuiltImage image) {
    for (ImageReference reference : image.references()) {
      if (!hasAll(found, List.of(reference))) {
        engine.tag(found.id(), reference);
      }
    }
  }

  /** An image that was loaded wrong must not be taken for ours, whatever the engine answered. */
  private void verify(BuiltImage image) {
    if (find(image.references().get(0)).filter(it -> isWhole(it, image)).isPresent()) {
      return;
    }
    for (ImageReference reference : image.references()) {
      Optional<KnownImage> found = find(reference);
      if (found.filter(it -> isSame(it, image)).isEmpty()) {
        String actual = found.map(it -> "image [" + it.id() + "]").orElse("no image");
        throw new EngineException(
            SlimImageException.advise(
                "The engine has loaded image ["
                    + image.id()
                    + "], but has "
                    + actual
                    + " as ["
                    + reference
                    + "]",
                "see whether something else gives it that name, and read the engine's log"));
      }
    }
  }

  private Optional<KnownImage> find(ImageReference reference) {
    return engine.find(reference.canonical());
  }

  private static boolean isWhole(KnownImage found, BuiltImage image) {
    return isSame(found, image) && hasAll(found, image.references());
  }

  /** Engines know an image by its configuration, with containerd's store by its manifest. */
  private static boolean isSame(KnownImage found, BuiltImage image) {
    return hex(found).equals(image.id().hex()) || hex(found).equals(image.digest().hex());
  }

  /** Some versions of Podman leave the algorithm out. */
  private static String hex(KnownImage found) {
    return found.id().substring(found.id().indexOf(':') + 1);
  }

  /** Docker writes names of Docker Hub short, Podman whole. */
  private static boolean hasAll(KnownImage found, List<ImageReference> references) {
    return references.stream()
        .allMatch(
            it -> found.tags().contains(it.familiar()) || found.tags().contains(it.canonical()));
  }
}
