package io.slimimage.dockerfile;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.layer.LayerEntry;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Walks a project once, entering only directories that may hold something wanted, and never through
 * a link.
 */
final class ProjectWalk {

  private static final int EXECUTABLE = 0755;
  private static final int PLAIN = 0644;

  private final Path root;
  private final List<DockerIgnore> layers;
  private final SparseDirectories sparse;
  private final BuildLog log;
  private final ContextEntries entries;
  private final ProjectLinks links;
  private final boolean posix;
  private int visited;
  private int pruned;

  ProjectWalk(
      Path root,
      List<DockerIgnore> layers,
      SparseDirectories sparse,
      BuildLog log,
      ContextEntries entries) {
    this.root = root;
    this.layers = layers;
    this.sparse = sparse;
    this.log = log;
    this.entries = entries;
    this.links = new ProjectLinks(root);
    this.posix = root.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Walks everything. */
  void run() {
    children(root, "", layers.stream().map(DockerIgnore::start).toList(), true);
  }

  int visited() {
    return visited;
  }

  int pruned() {
    return pruned;
  }

  private void children(
      Path directory, String path, List<DockerIgnore.Verdict> verdicts, boolean wanted) {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      visited++;
      stream.forEach(children::add);
    } catch (IOException e) {
      unlisted(directory, e, wanted);
    } catch (DirectoryIteratorException e) {
      unlisted(directory, e.getCause(), wanted);
    }
    // the order matters for the log and for which error comes first
    Collections.sort(children);
    for (Path child : children) {
      String name = PathNames.of(child.getFileName());
      visit(child, path.isEmpty() ? name : path + "/" + name, verdicts);
    }
  }

  /** Bears only with what is not wanted itself and is entered for what a {@code !} may match. */
  private void unlisted(Path directory, IOException cause, boolean wanted) {
    if (wanted) {
      throw ReadFailure.of(directory, cause);
    }
    log.debug("Cannot read the excluded directory " + directory);
  }

  private void visit(Path file, String path, List<DockerIgnore.Verdict> parents) {
    List<DockerIgnore.Verdict> verdicts = new ArrayList<>(layers.size());
    boolean excluded = false;
    boolean hopeless = false;
    for (int i = 0; i < layers.size(); i++) {
      DockerIgnore.Verdict verdict = layers.get(i).verdict(path, parents.get(i));
      verdicts.add(verdict);
      if (verdict.excluded()) {
        excluded = true;
        hopeless |= !layers.get(i).mayReincludeBelow(path, verdict);
      }
    }
    SparseDirectories.Choice choice = sparse.choose(path);
    boolean wanted = !excluded && choice == SparseDirectories.Choice.KEEP;
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      if (hopeless || choice == SparseDirectories.Choice.DROP) {
        pruned++;
        log.debug("Left out of the build context: " + path + "/");
        return;
      }
      if (wanted) {
        entries.directory(path);
      }
      children(file, path, verdicts, wanted);
    } else if (wanted) {
      add(file, path);
    }
  }

  private void add(Path file, String path) {
    BasicFileAttributes attributes;
    Class<? extends BasicFileAttributes> kind =
        posix ? PosixFileAttributes.class : BasicFileAttributes.class;
    try {
      attributes = Files.readAttributes(file, kind, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      throw ReadFailure.of(file, e);
    }
    if (attributes.isSymbolicLink()) {
      entries.add(new LayerEntry.Symlink(entries.inContext(path), links.target(file)), path, 0);
    } else if (attributes.isRegularFile()) {
      regularFile(file, path, attributes);
    } else {
      log.warn(
          SlimImageException.advise(
              "[" + path + "] is no file, directory or link and is left out of the build context",
              "exclude it in .dockerignore"));
    }
  }

  private void regularFile(Path file, String path, BasicFileAttributes attributes) {
    if (!Files.isReadable(file)) {
      throw Files.exists(file, LinkOption.NOFOLLOW_LINKS)
          ? ReadFailure.denied(file)
          : ReadFailure.of(file, new NoSuchFileException(file.toString()));
    }
    // A checkout on Windows loses the executable bit and gets CRLF, and a shell cannot read that.
    boolean wrapper = file.getFileName().toString().equals("mvnw");
    boolean properties = file.endsWith(Path.of(".mvn", "wrapper", "maven-wrapper.properties"));
    ProjectFile content =
        wrapper || properties
            ? ProjectFile.withUnixLines(file)
            : ProjectFile.asIs(file, attributes.size());
    boolean executable =
        attributes instanceof PosixFileAttributes owned
            && owned.permissions().contains(PosixFilePermission.OWNER_EXECUTE);
    int mode = wrapper || executable ? EXECUTABLE : PLAIN;
    entries.add(new LayerEntry.File(entries.inContext(path), mode, content), path, content.size());
  }
}
