package io.slimimage.output;

import io.slimimage.BuildLog;
import io.slimimage.blob.Blob;
import io.slimimage.docker.DockerEngine;
import io.slimimage.docker.EngineException;
import io.slimimage.image.BuiltImage;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.PlatformImages;
import io.slimimage.output.EngineLoader.Loaded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Sends an image without the layers that the engine has.
 *
 * <p>An engine that keeps layers by their chain ID does not look for the file of one that it has,
 * and names the file of the first one that it lacks. So an archive without any layer, of a few
 * kilobytes, asks it how many it has. Engines with containerd's store refuse such an archive; they
 * get a whole one.
 */
final class LayerTransfer {

  /**
   * What is sent without asking, in bytes. Docker 20.10 takes 50 ms for an archive without layers,
   * and for 16 MB of layers that it has; later engines take 5 ms.
   */
  private static final long SMALL = 16 << 20;

  /** What an engine says that looks for a layer's file. */
  private static final Pattern MISSING =
      Pattern.compile("open .*(blobs/sha256/[0-9a-f]{64}): no such file or directory");

  private final DockerEngine engine;
  private final BuildLog log;
  private final BuiltImage image;
  private final List<String> paths;
  private long sent;

  LayerTransfer(DockerEngine engine, BuiltImage image, BuildLog log) {
    this.engine = engine;
    this.image = image;
    this.log = log;
    this.paths =
        image.layers().stream()
            .map(it -> isReadable(it) ? ImageArchive.path(it) : ImageArchive.path(it.diffId()))
            .toList();
  }

  private boolean isReadable(ImageLayer layer) {
    return engine.info().supportsZstd() || !UncompressedLayer.isZstd(layer);
  }

  /**
   * Loads the image.
   *
   * @param diffIds of the image that the engine has under the same name
   */
  Loaded send(List<String> diffIds) throws IOException {
    int known = common(diffIds);
    int present = size(known) > SMALL ? paths.size() : known;
    while (present > 0) {
      try {
        return load(without(present), present);
      } catch (EngineException e) {
        log.debug("Without the first " + present + " layers: " + e.getMessage());
        present = firstMissing(e.getMessage(), present).orElse(0);
      }
    }
    boolean readable = image.layers().stream().allMatch(this::isReadable);
    return load(
        readable ? ImageArchive.whole(PlatformImages.of(image), image.references()) : without(0),
        0);
  }

  private ImageArchive without(int present) throws IOException {
    List<Blob> contents = new ArrayList<>();
    for (ImageLayer layer : image.layers().subList(present, paths.size())) {
      contents.add(isReadable(layer) ? layer.content() : UncompressedLayer.of(layer));
    }
    return ImageArchive.upper(image, image.references(), paths, contents);
  }

  private Loaded load(ImageArchive archive, int present) throws IOException {
    sent += archive.size();
    engine.load(archive::writeTo);
    return new Loaded(sent, paths.size() - present);
  }

  /** Returns how many of the lowest layers are the same. */
  private int common(List<String> diffIds) {
    int most = Math.min(diffIds.size(), paths.size());
    return IntStream.range(0, most)
        .filter(i -> !image.layers().get(i).diffId().toString().equals(diffIds.get(i)))
        .findFirst()
        .orElse(most);
  }

  /** Returns the size of the layers from that one on. */
  private long size(int from) {
    return image.layers().stream().skip(from).mapToLong(layer -> layer.descriptor().size()).sum();
  }

  /** Returns the first of the layers left out that the engine has looked for. */
  private OptionalInt firstMissing(String message, int present) {
    return MISSING
        .matcher(message)
        .results()
        .flatMapToInt(
            match -> IntStream.range(0, present).filter(i -> paths.get(i).equals(match.group(1))))
        .findFirst();
  }
}
