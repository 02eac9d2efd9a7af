package io.slimimage.base;

import io.slimimage.blob.BlobStore;
import io.slimimage.blob.BlobWriter;
import io.slimimage.blob.Digest;
import io.slimimage.blob.StoredBlob;
import io.slimimage.image.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * The files of an image's archive, which is read once, from its beginning to its end: an engine
 * sends it so. What says what the files are may come after them, so that all of them go into the
 * store of blobs by their digests; nothing is ever written under a name from the archive.
 */
final class ArchiveContents implements BlobSource {

  /** {@code docker save} before version 25. */
  static final String MANIFEST = "manifest.json";

  /** An OCI image layout, and {@code docker save} since version 25. */
  static final String INDEX = "index.json";

  private static final Set<String> DOCUMENTS = Set.of(MANIFEST, INDEX);

  /** What {@code docker save} adds for engines before version 1.10. */
  private static final Set<String> OLD = Set.of("json", "VERSION", "repositories", "oci-layout");

  /** Many times what an image has, whose layers engines limit to 128. */
  private static final int MOST_ENTRIES = 100_000;

  private static final int MOST_LINKS = 40;
  private static final String BLOBS = "blobs/sha256/";
  private static final int BUFFER = 1 << 16;

  private final BlobStore store;
  private final BaseFailures failures;
  private final Map<String, byte[]> documents = new HashMap<>();
  private final Map<String, StoredBlob> files = new HashMap<>();
  private final Map<String, String> links = new HashMap<>();

  private ArchiveContents(BlobStore store, BaseFailures failures) {
    this.store = store;
    this.failures = failures;
  }

  /**
   * Reads an archive, compressed or not.
   *
   * @param raw stays open
   */
  static ArchiveContents read(InputStream raw, BlobStore store, BaseFailures failures)
      throws IOException {
    ArchiveContents contents = new ArchiveContents(store, failures);
    UntrustedStream archive = new UntrustedStream(raw, "the archive", failures);
    TarEntries entries = new TarEntries(archive, "the archive", failures, MOST_ENTRIES);
    for (TarArchiveEntry entry = entries.next(); entry != null; entry = entries.next()) {
      contents.add(entry, entries);
    }
    // The sum of a compressed archive comes after the last entry.
    archive.transferTo(OutputStream.nullOutputStream());
    return contents;
  }

  private void add(TarArchiveEntry entry, TarEntries entries) throws IOException {
    String path = path(entry.getName(), entries);
    if (entry.isDirectory()) {
      return;
    }
    if (entry.isSymbolicLink()) {
      // Relative to the directory of the link; an absolute one leads out of the archive.
      String directory = path.substring(0, path.lastIndexOf('/') + 1);
      addLink(path, target(entry, directory, entries));
    } else if (entry.isLink()) {
      addLink(path, target(entry, "", entries));
    } else if (entry.isFIFO() || entry.isCharacterDevice() || entry.isBlockDevice()) {
      throw failures.damaged("the archive has [" + path + "], which is a device");
    } else if (DOCUMENTS.contains(path)) {
      byte[] document = DocumentBytes.read(entries.content(), "[" + path + "]", failures);
      byte[] other = documents.putIfAbsent(path, document);
      if (other != null && !Arrays.equals(other, document)) {
        throw twice(path);
      }
    } else if (!OLD.contains(path.substring(path.lastIndexOf('/') + 1))) {
      addFile(path, entry, entries);
    }
  }

  private void addFile(String path, TarArchiveEntry entry, TarEntries entries) throws IOException {
    StoredBlob blob = known(path, entry.getSize());
    if (blob == null) {
      blob = store(entries.content());
    }
    StoredBlob other = files.putIfAbsent(path, blob);
    if (other != null && !other.digest().equals(blob.digest())) {
      throw twice(path);
    }
  }

  /** Returns the blob of that name, if there is one already: it need not be read then. */
  private StoredBlob known(String path, long size) throws IOException {
    if (!path.matches(BLOBS + "[0-9a-f]{64}")) {
      return null;
    }
    return store
        .find(new Digest("sha256", path.substring(BLOBS.length())))
        .filter(blob -> blob.size() == size)
        .orElse(null);
  }

  private StoredBlob store(InputStream content) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (BlobWriter writer = store.write()) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        writer.write(buffer, 0, read);
      }
      return writer.commit();
    }
  }

  private void addLink(String path, String target) {
    String other = links.putIfAbsent(path, target);
    if (other != null && !other.equals(target)) {
      throw twice(path);
    }
  }

  private RuntimeException twice(String path) {
    return failures.damaged("the archive has [" + path + "] twice, with different contents");
  }

  private String path(String name, TarEntries entries) {
    if (name.startsWith("/")) {
      throw failures.damaged("the archive has the absolute path [" + name + "]");
    }
    return String.join("/", entries.parts(name));
  }

  private String target(TarArchiveEntry link, String directory, TarEntries entries) {
    String target = link.getLinkName();
    if (target.startsWith("/")) {
      throw failures.damaged(
          "the archive has the link ["
              + link.getName()
              + "] to the absolute path ["
              + target
              + "]");
    }
    return String.join("/", entries.parts(directory + target));
  }

  /** Returns the bytes of {@link #INDEX} or {@link #MANIFEST}. */
  Optional<byte[]> document(String path) {
    return Optional.ofNullable(documents.get(path));
  }

  /** Returns a file by its path, after following links. */
  Optional<StoredBlob> file(String path) {
    String at = path.startsWith("./") ? path.substring(2) : path;
    for (int followed = 0; links.containsKey(at); followed++) {
      if (followed == MOST_LINKS) {
        throw failures.damaged("the archive has [" + path + "], which is a link without an end");
      }
      at = links.get(at);
    }
    return Optional.ofNullable(files.get(at));
  }

  @Override
  public Optional<StoredBlob> find(Descriptor descriptor) {
    Digest digest = descriptor.digest();
    return file("blobs/" + digest.algorithm() + "/" + digest.hex());
  }
}
