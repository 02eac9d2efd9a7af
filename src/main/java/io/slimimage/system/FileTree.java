package io.slimimage.system;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The paths of a file system, with the content of few of its files. */
public final class FileTree {

  /** As Linux does, which gives up then. */
  private static final int MOST_LINKS = 40;

  /** Many times what the kept files of an image have, so that a strange one does no harm. */
  private static final long MOST_BYTES = 64L << 20;

  private static final int EXECUTABLE = 0111;

  private final Set<String> directories = new HashSet<>(Set.of(""));
  private final Map<String, Boolean> files = new HashMap<>();
  private final Map<String, String> links = new HashMap<>();
  private final Map<String, byte[]> contents = new HashMap<>();

  private final Predicate<String> kept;
  private long room = MOST_BYTES;

  /**
   * Creates an empty one.
   *
   * @param kept the paths of files whose content is wanted
   */
  public FileTree(Predicate<String> kept) {
    this.kept = kept;
  }

  /**
   * Reads the headers of an archive to its end.
   *
   * @param kept the paths of files whose content is wanted
   */
  static FileTree read(InputStream archive, Predicate<String> kept) throws IOException {
    FileTree tree = new FileTree(kept);
    // Not closed here: who has opened the archive closes it.
    TarArchiveInputStream tar = new TarArchiveInputStream(archive, "UTF-8");
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      tree.add(entry, tar);
    }
    return tree;
  }

  private void add(TarArchiveEntry entry, InputStream in) throws IOException {
    if (entry.isDirectory()) {
      addDirectory(entry.getName());
    } else if (entry.isSymbolicLink()) {
      addLink(entry.getName(), entry.getLinkName());
    } else if (entry.isLink()) {
      addHardLink(entry.getName(), entry.getLinkName());
    } else if (entry.isFile()) {
      addFile(entry.getName(), entry.getMode(), entry.getSize(), in);
    }
  }

  /** Adds a directory. */
  public void addDirectory(String path) {
    directories.add(added(path));
  }

  /** Adds a symbolic link. */
  public void addLink(String path, String target) {
    links.put(added(path), target);
  }

  /** Adds a second name of a file that came before. */
  public void addHardLink(String path, String first) {
    String added = added(path);
    String other = String.join("/", parts(first));
    files.put(added, files.getOrDefault(other, false));
    if (contents.containsKey(other)) {
      contents.put(added, contents.get(other));
    }
  }

  /** Adds a file without its content. */
  public void addFile(String path, int mode) {
    files.put(added(path), (mode & EXECUTABLE) != 0);
  }

  /**
   * Adds a file, with its content if that is wanted.
   *
   * @param size of the content, in bytes
   */
  public void addFile(String path, int mode, long size, InputStream content) throws IOException {
    String added = added(path);
    files.put(added, (mode & EXECUTABLE) != 0);
    if (kept.test(added) && size <= room) {
      room -= size;
      contents.put(added, content.readAllBytes());
    }
  }

  /** Returns the path as it is kept, which has its parents as well. */
  private String added(String path) {
    String added = String.join("/", parts(path));
    addParents(added);
    return added;
  }

  private void addParents(String path) {
    for (int slash = path.lastIndexOf('/');
        slash > 0 && directories.add(path.substring(0, slash)); ) {
      slash = path.lastIndexOf('/', slash - 1);
    }
  }

  private static List<String> parts(String path) {
    return List.of(path.split("/")).stream()
        .filter(part -> !part.isEmpty() && !part.equals("."))
        .toList();
  }

  /** Returns the paths of all files and of all links that lead to one. */
  SortedSet<String> files() {
    SortedSet<String> all = new TreeSet<>(files.keySet());
    links.keySet().stream().filter(link -> file(link).isPresent()).forEach(all::add);
    return all;
  }

  /** Returns where the links lead that lead to a directory other than the root. */
  SortedMap<String, String> directoryLinks() {
    SortedMap<String, String> all = new TreeMap<>();
    for (String link : links.keySet()) {
      resolve(link)
          .filter(target -> !target.isEmpty() && directories.contains(target))
          .ifPresent(target -> all.put(link, target));
    }
    return all;
  }

  /** Returns the path of the file that a path leads to, after following all links. */
  Optional<String> file(String path) {
    return resolve(path).filter(files::containsKey);
  }

  /** Returns whether somebody may execute the file that the path leads to. */
  boolean isExecutable(String path) {
    return file(path).map(files::get).orElse(false);
  }

  /** Returns what the file has that the path leads to, if its content was wanted. */
  Optional<byte[]> content(String path) {
    return file(path).map(contents::get);
  }

  private Optional<String> resolve(String path) {
    Deque<String> rest = new ArrayDeque<>(parts(path));
    String at = "";
    for (int followed = 0; !rest.isEmpty(); ) {
      String part = rest.pop();
      if (part.equals("..")) {
        at = at.substring(0, Math.max(0, at.lastIndexOf('/')));
        continue;
      }
      String next = at.isEmpty() ? part : at + "/" + part;
      String target = links.get(next);
      if (target == null) {
        at = next;
      } else if (followed++ == MOST_LINKS) {
        return Optional.empty();
      } else {
        at = target.startsWith("/") ? "" : at;
        List<String> more = parts(target);
        for (int i = more.size() - 1; i >= 0; i--) {
          rest.push(more.get(i));
        }
      }
    }
    boolean known = files.containsKey(at) || directories.contains(at);
    return known ? Optional.of(at) : Optional.empty();
  }
}
