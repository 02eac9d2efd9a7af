package io.slimimage.system;

import java.util.Objects;

/**
 * A {@code java} program in an image.
 *
 * @param path its path, without a slash in front, after following all links
 * @param release its feature release, such as 17; 0 where no file {@code release} tells it
 * @param vendor who made it, such as {@code Eclipse Adoptium}; empty where it is not known
 */
public record JavaProgram(String path, int release, String vendor) {

  /** Checks that nothing is null. */
  public JavaProgram {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(vendor, "vendor");
  }

  /** Returns such as {@code Java 17 of Eclipse Adoptium}. */
  @Override
  public String toString() {
    return "Java" + (release == 0 ? "" : " " + release) + (vendor.isEmpty() ? "" : " of " + vendor);
  }
}
