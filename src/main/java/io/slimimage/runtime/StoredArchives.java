package io.slimimage.runtime;

import io.slimimage.blob.Blob;
import io.slimimage.blob.StoredEntry;
import io.slimimage.blob.StoredZip;
import io.slimimage.blob.ZipCatalog;
import io.slimimage.blob.ZipItem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** The zip files of a runtime, which take less of a layer if their entries are not compressed. */
final class StoredArchives {

  private static final List<String> ARCHIVES =
      List.of("lib/jrt-fs.jar", "lib/security/public_suffix_list.dat");

  private StoredArchives() {}

  /** Rewrites those archives that the runtime has. */
  static void store(Path runtime) throws IOException {
    for (String archive : ARCHIVES) {
      Path file = runtime.resolve(archive);
      if (Files.isRegularFile(file)) {
        rewrite(file);
      }
    }
  }

  private static void rewrite(Path file) throws IOException {
    ZipCatalog catalog = ZipCatalog.read(Blob.of(file), file.toString());
    List<StoredEntry> entries = new ArrayList<>();
    for (ZipItem item : catalog.items()) {
      entries.add(StoredEntry.of(item));
    }
    Path copy = file.resolveSibling(file.getFileName() + ".stored");
    try (InputStream in = StoredZip.of(entries, catalog.comment()).open()) {
      Files.copy(in, copy);
    }
    Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
