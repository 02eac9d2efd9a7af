package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.application.DependencyKind;
import io.slimimage.application.Library;
import io.slimimage.blob.Blob;
import io.slimimage.blob.EarlierBuilds;
import io.slimimage.blob.FileDigests;
import io.slimimage.layer.ApplicationLayers;
import io.slimimage.layer.LayerEntry;
import io.slimimage.modules.Jdk;
import io.slimimage.modules.ModuleSelection;
import io.slimimage.modules.ScannedJar;
import io.slimimage.runtime.JimageForm;
import io.slimimage.runtime.RuntimePlan;
import io.slimimage.runtime.RuntimeRequest;
import io.slimimage.runtime.SlimRuntime;
import io.slimimage.system.BaseSystem;
import io.slimimage.system.SystemFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Named;
import javax.inject.Singleton;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.toolchain.ToolchainManager;

/** Links the runtime of what Maven has packaged. */
@Named
@Singleton
final class RuntimeAssembly {

  private static final Path SYSTEM = Path.of("/");

  private final ToolchainManager toolchains;

  @Inject
  RuntimeAssembly(ToolchainManager toolchains) {
    this.toolchains = toolchains;
  }

  /**
   * A linked runtime.
   *
   * @param entries all entries of its layer
   * @param report what it is made of
   */
  record Linked(List<LayerEntry> entries, RuntimeReport report) {
    Linked {
      entries = List.copyOf(entries);
    }
  }

  /** Makes the runtime layer, of what earlier builds have left in the configured directory. */
  Linked assemble(
      MavenSession session,
      ApplicationLayers layers,
      LayersConfiguration configuration,
      BuildLog log) {
    EarlierBuilds earlier = earlierBuilds(configuration.runtime().cache());
    RuntimePlan planned = plan(session, layers, configuration, earlier, log);
    try {
      Linked linked = new Linked(planned.layer().entries(), RuntimeReport.of(planned));
      earlier.digests().save();
      earlier.records().prune();
      return linked;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EarlierBuilds earlierBuilds(String cache) {
    Path directory = Path.of(cache).toAbsolutePath();
    Path digests = directory.resolve("digests").resolve("layers");
    return EarlierBuilds.in(directory, FileDigests.at(digests));
  }

  /**
   * Plans the runtime layer, with the directories that the container's configuration asks for.
   *
   * @param earlier what earlier builds have left in the configured directory
   */
  RuntimePlan plan(
      MavenSession session,
      ApplicationLayers layers,
      LayersConfiguration configuration,
      EarlierBuilds earlier,
      BuildLog log) {
    RuntimeConfiguration runtime = configuration.runtime();
    Jdk jdk = Jdk.at(JavaRelease.home(session, toolchains));
    if (runtime.base() == null) {
      log.info("The base image is not looked into here: it must have the libraries of the runtime");
    } else {
      requireTraceable(SYSTEM, runtime.base());
    }
    RuntimeRequest request =
        new RuntimeRequest(
            jdk,
            jars(layers),
            new ModuleSelection(runtime.only(), runtime.add(), runtime.exclude()),
            runtime.locales(),
            form(configuration.optimizeFor()),
            CaFiles.decode(runtime.caCertificates()),
            new RuntimeRequest.Container(
                runtime.user(),
                runtime.home(),
                layers.extraDirectory(),
                Optional.ofNullable(runtime.base()),
                ImageDirectories.entries(configuration.directories())),
            SYSTEM);
    return new RuntimePlan(request, earlier, log);
  }

  /**
   * Refuses a builder stage whose C library nobody could tell the origin of in the image. A host
   * like that is not asked to link in the first place.
   */
  static void requireTraceable(Path system, BaseSystem base) {
    if (base.libc() != BaseSystem.Libc.NONE) {
      return;
    }
    SystemFiles.untraceable(system)
        .ifPresent(
            reason -> {
              throw new SlimImageException(
                  SlimImageException.advise(
                      "The image cannot get its system libraries from the builder image: " + reason,
                      "name a builder image of Debian, Ubuntu or Alpine by"
                          + " 'slimimage.builder.image', or set 'slimimage.runtime' to jre"));
            });
  }

  /** Links the runtime for libraries and for classes that will need what the sources import. */
  void linkAhead(MavenSession session, List<Path> libraries, LinkAhead link, BuildLog log) {
    Jdk jdk = Jdk.at(JavaRelease.home(session, toolchains));
    List<ScannedJar> jars = new ArrayList<>();
    jars.add(new ScannedJar("imports.jar", true, ImportingJar.of(link.imports())));
    for (Path library : libraries) {
      jars.add(new ScannedJar(library.getFileName().toString(), false, Blob.of(library)));
    }
    EarlierBuilds earlier = earlierBuilds(link.cache());
    SlimRuntime.link(
        jdk,
        jars,
        new ModuleSelection(link.only(), link.add(), link.exclude()),
        link.locales(),
        form(link.optimizeFor()),
        earlier,
        log);
    earlier.digests().save();
  }

  private static JimageForm form(String optimizeFor) {
    return optimizeFor.equals("disk") ? JimageForm.DISK : JimageForm.PULL;
  }

  private static List<ScannedJar> jars(ApplicationLayers layers) {
    List<ScannedJar> jars = new ArrayList<>();
    jars.add(new ScannedJar(layers.artifactId() + ".jar", true, layers.thinJar()));
    for (Library library : layers.libraries()) {
      boolean own = library.kind() == DependencyKind.MODULE;
      jars.add(new ScannedJar(library.fileName(), own, library.content()));
    }
    return jars;
  }
}
