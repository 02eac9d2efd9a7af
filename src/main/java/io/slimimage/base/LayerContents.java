package io.slimimage.base;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What was seen in a layer.
 *
 * @param headers of all its entries, in their order
 * @param files the contents of some files, by the numbers of their entries
 */
record LayerContents(List<TarHeader> headers, Map<Integer, byte[]> files) {

  LayerContents {
    headers = List.copyOf(headers);
    files = Map.copyOf(files);
  }

  /** Returns the headers from the first one. */
  FileSystemTree.Headers read() {
    Iterator<TarHeader> all = headers.iterator();
    return () -> all.hasNext() ? all.next() : null;
  }
}
