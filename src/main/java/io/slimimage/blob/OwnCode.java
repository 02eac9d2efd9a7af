package io.slimimage.blob;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;

/** The jar that this code is in. */
final class OwnCode {

  private OwnCode() {}

  /** Returns its digest, or always the same where the code lies in a directory, as in tests. */
  static Digest digest(FileDigests digests) {
    try {
      CodeSource source = OwnCode.class.getProtectionDomain().getCodeSource();
      if (source != null) {
        Path jar = Path.of(source.getLocation().toURI());
        if (Files.isRegularFile(jar)) {
          return digests.of(jar);
        }
      }
    } catch (IOException
        | URISyntaxException
        | IllegalArgumentException
        | FileSystemNotFoundException e) {
      // Loaded from somewhere else than a file.
    }
    return Digest.sha256("no jar");
  }
}
