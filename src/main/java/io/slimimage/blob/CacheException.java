package io.slimimage.blob;

import io.slimimage.SlimImageException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/**
 * A cache directory that cannot be used: a file is in its place, the disk is full, or it belongs to
 * somebody else.
 */
public final class CacheException extends SlimImageException {

  private static final long serialVersionUID = 1L;

  /** Creates a failure that names the directory and the parameter that chooses it. */
  public CacheException(Path directory, IOException cause) {
    super(
        advise(
            "The cache [" + directory + "] cannot be used (" + reason(cause) + ")",
            "check the permissions and the free space there, or name another directory as"
                + " slimimage.cache"),
        cause);
  }

  private static String reason(IOException e) {
    if (e instanceof FileAlreadyExistsException there) {
      return there.getFile() + " is not a directory";
    }
    if (e instanceof AccessDeniedException denied) {
      return "access to " + denied.getFile() + " is denied";
    }
    if (e instanceof DirectoryNotEmptyException directory) {
      return directory.getFile() + " is a directory";
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
