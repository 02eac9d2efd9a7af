package io.slimimage.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Makes a tar archive with whatever names and types are asked for. */
final class TestTar {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

  TestTar() {
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
  }

  TestTar file(String name, String content) {
    return file(name, content.getBytes(UTF_8));
  }

  TestTar file(String name, byte[] content) {
    return add(name, TarConstants.LF_NORMAL, 0644, "", content);
  }

  TestTar files(Map<String, byte[]> files) {
    files.forEach(this::file);
    return this;
  }

  TestTar program(String name, String content) {
    return add(name, TarConstants.LF_NORMAL, 0755, "", content.getBytes(UTF_8));
  }

  TestTar directory(String name, int mode) {
    return add(name + "/", TarConstants.LF_DIR, mode, "", new byte[0]);
  }

  TestTar directory(String name) {
    return directory(name, 0755);
  }

  TestTar link(String name, String target) {
    return add(name, TarConstants.LF_SYMLINK, 0777, target, new byte[0]);
  }

  TestTar hardLink(String name, String target) {
    return add(name, TarConstants.LF_LINK, 0644, target, new byte[0]);
  }

  TestTar special(String name, byte type) {
    return add(name, type, 0644, "", new byte[0]);
  }

  /** Adds headers for the next entry, as POSIX has it. */
  TestTar pax(String headers) {
    return add(
        "headers", TarConstants.LF_PAX_EXTENDED_HEADER_LC, 0644, "", headers.getBytes(UTF_8));
  }

  /** Adds a header that promises a content of this size. */
  byte[] endingWith(String name, long size) {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(size);
    try {
      tar.putArchiveEntry(entry);
      tar.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  TestTar raw(byte[] some) {
    try {
      tar.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    bytes.writeBytes(some);
    return this;
  }

  byte[] bytes() {
    try {
      tar.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private TestTar add(String name, byte type, int mode, String target, byte[] content) {
    TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
    entry.setMode(mode);
    entry.setLinkName(target);
    entry.setSize(content.length);
    entry.setModTime(0);
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
