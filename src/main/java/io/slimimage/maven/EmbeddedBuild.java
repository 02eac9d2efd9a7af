package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.base.BaseFiles;
import io.slimimage.base.BaseImages;
import io.slimimage.base.BaseRegistries;
import io.slimimage.blob.EarlierBuilds;
import io.slimimage.docker.DockerEngine;
import io.slimimage.image.BaseImage;
import io.slimimage.image.BuiltImage;
import io.slimimage.image.BuiltLayer;
import io.slimimage.image.ImageAssembly;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.ImageMetadata;
import io.slimimage.image.ImagePlan;
import io.slimimage.image.LayerStore;
import io.slimimage.layer.LayerSource;
import io.slimimage.output.ArchiveWriter;
import io.slimimage.output.EngineLoader;
import io.slimimage.output.LayoutWriter;
import io.slimimage.system.BaseSystem;
import java.io.IOException;
import java.nio.file.Files;
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
    BaseImage base = base(store);
    Optional<BaseSystem> system = new EmbeddedBase(configuration, base, cache, log).check();
    phases.end("base image");
    LayerAssembly.Sources sources = layout.of(cache.earlier(), system);
    phases.end("plan");
    List<LayerSource> onBase = BaseFiles.on(base, sources.layers(), cache.earlier().records());
    List<BuiltLayer> layers = store.build(onBase);
    phases.end("layers");
    BuiltImage image = image(base, layers);
    phases.end("configuration of the image");
    EmbeddedResult.Written written = write(image);
    return new EmbeddedResult(
        image,
        configuration.runtime().baseImage(),
        layers,
        sources.runtime(),
        sources.originals(),
        configuration.container().ports(),
        written,
        phases.total());
  }

  private BaseImage base(LayerStore store) throws IOException {
    BaseImages images =
        new BaseImages(
            cache.blobs(),
            cache.earlier().records(),
            cache.earlier().digests(),
            engine,
            registries,
            log);
    BaseImage base = images.open(configuration.base(), configuration.platform());
    List<ImageLayer> layers = new ArrayList<>();
    for (ImageLayer layer : base.layers()) {
      layers.add(store.compressed(layer));
    }
    return base.withLayers(layers);
  }

  private BuiltImage image(BaseImage base, List<BuiltLayer> layers) {
    ImagePlan plan =
        new ImagePlan(
            configuration.names(),
            configuration.runtime().baseImage(),
            layers.stream().map(BuiltLayer::role).toList(),
            configuration.container());
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
    Instant created = Instant.ofEpochSecond(configuration.layers().created());
    return ImageAssembly.assemble(
        plan, base, layers, new ImageMetadata(created, annotations, BUILDER));
  }

  private EmbeddedResult.Written write(BuiltImage image) throws IOException {
    Path layout = directory.resolve("image");
    new LayoutWriter(layout, cache.earlier().digests(), cache.blobs()).write(image);
    phases.end("OCI layout");
    Optional<DockerEngine> target = target();
    EngineLoader.Loaded loaded = new EngineLoader.Loaded(0, 0);
    if (target.isPresent()) {
      loaded = new EngineLoader(target.get(), log).load(image);
      phases.end("loading");
    }
    Path archive = directory.resolve("image.tar");
    boolean wanted = configuration.output().archived(target.isPresent());
    if (wanted) {
      new ArchiveWriter(archive, cache.earlier().records()).write(image);
      phases.end("archive");
    } else {
      // That of another image: nobody should take it for this one.
      Files.deleteIfExists(archive);
    }
    return new EmbeddedResult.Written(
        layout,
        wanted ? Optional.of(archive) : Optional.empty(),
        target.map(found -> found.info().toString()),
        loaded);
  }

  private Optional<DockerEngine> target() {
    return switch (configuration.output().load()) {
      case NEVER -> Optional.empty();
      case ALWAYS -> Optional.of(engine.get());
      case WHERE_POSSIBLE -> engine.find();
    };
  }

  @Override
  public void close() throws IOException {
    engine.close();
    cache.close(configuration.output().cacheSize());
  }
}
