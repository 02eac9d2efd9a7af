package io.slimimage.it;

import io.slimimage.blob.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * What an archive has at one path, without the bytes of a file.
 *
 * @param path without a slash in front or behind
 * @param type what it is
 * @param access who may do what with it
 * @param content what it holds
 * @param time when it was changed last
 */
record SavedEntry(String path, Type type, Access access, Content content, Instant time) {

  private static final int PERMISSIONS = 07777;
  private static final String CAPABILITY = "SCHILY.xattr.security.capability";

  /** What an entry is. */
  enum Type {
    FILE("file"),
    DIRECTORY("directory"),
    SYMBOLIC_LINK("symbolic link"),
    HARD_LINK("hard link"),
    CHARACTER_DEVICE("character device"),
    BLOCK_DEVICE("block device"),
    FIFO("fifo");

    private final String text;

    Type(String text) {
      this.text = text;
    }
  }

  /**
   * Who may do what.
   *
   * @param mode the permission bits; 0 for a symbolic link, whose own mean nothing and are not kept
   *     by every builder
   * @param uid the owner
   * @param gid the owning group
   * @param capability what a program may do whoever runs it, in hexadecimal; mostly empty
   */
  record Access(int mode, long uid, long gid, String capability) {}

  /**
   * What is in an entry.
   *
   * @param size how many bytes a file has, else 0
   * @param value the digest of a file, the target of a link, the numbers of a device, else empty
   */
  record Content(long size, String value) {}

  /** Reads the entry that the archive is at, with its bytes. */
  static SavedEntry read(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
    Type type = type(entry);
    String path = path(entry.getName());
    int mode = type == Type.SYMBOLIC_LINK ? 0 : entry.getMode() & PERMISSIONS;
    String capability = Objects.requireNonNullElse(entry.getExtraPaxHeader(CAPABILITY), "");
    String hex = HexFormat.of().formatHex(capability.getBytes(StandardCharsets.UTF_8));
    Access access = new Access(mode, entry.getLongUserId(), entry.getLongGroupId(), hex);
    Content content =
        switch (type) {
          case FILE -> new Content(entry.getRealSize(), Digest.sha256(tar).toString());
          case SYMBOLIC_LINK -> new Content(0, entry.getLinkName());
          case HARD_LINK -> new Content(0, path(entry.getLinkName()));
          case CHARACTER_DEVICE, BLOCK_DEVICE ->
              new Content(0, entry.getDevMajor() + "," + entry.getDevMinor());
          case DIRECTORY, FIFO -> new Content(0, "");
        };
    Instant time = entry.getLastModifiedTime().toInstant();
    return new SavedEntry(path, type, access, content, time);
  }

  boolean isDirectory() {
    return type == Type.DIRECTORY;
  }

  /** Returns the path, that of a directory with a slash behind. */
  String name() {
    return isDirectory() ? path + "/" : path;
  }

  /** Returns the same for another path: two names of one file. */
  SavedEntry at(String otherPath) {
    return new SavedEntry(otherPath, type, access, content, time);
  }

  /** Returns all but path and time, in the order in which people look at them. */
  String description() {
    StringBuilder text = new StringBuilder(type.text);
    if (type != Type.SYMBOLIC_LINK) {
      text.append(" %04o".formatted(access.mode));
    }
    text.append(" %d:%d".formatted(access.uid, access.gid));
    text.append(
        switch (type) {
          case FILE -> ", %d bytes, %s".formatted(content.size, content.value);
          case SYMBOLIC_LINK, HARD_LINK -> " -> " + content.value;
          case CHARACTER_DEVICE, BLOCK_DEVICE -> " " + content.value;
          case DIRECTORY, FIFO -> "";
        });
    return access.capability.isEmpty() ? text.toString() : text + ", may " + access.capability;
  }

  private static Type type(TarArchiveEntry entry) throws IOException {
    if (entry.isSymbolicLink()) {
      return Type.SYMBOLIC_LINK;
    } else if (entry.isLink()) {
      return Type.HARD_LINK;
    } else if (entry.isCharacterDevice()) {
      return Type.CHARACTER_DEVICE;
    } else if (entry.isBlockDevice()) {
      return Type.BLOCK_DEVICE;
    } else if (entry.isFIFO()) {
      return Type.FIFO;
    } else if (entry.isDirectory()) {
      return Type.DIRECTORY;
    } else if (entry.isFile()) {
      return Type.FILE;
    }
    throw new IOException("[" + entry.getName() + "] is of a type that is not known");
  }

  /** An imported base image has its files below the current directory. */
  private static String path(String name) {
    return name.replaceAll("^(\\./|/)+|^\\.$|/+$", "");
  }
}
