package io.slimimage.registry;

import io.slimimage.image.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The bytes of a blob as mirrors send them: where one fails, the next one goes on from there, and
 * the registry itself in the end. Not verified.
 */
final class MirroredBody extends InputStream {

  private final Iterator<HttpRepository> mirrors;
  private final HttpRepository origin;
  private final FailedMirrors failed;
  private final Descriptor descriptor;

  /** The mirrors that some of the bytes are from. */
  private final Set<HttpRepository> used = new LinkedHashSet<>();

  private HttpRepository source;
  private InputStream body;
  private long position;

  MirroredBody(
      List<HttpRepository> mirrors,
      HttpRepository origin,
      FailedMirrors failed,
      Descriptor descriptor) {
    this.mirrors = mirrors.iterator();
    this.origin = origin;
    this.failed = failed;
    this.descriptor = descriptor;
  }

  /** Asks for the bytes, or for the rest of them, whoever has not been asked yet. */
  void connect() {
    while (mirrors.hasNext()) {
      source = mirrors.next();
      if (failed.contains(source)) {
        continue;
      }
      try {
        body = source.body(descriptor, position);
        return;
      } catch (RegistryException e) {
        giveUp(e);
      }
    }
    source = origin;
    body = origin.body(descriptor, position);
  }

  private void giveUp(RegistryException failure) {
    if (failure.status() == Statuses.NOT_FOUND) {
      failed.lacks(source, descriptor.digest().toString());
    } else {
      failed.add(source, failure);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    while (true) {
      try {
        int read = body.read(buffer, offset, length);
        if (read > 0) {
          position += read;
          used.add(source);
        }
        return read;
      } catch (RegistryException e) {
        if (source == origin) {
          throw e;
        }
        body.close();
        giveUp(e);
        connect();
      }
    }
  }

  /**
   * Returns the failure of bytes that have another digest, for which mirrors are to blame first.
   */
  RegistryException damaged(String message) {
    RegistryException failure = new RegistryException(message);
    used.remove(origin);
    used.forEach(mirror -> failed.add(mirror, failure));
    return used.isEmpty() ? failure : new MirrorException(message);
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
