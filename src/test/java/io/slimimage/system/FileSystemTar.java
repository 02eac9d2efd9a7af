package io.slimimage.system;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A tar archive of a made-up file system. */
public final class FileSystemTar {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

  /** Creates an empty one. */
  public FileSystemTar() {
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
  }

  /** Returns the C library of the system that runs the tests; without glibc the test is skipped. */
  public static byte[] glibc() throws IOException {
    Path maps = Path.of("/proc/self/maps");
    if (!Files.isReadable(maps)) {
      return abort("Skipped, since this is no Linux");
    }
    for (String line : Files.readAllLines(maps)) {
      if (line.endsWith("/libc.so.6")) {
        return Files.readAllBytes(Path.of(line.substring(line.indexOf('/'))));
      }
    }
    return abort("Skipped, since this system has no glibc");
  }

  /** Adds an empty directory. */
  public FileSystemTar directory(String path) {
    return add(new TarArchiveEntry(path + "/"), new byte[0]);
  }

  /** Adds a file that nobody may execute. */
  public FileSystemTar file(String path, byte[] content) {
    return file(path, content, 0100644);
  }

  /** Adds a file that nobody may execute. */
  public FileSystemTar file(String path, String content) {
    return file(path, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a program. */
  public FileSystemTar program(String path) {
    return file(path, new byte[] {1}, 0100755);
  }

  /** Adds a symbolic link. */
  public FileSystemTar link(String path, String target) {
    TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_SYMLINK);
    entry.setLinkName(target);
    return add(entry, new byte[0]);
  }

  /** Adds a second name of a file. */
  public FileSystemTar hardLink(String path, String first) {
    TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_LINK);
    entry.setLinkName(first);
    return add(entry, new byte[0]);
  }

  /** Returns the whole archive. */
  public byte[] bytes() {
    try {
      tar.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  ImageSystem read() throws IOException {
    return ImageSystem.read(new ByteArrayInputStream(bytes()));
  }

  private FileSystemTar file(String path, byte[] content, int mode) {
    TarArchiveEntry entry = new TarArchiveEntry(path);
    entry.setMode(mode);
    entry.setSize(content.length);
    return add(entry, content);
  }

  private FileSystemTar add(TarArchiveEntry entry, byte[] content) {
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
