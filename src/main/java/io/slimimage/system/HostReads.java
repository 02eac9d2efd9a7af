package io.slimimage.system;

import io.slimimage.blob.Digest;
import io.slimimage.blob.FieldLines;
import io.slimimage.blob.FileDigests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was asked of a system while files were collected from it, with the answers: where paths
 * lead, those that do not exist too; the content of files, and whether they can be executed; the
 * names in directories. As long as every question has its answer still, the same files would be
 * collected again, whichever package was installed or file changed in the meantime.
 *
 * <p>One thing is relied upon: the lists of {@code /var/lib/dpkg/info} change only when {@code
 * dpkg} writes its status anew.
 */
public final class HostReads {

  private static final String PATH = "path";
  private static final String FILE = "file";
  private static final String LIST = "list";
  private static final String TREE = "tree";

  private final Optional<FileDigests> digests;
  private final SortedMap<String, SortedMap<String, String>> answers = new TreeMap<>();

  private HostReads(Optional<FileDigests> digests) {
    this.digests = digests;
  }

  /**
   * Starts without a question.
   *
   * @param digests knows those of files that did not change
   */
  public HostReads(FileDigests digests) {
    this(Optional.of(digests));
  }

  /** Returns one that takes note of nothing. */
  public static HostReads unnoted() {
    return new HostReads(Optional.empty());
  }

  void path(String path, Optional<String> real) {
    digests.ifPresent(known -> note(PATH, path, real.orElse("")));
  }

  void file(String realPath, Path file) {
    digests.ifPresent(known -> note(FILE, realPath, describe(file, known)));
  }

  void list(String directory, List<String> paths) {
    digests.ifPresent(known -> note(LIST, directory, describe(paths)));
  }

  void tree(String directory, List<String> paths) {
    digests.ifPresent(known -> note(TREE, directory, describe(paths)));
  }

  private void note(String kind, String path, String answer) {
    answers.computeIfAbsent(kind, each -> new TreeMap<>()).putIfAbsent(path, answer);
  }

  /** Returns all questions with their answers. */
  public String toText() {
    FieldLines lines = new FieldLines();
    answers.forEach(
        (kind, of) -> of.forEach((path, answer) -> lines.add("read", kind, path, answer)));
    return lines.toString();
  }

  /**
   * Returns whether the questions have the same answers still.
   *
   * @param lines lines of {@link #toText}, as fields
   * @param root the root of the system
   */
  public static boolean hold(List<List<String>> lines, Path root, FileDigests digests) {
    HostSystem host = new HostSystem(root);
    return lines.stream()
        .allMatch(
            line ->
                line.size() == 4
                    && line.get(3).equals(answer(line.get(1), line.get(2), host, digests)));
  }

  private static String answer(String kind, String path, HostSystem host, FileDigests digests) {
    return switch (kind) {
      case PATH -> host.realPath(path).orElse("");
      case FILE -> describe(host.file(path), digests);
      case LIST -> describe(host.list(path));
      case TREE -> describe(host.tree(path));
      default -> "no question";
    };
  }

  private static String describe(Path file, FileDigests digests) {
    try {
      boolean executable =
          Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE);
      return digests.of(file).hex() + (executable ? " executable" : "");
    } catch (IOException e) {
      return "unreadable";
    }
  }

  private static String describe(List<String> paths) {
    return Digest.sha256(String.join("\n", paths)).hex();
  }
}
