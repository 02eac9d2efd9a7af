package io.slimimage.output;

import io.slimimage.SlimImageException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Says to the user why an output could not be written. */
final class WriteFailure {

  private WriteFailure() {}

  /**
   * Returns the failure to throw.
   *
   * @param target the file or directory that was to be written
   */
  static SlimImageException of(Path target, IOException cause) {
    String reason = reason(cause);
    boolean full = reason.contains("space left") || reason.contains("quota");
    String advice = full ? "make room there and build again" : "make that place writable";
    return new SlimImageException(
        SlimImageException.advise(
            "The image cannot be written to [" + target + "]: " + reason, advice),
        cause);
  }

  /** Returns the failure where something else is in the way. */
  static SlimImageException occupied(Path target, String wanted) {
    return new SlimImageException(
        SlimImageException.advise(
            "The image cannot be written to [" + target + "], which is no " + wanted,
            "remove it or move it away"));
  }

  private static String reason(IOException cause) {
    if (cause instanceof AccessDeniedException denied) {
      return "permission denied for [" + denied.getFile() + "]";
    }
    if (cause instanceof FileAlreadyExistsException there) {
      return "[" + there.getFile() + "] is in the way";
    }
    if (cause instanceof FileSystemException failed && failed.getReason() != null) {
      return failed.getReason();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
