package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.runtime.CertificateFile;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Reads the certificates that a runtime is to trust besides the JDK's. */
final class CaFiles {

  private CaFiles() {}

  /**
   * Returns each certificate in DER and Base64, so that the builder stage needs no files.
   *
   * @param module what the names are relative to
   */
  static List<String> read(Path module, List<String> names, Problems problems, BuildLog log) {
    List<String> certificates = new ArrayList<>();
    for (String name : names) {
      Path file = module.resolve(name.strip());
      List<X509Certificate> found = problems.check(() -> read(file), List.<X509Certificate>of());
      for (X509Certificate certificate : found) {
        warnOfExpired(certificate, file, log);
        certificates.add(encoded(certificate));
      }
    }
    return certificates;
  }

  /** Returns what {@link #read} has encoded. */
  static List<X509Certificate> decode(List<String> encoded) {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (String certificate : encoded) {
        byte[] der = Base64.getDecoder().decode(certificate);
        certificates.add(
            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
      }
    } catch (CertificateException e) {
      throw new IllegalArgumentException("no certificate", e);
    }
    return certificates;
  }

  private static List<X509Certificate> read(Path file) {
    try {
      return CertificateFile.read(file);
    } catch (SlimImageException e) {
      throw new SlimImageException("'slimimage.caCertificates': " + e.getMessage(), e);
    }
  }

  private static String encoded(X509Certificate certificate) {
    try {
      return Base64.getEncoder().encodeToString(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException(e);
    }
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
}
