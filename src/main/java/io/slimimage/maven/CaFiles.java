package io.slimimage.maven;

import io.slimimage.SlimImageException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Reads the certificates that a runtime is to trust besides the JDK's. */
final class CaFiles {

  private static final String PARAMETER = "'slimimage.caCertificates'";

  private CaFiles() {}

  /**
   * Returns each certificate in PEM, whatever the form of its file: the builder stage needs no
   * files then.
   *
   * @param module what the names are relative to
   */
  static List<String> read(Path module, List<String> names, Problems problems) {
    List<String> certificates = new ArrayList<>();
    for (String name : names) {
      certificates.addAll(problems.check(() -> read(module.resolve(name.strip())), List.of()));
    }
    return certificates;
  }

  private static List<String> read(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      List<String> certificates = new ArrayList<>();
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        certificates.add(pem(certificate));
      }
      if (certificates.isEmpty()) {
        throw unusable(file, "has no certificate", null);
      }
      return certificates;
    } catch (CertificateException e) {
      throw unusable(file, "has no certificate that can be read", e);
    } catch (IOException e) {
      throw unusable(file, Files.exists(file) ? "cannot be read" : "does not exist", e);
    }
  }

  private static String pem(Certificate certificate) throws CertificateException {
    Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN CERTIFICATE-----\n"
        + lines.encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  private static SlimImageException unusable(Path file, String what, Exception cause) {
    return new SlimImageException(
        SlimImageException.advise(
            PARAMETER + " [" + file + "] " + what,
            "name a file with certificates in PEM or DER, relative to the module"),
        cause);
  }
}
