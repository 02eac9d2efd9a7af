package io.slimimage.modules;

import io.slimimage.blob.Blob;
import java.util.Objects;

/**
 * A jar of the application's class path.
 *
 * @param name its file name, for reports and errors
 * @param own whether it holds the application's own classes, or those of another module of its
 *     reactor
 * @param content its bytes
 */
public record ScannedJar(String name, boolean own, Blob content) {

  /** Checks that nothing is null. */
  public ScannedJar {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(content, "content");
  }
}
