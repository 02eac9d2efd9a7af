package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.docker.DockerEngine;
import io.slimimage.image.BuiltImage;
import io.slimimage.image.PlatformImages;
import io.slimimage.output.ArchiveWriter;
import io.slimimage.output.EngineLoader;
import io.slimimage.output.EngineLoader.Loaded;
import io.slimimage.output.LayoutWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Puts what the embedded engine has built where the user wants it on this machine. */
final class EmbeddedOutputs {

  private final OutputChoice choice;
  private final Path directory;
  private final BuildCache cache;
  private final LazyEngine engine;
  private final Phases phases;
  private final BuildLog log;

  /**
   * Creates the outputs.
   *
   * @param directory gets layout and archive
   */
  EmbeddedOutputs(
      OutputChoice choice,
      Path directory,
      BuildCache cache,
      LazyEngine engine,
      Phases phases,
      BuildLog log) {
    this.choice = choice;
    this.directory = directory;
    this.cache = cache;
    this.engine = engine;
    this.phases = phases;
    this.log = log;
  }

  EmbeddedResult.Written write(PlatformImages images) throws IOException {
    Path layout = directory.resolve("image");
    LayoutWriter writer = new LayoutWriter(layout, cache.earlier().digests(), cache.blobs());
    int elsewhere = 0;
    if (choice.onlyPushed()) {
      elsewhere = writer.writeWithoutDownloads(images).size();
    } else {
      writer.write(images);
    }
    phases.end("OCI layout");
    Optional<String> loadedInto = Optional.empty();
    Loaded loaded = new Loaded(0, 0);
    Optional<DockerEngine> target = target();
    Optional<BuiltImage> fitting =
        target.flatMap(it -> PlatformChoice.fitting(images, it.info(), choice.load(), log));
    if (fitting.isPresent()) {
      loaded = new EngineLoader(target.get(), log).load(fitting.get());
      loadedInto = Optional.of(target.get().info().toString());
      phases.end("loading");
    }
    return new EmbeddedResult.Written(
        layout, elsewhere, archive(images, loadedInto.isPresent()), loadedInto, loaded);
  }

  private Optional<Path> archive(PlatformImages images, boolean loaded) throws IOException {
    Path archive = directory.resolve("image.tar");
    if (choice.archived(loaded)) {
      new ArchiveWriter(archive, cache.earlier().records()).write(images);
      phases.end("archive");
      return Optional.of(archive);
    }
    // That of another image: nobody should take it for this one.
    Files.deleteIfExists(archive);
    return Optional.empty();
  }

  private Optional<DockerEngine> target() {
    return switch (choice.load()) {
      case NEVER -> Optional.empty();
      case ALWAYS -> Optional.of(engine.get());
      case WHERE_POSSIBLE -> engine.find();
    };
  }
}
