package io.slimimage.dockerfile;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a build context consists of.
 *
 * @param files the number of files and links
 * @param bytes the sum of the sizes of the files, in bytes
 * @param visitedDirectories the number of directories whose entries were read
 * @param prunedDirectories the number of directories that were left out without being read
 * @param largest the shares of the top-level directories, the largest first
 */
public record ContextStatistics(
    long files, long bytes, int visitedDirectories, int prunedDirectories, List<Share> largest) {

  private static final int SHOWN = 3;

  /** Copies the list. */
  public ContextStatistics {
    largest = List.copyOf(largest);
  }

  /**
   * The part of one top-level directory.
   *
   * @param name its name; {@code .} stands for the files beside it
   * @param files the number of files and links
   * @param bytes the sum of the sizes, in bytes
   */
  public record Share(String name, long files, long bytes) {}

  /** Returns one line for the log. */
  public String summary() {
    String parts =
        largest.stream()
            .limit(SHOWN)
            .map(share -> share.name() + " " + size(share.bytes()))
            .collect(Collectors.joining(", ", " (largest: ", ")"));
    return String.format(
        Locale.ROOT,
        "%d files, %s%s; %d directories left out unread",
        files,
        size(bytes),
        largest.isEmpty() ? "" : parts,
        prunedDirectories);
  }

  private static String size(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
