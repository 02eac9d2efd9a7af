package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.base.BaseFiles;
import io.slimimage.base.BaseImages;
import io.slimimage.base.BaseRegistries;
import io.slimimage.base.LayerFindings;
import io.slimimage.blob.EarlierBuilds;
import io.slimimage.image.BaseImage;
import io.slimimage.image.BuiltImage;
import io.slimimage.image.BuiltLayer;
import io.slimimage.image.ImageAssembly;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.ImageMetadata;
import io.slimimage.image.ImagePlan;
import io.slimimage.image.LayerStore;
import io.slimimage.image.PlatformImages;
import io.slimimage.layer.LayerSource;
import io.slimimage.system.BaseSystem;
import io.slimimage.system.ImageSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One build by the embedded engine, from the packaged application to the image. */
final class EmbeddedBuild implements AutoCloseable {

  private static final String ANNOTATIONS = "org.opencontainers.image.";
  private static final String BUILDER = "slimimage-maven-plugin";

  private final EmbeddedConfiguration configuration;
  private final Path directory;
  private final BaseRegistries registries;
  private final Phases phases;
  private final BuildLog log;
  private final BuildCache cache;
  private final LayerFindings findings;
  private final LazyEngine engine;

  EmbeddedBuild(
      EmbeddedConfiguration configuration,
      BuildOutputs outputs,
      BaseRegistries registries,
      Phases phases,
      BuildLog log) {
    this.configuration = configuration;
    this.directory = outputs.directory();
    this.registries = registries;
    this.phases = phases;
    this.log = log;
    this.cache = BuildCache.open(configuration.cache(), directory);
    this.findings = new LayerFindings(cache.earlier().records(), ImageSystem::reads);
    this.engine = new LazyEngine(log);
    if (configuration.output().load() != OutputChoice.Load.NEVER) {
      engine.lookAhead(configuration.names().get(0).canonical());
    }
  }

  /** Lays out the application. */
  @FunctionalInterface
  interface Layout {
    LayerAssembly.Sources of(EarlierBuilds earlier, Optional<BaseSystem> base) throws IOException;
  }

  EmbeddedResult run(Layout layout) throws IOException {
    LayerStore store =
        new LayerStore(
            cache.blobs(), cache.earlier().records(), configuration.output().compression());
    List<BaseImage> bases = bases(store);
    Optional<BaseSystem> system = Optional.empty();
    for (BaseImage base : bases) {
      // A runtime is linked for one platform only.
      system = new EmbeddedBase(configuration, base, cache, findings, log).check();
    }
    phases.end("base image");
    LayerAssembly.Sources sources = layout.of(cache.earlier(), system);
    phases.end("plan");
    List<EmbeddedImage> images = new ArrayList<>();
    for (BaseImage base : bases) {
      List<LayerSource> onBase = BaseFiles.on(base, sources.layers(), findings);
      List<BuiltLayer> layers = store.build(onBase);
      images.add(new EmbeddedImage(image(base, layers), layers));
    }
    phases.end("layers");
    PlatformImages named =
        ImageAssembly.index(
            images.stream().map(EmbeddedImage::image).toList(), annotations(bases.get(0)));
    EmbeddedResult.Written written =
        new EmbeddedOutputs(configuration.output(), directory, cache, engine, phases, log)
            .write(named);
    return new EmbeddedResult(
        named,
        images,
        configuration.runtime().baseImage(),
        sources.runtime(),
        sources.originals(),
        configuration.container().ports(),
        written,
        phases.total());
  }

  private List<BaseImage> bases(LayerStore store) throws IOException {
    BaseImages images =
        new BaseImages(cache.blobs(), findings, cache.earlier().digests(), engine, registries, log);
    List<BaseImage> bases = new ArrayList<>();
    for (BaseImage base : images.open(configuration.base(), configuration.platforms())) {
      List<ImageLayer> layers = new ArrayList<>();
      for (ImageLayer layer : base.layers()) {
        layers.add(store.compressed(layer));
      }
      bases.add(base.withLayers(layers));
    }
    return bases;
  }

  private BuiltImage image(BaseImage base, List<BuiltLayer> layers) {
    ImagePlan plan =
        new ImagePlan(
            configuration.names(),
            configuration.runtime().baseImage(),
            layers.stream().map(BuiltLayer::role).toList(),
            configuration.container());
    Instant created = Instant.ofEpochSecond(configuration.layers().created());
    return ImageAssembly.assemble(
        plan, base, layers, new ImageMetadata(created, annotations(base), BUILDER));
  }

  private Map<String, String> annotations(BaseImage base) {
    Map<String, String> annotations = new HashMap<>();
    base.origin().ifPresent(origin -> annotations.putAll(origin.annotations()));
    configuration
        .container()
        .labels()
        .forEach(
            (name, value) -> {
              if (name.startsWith(ANNOTATIONS)) {
                annotations.put(name, value);
              }
            });
    return annotations;
  }

  @Override
  public void close() throws IOException {
    engine.close();
    cache.close(configuration.output().cacheSize());
  }
}
