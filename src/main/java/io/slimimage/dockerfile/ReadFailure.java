package io.slimimage.dockerfile;

import io.slimimage.SlimImageException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Says to the user why something of the project could not be read. */
final class ReadFailure {

  private ReadFailure() {}

  /** Returns the failure to throw. */
  static SlimImageException of(Path path, IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return new SlimImageException(
          SlimImageException.advise(
              "[" + path + "] vanished while the build context was read",
              "build again when nothing else writes to the project, or exclude it in .dockerignore"),
          cause);
    }
    return unreadable(path, reason(cause), cause);
  }

  /** Returns the failure to throw where the permission is known to be missing. */
  static SlimImageException denied(Path path) {
    return unreadable(path, "permission denied", null);
  }

  private static SlimImageException unreadable(Path path, String reason, IOException cause) {
    return new SlimImageException(
        SlimImageException.advise(
            "[" + path + "] belongs to the build context but cannot be read (" + reason + ")",
            "change its permissions, or exclude it in .dockerignore"),
        cause);
  }

  /** Returns the failure of a file that does not have the size that it had. */
  static SlimImageException changed(Path path, long expected) {
    return new SlimImageException(
        SlimImageException.advise(
            String.format(
                "[%s] changed while the build context was read (it had %d bytes)", path, expected),
            "build again when nothing else writes to the project, or exclude it in .dockerignore"));
  }

  /** Returns the cause in a few words. */
  static String reason(IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof NoSuchFileException) {
      return "no such file";
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
