package io.slimimage.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.slimimage.SlimImageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file with certificates: one in DER, any number in PEM with any text around them, or either form
 * of PKCS #7. Messages never quote what is in a file, since it may be a secret.
 */
final class CertificateFile {

  private static final Pattern PEM =
      Pattern.compile("-----BEGIN (?:X509 )?(CERTIFICATE|PKCS7)-----([A-Za-z0-9+/=\\s]*)-----END ");
  private static final Pattern PRIVATE_KEY = Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----");
  private static final int DER_SEQUENCE = 0x30;

  private CertificateFile() {}

  /**
   * Reads all certificates.
   *
   * @throws SlimImageException if there is none, one is damaged, or the file has a private key
   */
  static List<X509Certificate> read(Path file) {
    byte[] bytes = bytes(file);
    String text = new String(bytes, ISO_8859_1);
    if (PRIVATE_KEY.matcher(text).find()) {
      throw new SlimImageException(
          SlimImageException.advise(
              "[" + file + "] has a private key", "name a file that has only certificates"));
    }
    List<X509Certificate> certificates = new ArrayList<>();
    Matcher pem = PEM.matcher(text);
    while (pem.find()) {
      certificates.addAll(decode(base64(pem.group(2), file), file));
    }
    if (certificates.isEmpty() && bytes.length > 0 && bytes[0] == DER_SEQUENCE) {
      certificates.addAll(decode(bytes, file));
    }
    if (certificates.isEmpty()) {
      throw none(file, null);
    }
    return certificates;
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new SlimImageException(
          SlimImageException.advise(
              "The certificate file [" + file + "] cannot be read",
              "check its path and permissions"),
          e);
    }
  }

  private static byte[] base64(String text, Path file) {
    try {
      return Base64.getMimeDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw none(file, e);
    }
  }

  private static List<X509Certificate> decode(byte[] der, Path file) {
    try {
      List<X509Certificate> certificates = new ArrayList<>();
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(der))) {
        certificates.add((X509Certificate) certificate);
      }
      return certificates;
    } catch (CertificateException e) {
      throw none(file, e);
    }
  }

  private static SlimImageException none(Path file, Exception cause) {
    return new SlimImageException(
        SlimImageException.advise(
            "[" + file + "] is no file of certificates, or one of them is damaged",
            "give it in PEM or DER, such as keytool -exportcert -rfc writes it"),
        cause);
  }
}
