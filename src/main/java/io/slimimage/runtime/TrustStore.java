package io.slimimage.runtime;

import io.slimimage.blob.Blob;
import java.nio.file.Path;
import java.util.List;

/** The certificates that a runtime trusts. */
public final class TrustStore {

  private TrustStore() {}

  /**
   * Returns a trust store with the certificates of another and more of them: the same bytes for the
   * same certificates, readable by every JDK with and without the usual password.
   *
   * @param original the JDK's own trust store
   * @param added files with one or more certificates, in PEM or DER
   * @throws io.slimimage.SlimImageException if a file has no certificate or cannot be read
   */
  public static Blob of(Path original, List<Path> added) {
    throw new UnsupportedOperationException();
  }
}
