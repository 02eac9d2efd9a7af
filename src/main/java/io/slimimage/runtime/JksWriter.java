package io.slimimage.runtime;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes trust stores of type JKS, the only type that every JDK reads with and without a password,
 * and that need not contain anything random. The JDK's own writer puts the current time in.
 *
 * <p>All numbers are big endian: the magic number, version 2, the number of entries; for each entry
 * a 2 for a trusted certificate, its alias, its date in milliseconds, the certificate's type, its
 * length and bytes; at the end the SHA-1 of the password in UTF-16, the words {@code Mighty
 * Aphrodite} and all that comes before. Texts are in Java's modified UTF-8.
 */
final class JksWriter {

  private static final int MAGIC = 0xFEEDFEED;
  private static final int VERSION = 2;
  private static final int TRUSTED_CERTIFICATE = 2;
  private static final String PASSWORD = "changeit";
  private static final String WHITENER = "Mighty Aphrodite";

  private JksWriter() {}

  /** Writes the certificates, each once, in the order of their fingerprints. */
  static byte[] write(Collection<? extends Certificate> certificates) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      SortedMap<String, Certificate> byFingerprint = byFingerprint(certificates);
      out.writeInt(MAGIC);
      out.writeInt(VERSION);
      out.writeInt(byFingerprint.size());
      for (Map.Entry<String, Certificate> entry : byFingerprint.entrySet()) {
        byte[] encoded = entry.getValue().getEncoded();
        out.writeInt(TRUSTED_CERTIFICATE);
        out.writeUTF(entry.getKey());
        out.writeLong(0);
        out.writeUTF(entry.getValue().getType());
        out.writeInt(encoded.length);
        out.write(encoded);
      }
      MessageDigest integrity = MessageDigest.getInstance("SHA-1");
      integrity.update(PASSWORD.getBytes(UTF_16BE));
      integrity.update(WHITENER.getBytes(UTF_8));
      out.write(integrity.digest(bytes.toByteArray()));
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK can do this", e);
    }
  }

  /** An alias that tells nothing else keeps the bytes the same, wherever a certificate is from. */
  private static SortedMap<String, Certificate> byFingerprint(
      Collection<? extends Certificate> certificates) throws GeneralSecurityException {
    SortedMap<String, Certificate> sorted = new TreeMap<>();
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    for (Certificate certificate : certificates) {
      sorted.put(HexFormat.of().formatHex(sha256.digest(certificate.getEncoded())), certificate);
    }
    return sorted;
  }
}
