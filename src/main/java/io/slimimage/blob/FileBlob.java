package io.slimimage.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

record FileBlob(Path file, long size) implements Blob {

  @Override
  public InputStream open() throws IOException {
    return Files.newInputStream(file);
  }

  @Override
  public SeekableByteChannel openChannel() throws IOException {
    return Files.newByteChannel(file);
  }

  @Override
  public Digest key(FileDigests digests) throws IOException {
    return digests.of(file);
  }
}
