package io.slimimage.base;

import io.slimimage.image.ImageReference;
import java.nio.file.Path;
import java.util.Objects;

/** Where a base image is, as {@code slimimage.baseImage} says. */
public sealed interface BaseReference {

  /** {@code scratch}: nothing at all. */
  record Scratch() implements BaseReference {
    @Override
    public String name() {
      return "scratch";
    }
  }

  /**
   * An image's name alone: a registry's.
   *
   * @param image its name
   */
  record Registry(ImageReference image) implements BaseReference {
    /** Checks that nothing is null. */
    public Registry {
      Objects.requireNonNull(image, "image");
    }

    @Override
    public String name() {
      return image.familiar();
    }
  }

  /**
   * {@code docker://NAME}: an image that an engine has.
   *
   * @param image its name
   */
  record Engine(ImageReference image) implements BaseReference {
    /** Checks that nothing is null. */
    public Engine {
      Objects.requireNonNull(image, "image");
    }

    @Override
    public String name() {
      return "docker://" + image.familiar();
    }
  }

  /**
   * {@code oci://DIRECTORY[:TAG]}: an OCI image layout.
   *
   * @param directory with {@code oci-layout} and {@code index.json}
   * @param tag the image's tag there; empty where there is only one image
   */
  record Layout(Path directory, String tag) implements BaseReference {
    /** Checks that nothing is null. */
    public Layout {
      Objects.requireNonNull(directory, "directory");
      Objects.requireNonNull(tag, "tag");
    }

    @Override
    public String name() {
      return "oci://" + directory + (tag.isEmpty() ? "" : ":" + tag);
    }
  }

  /**
   * {@code tar://FILE}: an archive by {@code docker save} or of an OCI image layout, with or
   * without gzip.
   *
   * @param file the archive
   */
  record Archive(Path file) implements BaseReference {
    /** Checks that nothing is null. */
    public Archive {
      Objects.requireNonNull(file, "file");
    }

    @Override
    public String name() {
      return "tar://" + file;
    }
  }

  /**
   * Parses the value of {@code slimimage.baseImage}.
   *
   * @param directory what relative paths are relative to
   * @throws io.slimimage.ConfigurationException if the value has none of the forms
   */
  static BaseReference parse(String value, Path directory) {
    return new BaseReferenceSyntax(directory).parse(value);
  }

  /** Returns how the user calls it, with the whole path of a file. */
  String name();
}
