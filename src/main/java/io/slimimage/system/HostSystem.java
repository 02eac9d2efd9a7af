package io.slimimage.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A system's files, seen from its root: paths are absolute, with slashes, and links lead where they
 * would lead if its root were {@code /}.
 *
 * @param root the directory that is its {@code /}
 */
record HostSystem(Path root) {

  private static final int MAX_LINKS = 40;

  HostSystem {
    Objects.requireNonNull(root, "root");
  }

  /** Returns the path without any link in it, or nothing if there is no such file. */
  Optional<String> realPath(String path) {
    Deque<String> rest = names(path);
    Deque<String> done = new ArrayDeque<>();
    int links = 0;
    try {
      while (!rest.isEmpty()) {
        String name = rest.pop();
        if (name.equals("..")) {
          done.pollLast();
          continue;
        }
        done.add(name);
        Path file = file(join(done));
        if (Files.isSymbolicLink(file)) {
          String target = Files.readSymbolicLink(file).toString();
          if (++links > MAX_LINKS) {
            return Optional.empty();
          }
          done.removeLast();
          if (target.startsWith("/")) {
            done.clear();
          }
          Deque<String> more = names(target);
          while (!more.isEmpty()) {
            rest.push(more.removeLast());
          }
        } else if (!Files.exists(file)) {
          return Optional.empty();
        }
      }
      return Optional.of(join(done));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the link " + path, e);
    }
  }

  /** Returns the file that a path leads to, or nothing if there is none. */
  Optional<Path> find(String path) {
    return realPath(path).map(this::file).filter(Files::isRegularFile);
  }

  /** Returns the directory that a path leads to, or nothing if there is none. */
  Optional<Path> directory(String path) {
    return realPath(path).map(this::file).filter(Files::isDirectory);
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
    Optional<String> real = realPath(directory);
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

  /** Returns where a path without links lies in the file system of this process. */
  private Path file(String realPath) {
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
