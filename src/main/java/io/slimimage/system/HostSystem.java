package io.slimimage.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A system's files, seen from its root: paths are absolute, with slashes, and links lead where they
 * would lead if its root were {@code /}. To be used for one build at most, since what was found out
 * about a path is not found out again.
 */
final class HostSystem {

  private static final int MAX_LINKS = 40;

  private final Path root;
  private final HostReads reads;

  private final Map<String, Place> places = new HashMap<>();

  /** What is at a path: where a link leads, or nothing of another file. */
  private record Place(boolean exists, Optional<String> target) {}

  /**
   * Looks at a system.
   *
   * @param root the directory that is its {@code /}
   * @param reads takes note of everything that is asked here
   */
  HostSystem(Path root, HostReads reads) {
    this.root = Objects.requireNonNull(root, "root");
    this.reads = Objects.requireNonNull(reads, "reads");
  }

  /** Looks at a system, and nobody takes note of it. */
  HostSystem(Path root) {
    this(root, HostReads.unnoted());
  }

  Path root() {
    return root;
  }

  /** Returns the same system for questions that nobody takes note of. */
  HostSystem unnoted() {
    return new HostSystem(root);
  }

  /** Returns the path without any link in it, or nothing if there is no such file. */
  Optional<String> realPath(String path) {
    Optional<String> real = resolve(path);
    reads.path(path, real);
    return real;
  }

  private Optional<String> resolve(String path) {
    Deque<String> rest = names(path);
    Deque<String> done = new ArrayDeque<>();
    int followed = 0;
    while (!rest.isEmpty()) {
      String name = rest.pop();
      if (name.equals("..")) {
        done.pollLast();
        continue;
      }
      done.add(name);
      Place place = places.computeIfAbsent(join(done), this::look);
      if (!place.exists()) {
        return Optional.empty();
      }
      if (place.target().isPresent()) {
        if (++followed > MAX_LINKS) {
          return Optional.empty();
        }
        done.removeLast();
        String target = place.target().get();
        if (target.startsWith("/")) {
          done.clear();
        }
        Deque<String> more = names(target);
        while (!more.isEmpty()) {
          rest.push(more.removeLast());
        }
      }
    }
    return Optional.of(join(done));
  }

  private Place look(String path) {
    Path file = file(path);
    try {
      boolean link =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
              .isSymbolicLink();
      return new Place(
          true, link ? Optional.of(Files.readSymbolicLink(file).toString()) : Optional.empty());
    } catch (IOException e) {
      return new Place(false, Optional.empty());
    }
  }

  /** Returns the file that a path leads to, or nothing if there is none. */
  Optional<Path> find(String path) {
    Optional<String> real = realPath(path);
    Optional<Path> found = real.map(this::file).filter(Files::isRegularFile);
    found.ifPresent(file -> reads.file(real.get(), file));
    return found;
  }

  /** Returns the path that a file of this process has here, or nothing if it lies elsewhere. */
  Optional<String> pathOf(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Path base = root.toAbsolutePath().normalize();
    return absolute.startsWith(base)
        ? Optional.of("/" + base.relativize(absolute))
        : Optional.empty();
  }

  /** Returns the paths of everything in a directory, sorted; none if it does not exist. */
  List<String> list(String directory) {
    List<String> paths = listUnnoted(directory);
    reads.list(directory, paths);
    return paths;
  }

  private List<String> listUnnoted(String directory) {
    Optional<String> real = resolve(directory);
    if (real.isEmpty()) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(file(real.get()))) {
      return files.map(file -> directory + "/" + file.getFileName()).sorted().toList();
    } catch (NotDirectoryException | NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory, e);
    }
  }

  /** Returns the paths of all files below a directory, sorted; none if it does not exist. */
  List<String> tree(String directory) {
    List<String> paths = treeUnnoted(directory);
    reads.tree(directory, paths);
    return paths;
  }

  private List<String> treeUnnoted(String directory) {
    Optional<Path> top = resolve(directory).map(this::file).filter(Files::isDirectory);
    if (top.isEmpty()) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(top.get())) {
      return files
          .filter(file -> !Files.isDirectory(file))
          .map(file -> directory + "/" + top.get().relativize(file))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + directory, e);
    }
  }

  /** Returns where a path without links lies in the file system of this process. */
  Path file(String realPath) {
    return root.resolve(realPath.substring(1));
  }

  private static Deque<String> names(String path) {
    Deque<String> names = new ArrayDeque<>();
    Arrays.stream(path.split("/"))
        .filter(name -> !name.isEmpty() && !name.equals("."))
        .forEach(names::add);
    return names;
  }

  private static String join(Deque<String> names) {
    return "/" + String.join("/", names);
  }
}
