package io.slimimage.it;

import io.slimimage.blob.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A layer made by hand: everything is the root's, and of the epoch, unless it is said otherwise.
 */
final class MadeLayer {

  private static final byte[] NOTHING = {};

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

  /** Starts one without any entry. */
  MadeLayer() {
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
  }

  MadeLayer directory(String path) {
    return directory(path, entry -> {});
  }

  MadeLayer directory(String path, Consumer<TarArchiveEntry> change) {
    return add(path + "/", TarConstants.LF_DIR, 0755, NOTHING, change);
  }

  MadeLayer file(String path, String content) {
    return file(path, content, entry -> {});
  }

  MadeLayer file(String path, String content, Consumer<TarArchiveEntry> change) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return add(path, TarConstants.LF_NORMAL, 0644, bytes, change);
  }

  MadeLayer file(String path, byte[] content) {
    return add(path, TarConstants.LF_NORMAL, 0644, content, entry -> {});
  }

  MadeLayer link(String path, String target) {
    return add(path, TarConstants.LF_SYMLINK, 0777, NOTHING, entry -> entry.setLinkName(target));
  }

  MadeLayer hardLink(String path, String file) {
    return add(path, TarConstants.LF_LINK, 0644, NOTHING, entry -> entry.setLinkName(file));
  }

  MadeLayer device(String path, int minor) {
    return add(path, TarConstants.LF_CHR, 0600, NOTHING, entry -> entry.setDevMinor(minor));
  }

  /** Returns the archive. */
  byte[] bytes() {
    try {
      tar.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  String diffId() {
    return Digest.sha256(bytes()).toString();
  }

  SavedLayer saved() {
    try {
      return SavedLayer.read(new ByteArrayInputStream(bytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private MadeLayer add(
      String path, byte type, int mode, byte[] content, Consumer<TarArchiveEntry> change) {
    TarArchiveEntry entry = new TarArchiveEntry(path, type);
    entry.setSize(content.length);
    entry.setMode(mode);
    entry.setIds(0, 0);
    entry.setLastModifiedTime(FileTime.from(Instant.EPOCH));
    change.accept(entry);
    try {
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }
}
