package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.ConfigurationException;
import io.slimimage.SlimImageException;
import io.slimimage.base.BaseReference;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.blob.Records;
import io.slimimage.credentials.Credentials;
import io.slimimage.docker.DockerEngine;
import io.slimimage.docker.EngineLocator;
import io.slimimage.docker.KnownImage;
import io.slimimage.docker.PushedImage;
import io.slimimage.image.Descriptor;
import io.slimimage.image.ImageReference;
import io.slimimage.output.LayoutReader;
import io.slimimage.output.PushableImage;
import io.slimimage.output.Pushed;
import io.slimimage.output.RegistryWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;

/** Pushes what was built: by the engine that has it, or from here. */
final class ImagePushes {

  private final MavenSession session;
  private final Path cache;
  private final LazyRegistries registries;
  private final BuildOutputs outputs;
  private final BuildLog log;

  /**
   * Prepares pushes.
   *
   * @param cache the directory that keeps what later builds can use again
   */
  ImagePushes(
      MavenSession session,
      Path cache,
      LazyRegistries registries,
      BuildOutputs outputs,
      BuildLog log) {
    this.session = session;
    this.cache = cache;
    this.registries = registries;
    this.outputs = outputs;
    this.log = log;
  }

  /**
   * Pushes what the last build has left in {@code target/slimimage}.
   *
   * @param names under which the image is to be pushed, all of those that it was built with
   * @throws ConfigurationException if there is none, or another one
   */
  void pushBuilt(List<ImageReference> names) throws IOException {
    ImageJson built = built(names);
    if (built.isEmbedded()) {
      Digest digest = Digest.parse(built.get("digest"));
      Path layout = outputs.directory().resolve("image");
      PushableImage image = LayoutReader.read(layout, digest, layer -> ofBase(built, layer));
      push(image.onBase(built.baseLayers()), names);
    } else {
      pushByEngine(built.get("id"), names);
    }
  }

  /** Returns a layer that the base image has in its registry. */
  private Optional<Blob> ofBase(ImageJson built, Descriptor layer) {
    boolean known = built.baseLayers().contains(layer.digest());
    return known
            && BaseReference.parse(built.get("baseImage"), outputs.directory())
                instanceof BaseReference.Registry base
        ? Optional.of(new RemoteLayer(registries, base.image(), layer))
        : Optional.empty();
  }

  private ImageJson built(List<ImageReference> names) throws IOException {
    Optional<ImageJson> found = outputs.built();
    if (found.isEmpty()) {
      throw new ConfigurationException(
          SlimImageException.advise(
              "There is no image in [" + outputs.directory() + "] that could be pushed",
              "run the goal 'build' before, or bind it to the phase 'package'"));
    }
    ImageJson built = found.get();
    if (!built.get("target").equals("runtime")) {
      throw new ConfigurationException(
          SlimImageException.advise(
              "What was built last is the stage ["
                  + built.get("target")
                  + "], which has no name to push it by",
              "build again without 'slimimage.target'"));
    }
    List<String> wanted = names.stream().map(ImageReference::familiar).sorted().toList();
    if (!built.tags().equals(wanted)) {
      throw new ConfigurationException(
          SlimImageException.advise(
              "The image that was built last is "
                  + String.join(", ", built.tags())
                  + ", not "
                  + String.join(", ", wanted),
              "give 'slimimage.image' and 'slimimage.tags' to 'build' and 'push' alike"));
    }
    return built;
  }

  /** Pushes an image from here. */
  void push(PushableImage image, List<ImageReference> names) throws IOException {
    Phases time = new Phases(log);
    log.info("Pushing " + names.get(0).canonicalName());
    Records records = BuildCache.open(cache, outputs.directory()).earlier().records();
    List<Pushed> pushed = new RegistryWriter(registries.get(), records, log).push(image, names);
    registries
        .origin(names.get(0).registry())
        .ifPresent(origin -> log.info("  credentials   " + origin));
    pushed.forEach(each -> PushReport.log(each, time.total(), log));
    finish(pushed.stream().map(PushResult::of).toList());
  }

  /** Has the engine push an image that it has made. */
  void pushByEngine(String id, List<ImageReference> names) throws IOException {
    ImageReference main = names.get(0);
    Optional<Credentials> credentials = registries.credentials().find(main.registry());
    List<PushedImage> pushed = new ArrayList<>();
    try (DockerEngine engine = EngineLocator.ofProcess(log).connect()) {
      names.forEach(name -> requireImage(engine, name, id));
      log.info("Pushing " + main.canonicalName() + " by " + engine.info());
      credentials.ifPresent(known -> log.info("  credentials   " + known.source()));
      for (ImageReference name : names) {
        pushed.add(engine.push(name, credentials));
      }
    }
    PushResult result = PushResult.of(names, pushed);
    PushReport.log(result, log);
    finish(List.of(result));
  }

  /** Some versions of Podman leave the algorithm of an id out. */
  private static void requireImage(DockerEngine engine, ImageReference name, String id) {
    Optional<KnownImage> found = engine.find(name.familiar());
    if (found.filter(it -> hex(it.id()).equals(hex(id))).isEmpty()) {
      throw new ConfigurationException(
          SlimImageException.advise(
              "The engine has "
                  + found.map(it -> "another image [" + it.id() + "]").orElse("no image")
                  + " as ["
                  + name
                  + "], and not the one that was built last ["
                  + id
                  + "]",
              "build again"));
    }
  }

  private static String hex(String id) {
    return id.substring(id.indexOf(':') + 1);
  }

  private void finish(List<PushResult> results) throws IOException {
    outputs.writePushed(results);
    outputs.publish(results.get(0), session.getCurrentProject().getProperties());
    results.forEach(result -> log.info(result.reference()));
  }
}
