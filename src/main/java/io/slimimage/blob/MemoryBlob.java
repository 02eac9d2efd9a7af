package io.slimimage.blob;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

record MemoryBlob(byte[] bytes) implements Blob {

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(bytes);
  }
}
