package io.slimimage.layer;

import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.blob.StoredEntry;
import io.slimimage.blob.StoredZip;
import io.slimimage.blob.ZipCatalog;

/** A jar with its entries unpacked and all else as it was. */
final class StoredJar {

  /** Goes up with each change of the bytes that are made of the same jar. */
  private static final String FORMAT = "stored-jar 1 ";

  private StoredJar() {}

  /** Returns the jar, which is laid out when its bytes are first wanted. */
  static Blob of(String name, Blob original) {
    return new MadeJar(
        name,
        () -> layOut(ZipCatalog.read(original, name)),
        (digests, jar) -> Digest.sha256(FORMAT + original.key(digests)));
  }

  static Blob layOut(ZipCatalog catalog) {
    return StoredZip.of(catalog.items().stream().map(StoredEntry::of).toList(), catalog.comment());
  }
}
