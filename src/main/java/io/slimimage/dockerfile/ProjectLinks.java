package io.slimimage.dockerfile;

import io.slimimage.SlimImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Symbolic links of a project, which must not lead out of it: the builder stage has nothing else.
 */
final class ProjectLinks {

  private final Path root;
  private final Path realRoot;

  ProjectLinks(Path root) {
    this.root = root;
    this.realRoot = real(root, root);
  }

  /**
   * Returns what a link is to point to in the context: its own target, made relative where it is
   * absolute, since the project lies elsewhere there.
   *
   * @throws SlimImageException if it leads out of the project
   */
  String target(Path link) {
    Path target;
    try {
      target = Files.readSymbolicLink(link);
    } catch (IOException e) {
      throw ReadFailure.of(link, e);
    }
    Path named = link.resolveSibling(target).normalize();
    if (target.isAbsolute() && !named.startsWith(root) && named.startsWith(realRoot)) {
      named = root.resolve(realRoot.relativize(named));
    }
    // The second look finds a detour through a link to a directory further up.
    if (!named.startsWith(root) || !real(link, realRoot).startsWith(realRoot)) {
      throw new SlimImageException(
          SlimImageException.advise(
              "the link [" + link + "] leads out of the project, to [" + target + "]",
              "exclude it in .dockerignore, or put a copy of the file in its place"));
    }
    return PathNames.of(target.isAbsolute() ? link.getParent().relativize(named) : target);
  }

  private static Path real(Path path, Path otherwise) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      // dangling, or a loop: there is nothing outside that it could show
      return otherwise;
    }
  }
}
