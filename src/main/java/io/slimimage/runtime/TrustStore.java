package io.slimimage.runtime;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The certificates that a runtime trusts. */
public final class TrustStore {

  private static final char[] USUAL_PASSWORD = "changeit".toCharArray();

  private TrustStore() {}

  /**
   * Returns a trust store with the certificates of another and more of them: the same bytes for the
   * same certificates, readable by every JDK with and without the usual password.
   *
   * <p>One that cannot be read is returned as it is if there is nothing to add.
   *
   * @param original the JDK's own trust store
   * @param added files with one or more certificates, in PEM or DER
   * @param log gets warnings about added certificates that have expired
   * @throws SlimImageException if a file has no certificate or cannot be read
   */
  public static Blob of(Path original, List<Path> added, BuildLog log) {
    Optional<List<Certificate>> trusted = read(original);
    if (trusted.isEmpty() && added.isEmpty()) {
      return Blob.of(original);
    }
    List<Certificate> certificates =
        new ArrayList<>(trusted.orElseThrow(() -> unreadable(original)));
    for (Path file : added) {
      for (X509Certificate certificate : CertificateFile.read(file)) {
        warnOfExpired(certificate, file, log);
        certificates.add(certificate);
      }
    }
    return Blob.of(JksWriter.write(certificates));
  }

  /** Returns the trusted certificates, or nothing if no type and password fits. */
  private static Optional<List<Certificate>> read(Path file) {
    // Without a password, a PKCS #12 file seems to lack those of its certificates that are
    // encrypted; with one that was written without, any password will do.
    for (char[] password : new char[][] {USUAL_PASSWORD, null}) {
      try (InputStream in = Files.newInputStream(file)) {
        // The JDK's JKS reads PKCS #12 as well.
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(in, password);
        List<Certificate> certificates = trusted(store);
        if (!certificates.isEmpty() || password != null) {
          return Optional.of(certificates);
        }
      } catch (IOException | GeneralSecurityException e) {
        // The next password may fit.
      }
    }
    return Optional.empty();
  }

  private static List<Certificate> trusted(KeyStore store) throws GeneralSecurityException {
    List<Certificate> certificates = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.isCertificateEntry(alias)) {
        certificates.add(store.getCertificate(alias));
      }
    }
    return certificates;
  }

  private static void warnOfExpired(X509Certificate certificate, Path file, BuildLog log) {
    Instant end = certificate.getNotAfter().toInstant();
    if (end.isBefore(Instant.now())) {
      log.warn(
          SlimImageException.advise(
              "The certificate of ["
                  + certificate.getSubjectX500Principal()
                  + "] in ["
                  + file
                  + "] has expired on "
                  + end,
              "replace it"));
    }
  }

  private static SlimImageException unreadable(Path file) {
    return new SlimImageException(
        SlimImageException.advise(
            "The trust store ["
                + file
                + "] cannot be read with the usual password, so no certificate can be added to it",
            "give it the password changeit, or use the trust store of an unchanged JDK"));
  }
}
