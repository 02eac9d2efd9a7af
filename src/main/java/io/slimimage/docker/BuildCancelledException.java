package io.slimimage.docker;

import io.slimimage.SlimImageException;

/** The build was cancelled from outside, by a {@link BuildCancellation} or an interrupt. */
public final class BuildCancelledException extends SlimImageException {

  BuildCancelledException() {
    super("The image's build was cancelled");
  }
}
