package io.slimimage.it;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;

/**
 * What a layer's archive holds.
 *
 * @param diffId digest of the uncompressed archive
 * @param entries in the archive's order, without the root itself: its owner and mode in a container
 *     are the engine's
 */
record SavedLayer(String diffId, List<SavedEntry> entries) {

  /** Copies the list. */
  SavedLayer {
    entries = List.copyOf(entries);
  }

  /**
   * Reads a tar, which may be compressed by gzip or zstd: an engine that keeps images as containerd
   * does hands layers out as it got them. The stream stays open.
   */
  static SavedLayer read(InputStream in) throws IOException {
    MessageDigest digest = sha256();
    List<SavedEntry> entries = new ArrayList<>();
    try (InputStream plain = new DigestInputStream(uncompressed(new Unclosed(in)), digest)) {
      TarArchiveInputStream tar = new TarArchiveInputStream(plain, StandardCharsets.UTF_8.name());
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        SavedEntry read = SavedEntry.read(entry, tar);
        if (!read.path().isEmpty()) {
          entries.add(read);
        }
      }
      // What comes after the end mark is part of the layer's digest.
      plain.transferTo(OutputStream.nullOutputStream());
    }
    return new SavedLayer("sha256:" + HexFormat.of().formatHex(digest.digest()), entries);
  }

  private static InputStream uncompressed(InputStream in) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in);
    buffered.mark(4);
    String magic = HexFormat.of().formatHex(buffered.readNBytes(4));
    buffered.reset();
    if (magic.startsWith("1f8b")) {
      return decompressor(CompressorStreamFactory.GZIP, buffered);
    }
    return magic.equals("28b52ffd")
        ? decompressor(CompressorStreamFactory.ZSTANDARD, buffered)
        : buffered;
  }

  private static InputStream decompressor(String name, InputStream in) throws IOException {
    try {
      // Several gzip members, one after the other, are one layer.
      return new CompressorStreamFactory(true).createCompressorInputStream(name, in);
    } catch (CompressorException e) {
      throw new IOException("a layer is compressed, and " + name + " cannot be read here", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** Keeps a reader of a nested archive from closing the outer one. */
  private static final class Unclosed extends FilterInputStream {

    Unclosed(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // Left to the owner of the outer archive.
    }
  }
}
