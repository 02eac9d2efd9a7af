package io.slimimage.blob;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

record MemoryBlob(byte[] bytes) implements Blob {

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public SeekableByteChannel openChannel() {
    return new SeekableInMemoryByteChannel(bytes.clone());
  }
}
