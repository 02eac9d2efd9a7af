package io.slimimage.base;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * What an archive says of one of its entries, as far as a file system depends on it.
 *
 * @param path as it is in the archive
 * @param target of a link, as it is in the archive
 * @param mode the permission bits
 * @param size of a file, in bytes
 */
record TarHeader(Kind kind, String path, String target, int mode, long size) {

  private static final int PERMISSIONS = 07777;

  /** What an entry is. */
  enum Kind {
    DIRECTORY,
    FILE,
    SYMLINK,
    HARD_LINK,
    /** A device, pipe or socket. */
    SPECIAL,
    /** A label of the archive, for one. */
    NOTHING
  }

  static TarHeader of(TarArchiveEntry entry) {
    return new TarHeader(
        kind(entry),
        entry.getName(),
        entry.getLinkName(),
        entry.getMode() & PERMISSIONS,
        entry.getRealSize());
  }

  private static Kind kind(TarArchiveEntry entry) {
    if (entry.isDirectory()) {
      return Kind.DIRECTORY;
    }
    return switch (entry.getLinkFlag()) {
      case TarConstants.LF_SYMLINK -> Kind.SYMLINK;
      case TarConstants.LF_LINK -> Kind.HARD_LINK;
      case TarConstants.LF_CHR, TarConstants.LF_BLK, TarConstants.LF_FIFO -> Kind.SPECIAL;
      case TarConstants.LF_OLDNORM,
          TarConstants.LF_NORMAL,
          TarConstants.LF_CONTIG,
          TarConstants.LF_GNUTYPE_SPARSE ->
          Kind.FILE;
      default -> Kind.NOTHING;
    };
  }
}
