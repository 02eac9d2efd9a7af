package io.slimimage.runtime;

import io.slimimage.blob.Digest;
import java.util.TreeSet;

/** Names the runtime that a request makes, without linking it. */
final class LinkKey {

  /** Changes whenever the same options of {@code jlink} make another runtime than before. */
  private static final String FORMAT = "3";

  private LinkKey() {}

  /**
   * Returns a name that differs where the runtime may differ.
   *
   * @param jdk the content of the JDK to link from
   */
  static String of(LinkRequest request, Digest jdk) {
    StringBuilder text = new StringBuilder(FORMAT).append('\n');
    text.append(jdk).append('\n');
    text.append(Jlink.options(request)).append('\n');
    text.append(Jlink.forms(request.form())).append('\n');
    text.append(new TreeSet<>(NativeParts.without(request.features())));
    return Digest.sha256(text.toString()).hex();
  }
}
