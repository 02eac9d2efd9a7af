package io.slimimage.application;

import io.slimimage.blob.Blob;
import java.util.Objects;

/**
 * A file of the application's class path besides its own jar.
 *
 * @param fileName the name in the image, different from that of every other library
 * @param kind how often it changes
 * @param content its bytes
 */
public record Library(String fileName, DependencyKind kind, Blob content) {

  /** Checks that nothing is null. */
  public Library {
    Objects.requireNonNull(fileName, "fileName");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(content, "content");
  }
}
