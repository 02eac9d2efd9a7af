package io.slimimage.registry;

import io.slimimage.blob.Digest;
import io.slimimage.blob.MeasuringInputStream;
import io.slimimage.image.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/**
 * Hands out the bytes of a descriptor, no more than its size, and the last of them only if all of
 * them have its digest.
 */
final class VerifiedBytes extends InputStream {

  private final MeasuringInputStream in;
  private final Descriptor descriptor;
  private final String what;
  private final Function<String, RegistryException> damaged;
  private boolean verified;

  /**
   * Creates a stream.
   *
   * @param in gets read and closed
   * @param what they are, for messages, such as {@code of host/name}
   */
  VerifiedBytes(InputStream in, Descriptor descriptor, String what) {
    this(in, descriptor, what, RegistryException::new);
  }

  /**
   * Creates a stream.
   *
   * @param in gets read and closed
   * @param what they are, for messages, such as {@code of host/name}
   * @param damaged makes the failure of others, of its message
   */
  VerifiedBytes(
      InputStream in,
      Descriptor descriptor,
      String what,
      Function<String, RegistryException> damaged) {
    this.in = new MeasuringInputStream(in, descriptor.digest());
    this.descriptor = descriptor;
    this.what = what;
    this.damaged = damaged;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    long left = descriptor.size() - in.size();
    int read = left <= 0 ? -1 : in.read(buffer, offset, (int) Math.min(length, left));
    if (read < 0 || in.size() == descriptor.size()) {
      verify();
    }
    return read;
  }

  private void verify() {
    if (in.size() < descriptor.size()) {
      throw damaged("ends after " + in.size() + " of " + descriptor.size() + " bytes");
    }
    if (!verified) {
      Digest digest = in.digest();
      if (!digest.equals(descriptor.digest())) {
        throw damaged("has the digest [" + digest + "] instead");
      }
      verified = true;
    }
  }

  private RegistryException damaged(String fact) {
    return damaged.apply("The blob [" + descriptor.digest() + "] " + what + " " + fact);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
