package io.slimimage.docker;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;

/**
 * Reads private keys in the forms that OpenSSL writes. The JDK knows PKCS#8 only (<a
 * href="https://www.rfc-editor.org/rfc/rfc5958">RFC 5958</a>), which names the algorithm and wraps
 * the other two: PKCS#1 of RSA (<a href="https://www.rfc-editor.org/rfc/rfc8017">RFC 8017</a>) and
 * SEC 1 of elliptic curves (<a href="https://www.rfc-editor.org/rfc/rfc5915">RFC 5915</a>).
 */
final class PrivateKeys {

  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int SEQUENCE = 0x30;
  private static final int PARAMETERS = 0xA0;

  /** 1.2.840.113549.1.1.1 with its parameter, which is NULL. */
  private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");

  /** 1.2.840.10045.2.1, whose parameter is the curve. */
  private static final byte[] ELLIPTIC_CURVE = HexFormat.of().parseHex("06072a8648ce3d0201");

  private PrivateKeys() {}

  /**
   * Returns the key of a block.
   *
   * @param algorithm that of the public key in the certificate
   * @throws GeneralSecurityException if it is another algorithm's, or no key at all
   */
  static PrivateKey of(PemBlock block, String algorithm) throws GeneralSecurityException {
    byte[] key = block.content();
    byte[] encoded =
        switch (block.label()) {
          case "RSA PRIVATE KEY" -> wrap(RSA, key);
          case "EC PRIVATE KEY" -> wrap(join(ELLIPTIC_CURVE, curve(key)), key);
          default -> key;
        };
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }

  private static byte[] wrap(byte[] algorithm, byte[] key) {
    byte[] version = element(INTEGER, new byte[] {0});
    return element(
        SEQUENCE, join(version, element(SEQUENCE, algorithm), element(OCTET_STRING, key)));
  }

  /** The key is SEQUENCE { version, key, [0] { curve }, … }. */
  private static byte[] curve(byte[] key) throws InvalidKeyException {
    try {
      ByteBuffer fields = content(ByteBuffer.wrap(key), SEQUENCE);
      content(fields, INTEGER);
      content(fields, OCTET_STRING);
      ByteBuffer parameters = content(fields, PARAMETERS);
      byte[] curve = new byte[parameters.remaining()];
      parameters.get(curve);
      return curve;
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new InvalidKeyException("the key ends too early");
    }
  }

  /** Returns the content of the next element, and moves the buffer past it. */
  private static ByteBuffer content(ByteBuffer from, int tag) throws InvalidKeyException {
    int found = from.get() & 0xFF;
    if (found != tag) {
      throw new InvalidKeyException(
          "the key has 0x" + Integer.toHexString(found) + " for 0x" + Integer.toHexString(tag));
    }
    int length = from.get() & 0xFF;
    if (length > 0x80) {
      int bytes = length - 0x80;
      length = 0;
      for (int i = 0; i < bytes; i++) {
        length = length << 8 | from.get() & 0xFF;
      }
    }
    ByteBuffer content = from.slice(from.position(), length);
    from.position(from.position() + length);
    return content;
  }

  private static byte[] element(int tag, byte[] content) {
    int length = content.length;
    byte[] header;
    if (length < 0x80) {
      header = new byte[] {(byte) tag, (byte) length};
    } else if (length < 0x100) {
      header = new byte[] {(byte) tag, (byte) 0x81, (byte) length};
    } else {
      header = new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
    }
    return join(header, content);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
