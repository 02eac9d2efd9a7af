package io.slimimage.dockerfile;

import java.io.IOException;
import java.io.OutputStream;

/** The files that an engine gets for a build. */
@FunctionalInterface
public interface BuildContext {

  /**
   * Writes the context as an uncompressed tar, streaming: no file is held in memory whole.
   *
   * @param out where to; stays open
   */
  void writeTo(OutputStream out) throws IOException;
}
