package io.slimimage.registry;

import io.slimimage.image.Descriptor;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a blob as a registry sends them; where they break off, the rest is asked for. Not
 * verified.
 */
final class ResumedBody extends InputStream {

  private static final int PARTIAL = 206;

  private final RepositoryClient repository;
  private final Descriptor descriptor;
  private final String what;
  private Answer answer;
  private long position;

  /**
   * Creates a stream.
   *
   * @param position of the first byte
   */
  ResumedBody(RepositoryClient repository, Descriptor descriptor, long position) {
    this.repository = repository;
    this.descriptor = descriptor;
    this.position = position;
    this.what = "get the blob [" + descriptor.digest() + "] of [" + repository.name() + "]";
  }

  /** Asks for the bytes; without it, the first who wants one does. */
  void connect() {
    repository
        .retries()
        .run(
            what,
            () -> {
              open();
              return answer.status();
            });
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  /** Each part that has come makes up for all failures before it. */
  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    return repository.retries().run(what, () -> attempt(buffer, offset, length));
  }

  private int attempt(byte[] buffer, int offset, int length)
      throws IOException, InterruptedException {
    try {
      open();
      int read = answer.body().read(buffer, offset, length);
      if (read < 0 && position < descriptor.size()) {
        throw BrokenConnection.shortOf(position, descriptor.size());
      }
      position += Math.max(read, 0);
      return read;
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private void open() throws IOException, InterruptedException {
    if (answer != null) {
      return;
    }
    Request request = Request.get(repository.target("blobs/" + descriptor.digest()));
    Answer opened =
        repository.send(position == 0 ? request : request.with("Range", "bytes=" + position + "-"));
    try {
      seek(opened);
      answer = opened;
    } finally {
      if (answer == null) {
        opened.close();
      }
    }
  }

  private void seek(Answer opened) throws IOException {
    long size = opened.length() < 0 ? -1 : opened.length();
    switch (opened.status()) {
      case Statuses.OK -> {
        check(opened, size);
        opened.body().skipNBytes(position);
      }
      case PARTIAL -> {
        String range = opened.header("Content-Range").orElse("");
        if (!range.startsWith("bytes " + position + "-")) {
          throw new RegistryException(
              "Cannot "
                  + what
                  + ": asked for the bytes from "
                  + position
                  + ", got ["
                  + range
                  + "]");
        }
        check(opened, size < 0 ? size : size + position);
      }
      default -> throw repository.unexpected(what, opened);
    }
  }

  private void check(Answer opened, long size) {
    if (size >= 0 && size != descriptor.size()) {
      throw new RegistryException(
          "Cannot " + what + ": it has " + size + " bytes instead of " + descriptor.size(),
          opened.status(),
          null);
    }
  }

  @Override
  public void close() {
    if (answer != null) {
      answer.close();
      answer = null;
    }
  }
}
