package io.slimimage.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Images in an engine that must be the same to whoever runs them, however they were built. They are
 * compared by what {@code docker save} hands out, each with the first.
 *
 * <p>For {@code verify.groovy}; a check that fails throws {@link AssertionError}.
 */
public final class EqualImages {

  private final SortedMap<String, SavedImage> others = new TreeMap<>();
  private final String reference;
  private final SavedImage first;

  private EqualImages(List<String> references, List<SavedImage> images) {
    if (images.size() < 2) {
      throw new IllegalArgumentException(references + " are not two images");
    }
    reference = references.get(0);
    first = images.get(0);
    for (int i = 1; i < images.size(); i++) {
      others.put(references.get(i), images.get(i));
    }
  }

  /**
   * Reads the images, which takes as long as saving them.
   *
   * @param references at least two images in the engine
   */
  public static EqualImages of(String... references) throws IOException {
    List<SavedImage> images = new ArrayList<>();
    try (Engine engine = Engine.ofEnvironment()) {
      for (String each : references) {
        images.add(engine.save(each));
      }
    }
    return of(List.of(references), images);
  }

  static EqualImages of(List<String> references, List<SavedImage> images) {
    return new EqualImages(references, images);
  }

  /**
   * Checks that a container of each sees the same root file system, by path, type, mode, owner,
   * size, content and target, and starts the same way, by the named fields of the configuration.
   * Times are left to {@link #timesAreEqual}.
   */
  public EqualImages areEqual() throws IOException {
    SortedMap<String, String> fields = ConfigFields.of(first.config());
    SortedMap<String, String> files = files(first, SavedEntry::description);
    if (files.isEmpty()) {
      throw new AssertionError("[" + reference + "] has no files that could be compared");
    }
    for (Map.Entry<String, SavedImage> other : others.entrySet()) {
      SavedImage image = other.getValue();
      check(
          other.getKey(),
          Differences.between("configuration fields", fields, ConfigFields.of(image.config()))
              + Differences.between("files", files, files(image, SavedEntry::description)));
    }
    return this;
  }

  /** Checks that whatever is in several of the root file systems was changed at the same time. */
  public EqualImages timesAreEqual() throws IOException {
    SortedMap<String, String> times = files(first, entry -> entry.time().toString());
    for (Map.Entry<String, SavedImage> other : others.entrySet()) {
      SortedMap<String, String> otherTimes =
          files(other.getValue(), entry -> entry.time().toString());
      SortedMap<String, String> common = new TreeMap<>(times);
      common.keySet().retainAll(otherTimes.keySet());
      otherTimes.keySet().retainAll(common.keySet());
      check(other.getKey(), Differences.between("times of files", common, otherTimes));
    }
    return this;
  }

  /**
   * Checks that the images have the same entries in each layer above their base image, times
   * included. Layers without an entry do not count: BuildKit makes one of {@code WORKDIR}.
   *
   * @param baseImage the base image of all of them, {@code scratch} for none
   */
  public EqualImages layersAreEqualAbove(String baseImage) throws IOException {
    try (Engine engine = Engine.ofEnvironment()) {
      return layersAreEqualAbove(engine.diffIds(baseImage));
    }
  }

  EqualImages layersAreEqualAbove(List<String> base) {
    SortedMap<String, String> layers = layers(reference, first, base);
    if (layers.isEmpty()) {
      throw new AssertionError("[" + reference + "] has no layers above its base image");
    }
    others.forEach(
        (other, image) ->
            check(
                other,
                Differences.between("entries of layers", layers, layers(other, image, base))));
    return this;
  }

  /** Returns the entries of all layers above the base, the layers counted from 1. */
  private static SortedMap<String, String> layers(
      String reference, SavedImage image, List<String> base) {
    List<String> diffIds = image.layers().stream().map(SavedLayer::diffId).toList();
    if (diffIds.size() < base.size() || !diffIds.subList(0, base.size()).equals(base)) {
      throw new AssertionError("[" + reference + "] is not based on " + base + ": " + diffIds);
    }
    List<SavedLayer> own =
        image.layers().stream()
            .skip(base.size())
            .filter(layer -> !layer.entries().isEmpty())
            .toList();
    SortedMap<String, String> entries = new TreeMap<>();
    for (int i = 0; i < own.size(); i++) {
      for (SavedEntry entry : own.get(i).entries()) {
        String name = "layer %02d: %s".formatted(i + 1, entry.path());
        entries.put(name, entry.description() + ", " + entry.time());
      }
    }
    return entries;
  }

  private static SortedMap<String, String> files(
      SavedImage image, Function<SavedEntry, String> description) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    RootFileSystem.of(image.layers())
        .forEach((path, entry) -> files.put(path, description.apply(entry)));
    return files;
  }

  private void check(String other, String differences) {
    if (!differences.isEmpty()) {
      throw new AssertionError(
          "[%s] (-) and [%s] (+) are not equal:%n%s".formatted(reference, other, differences));
    }
  }
}
