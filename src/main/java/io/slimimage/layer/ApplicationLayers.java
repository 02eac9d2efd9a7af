package io.slimimage.layer;

import io.slimimage.application.DependencyKind;
import io.slimimage.application.Library;
import io.slimimage.application.PackagedJar;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Checksums;
import io.slimimage.blob.Digest;
import io.slimimage.blob.EarlierBuilds;
import io.slimimage.blob.FieldLines;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the layers are made of.
 *
 * @param artifactId the application's, which names its jar in the image
 * @param jar what Maven has packaged
 * @param libraries in the order of the class path
 * @param mainClass the class to start
 * @param extraDirectory the project's own files for the image; need not exist
 * @param runtime the entries of the runtime layer, parents may be missing
 * @param form the form of the libraries from repositories
 * @param time the time of the entries inside the jars that this build has made
 */
public record ApplicationLayers(
    String artifactId,
    PackagedJar jar,
    List<Library> libraries,
    String mainClass,
    Path extraDirectory,
    List<LayerEntry> runtime,
    JarForm form,
    Instant time) {

  /** The directory of the application in the image, without a slash in front. */
  public static final String APPLICATION_DIRECTORY = "app";

  private static final String LIB = "lib/";
  private static final String CHECKSUMS = "checksums";
  private static final int FILE_MODE = 0644;

  /** Copies the lists and checks that nothing is null. */
  public ApplicationLayers {
    Objects.requireNonNull(artifactId, "artifactId");
    Objects.requireNonNull(jar, "jar");
    libraries = List.copyOf(libraries);
    Objects.requireNonNull(mainClass, "mainClass");
    Objects.requireNonNull(extraDirectory, "extraDirectory");
    runtime = List.copyOf(runtime);
    Objects.requireNonNull(form, "form");
    Objects.requireNonNull(time, "time");
  }

  /**
   * A library as it was published, since its bytes in the image may differ.
   *
   * @param path its path in the image, without a slash in front
   * @param checksums of the published file
   */
  public record Original(String path, Checksums checksums) {}

  /** Returns the path of the application's jar in the image, without a slash in front. */
  public String jarPath() {
    return APPLICATION_DIRECTORY + "/" + artifactId + ".jar";
  }

  /**
   * Lays the files out in one layer for each role, empty ones too. Jars are read, and what is wrong
   * with one is told, when the layer is written.
   *
   * @throws io.slimimage.SlimImageException if a file cannot be used
   */
  public LayerPlan plan() {
    Map<LayerRole, LayerTree> trees = new EnumMap<>(LayerRole.class);
    for (LayerRole role : LayerRole.values()) {
      trees.put(role, new LayerTree(role));
    }
    trees.get(LayerRole.RUNTIME).addAll(runtime);
    for (Library library : libraries) {
      Blob content =
          library.kind() == DependencyKind.MODULE
              ? ModuleJar.of(library.fileName(), library.content(), time)
              : form.apply(library.fileName(), library.content());
      trees
          .get(LayerRole.of(library.kind()))
          .add(new LayerEntry.File(path(library), FILE_MODE, content));
    }
    trees.get(LayerRole.EXTRA).addAll(ExtraFiles.in(extraDirectory));
    trees.get(LayerRole.APPLICATION).add(new LayerEntry.File(jarPath(), FILE_MODE, thinJar()));
    return new LayerPlan(trees.values().stream().map(LayerTree::toLayer).toList());
  }

  /** Returns the application's own jar as it is in the image. */
  public Blob thinJar() {
    List<String> classPath = libraries.stream().map(library -> LIB + library.fileName()).toList();
    return ThinJar.of(jar, mainClass, classPath, time);
  }

  /** Returns the same layers with another runtime. */
  public ApplicationLayers withRuntime(List<LayerEntry> entries) {
    return new ApplicationLayers(
        artifactId, jar, libraries, mainClass, extraDirectory, entries, form, time);
  }

  /**
   * Returns what the libraries were before they went into the image, in class path order. No
   * library is read of which an earlier build has known it.
   */
  public List<Original> originals(EarlierBuilds earlier) throws IOException {
    StringBuilder keys = new StringBuilder();
    for (Library library : libraries) {
      keys.append(library.content().key(earlier.digests())).append('\n');
    }
    Digest key = Digest.sha256(keys.toString());
    Optional<String> known = earlier.records().find(CHECKSUMS, key);
    List<Checksums> checksums = known.isEmpty() ? List.of() : parse(known.get());
    if (checksums.size() != libraries.size()) {
      checksums = new ArrayList<>();
      FieldLines lines = new FieldLines();
      for (Library library : libraries) {
        Checksums found = Checksums.of(library.content());
        checksums.add(found);
        lines.add(found.sha1(), found.sha256());
      }
      earlier.records().put(CHECKSUMS, key, lines.toString());
    }
    List<Original> originals = new ArrayList<>();
    for (int i = 0; i < libraries.size(); i++) {
      originals.add(new Original(path(libraries.get(i)), checksums.get(i)));
    }
    return originals;
  }

  private static List<Checksums> parse(String text) {
    return FieldLines.parse(text).stream()
        .filter(line -> line.size() == 2)
        .map(line -> new Checksums(line.get(0), line.get(1)))
        .toList();
  }

  private static String path(Library library) {
    return APPLICATION_DIRECTORY + "/" + LIB + library.fileName();
  }
}
