package io.slimimage.layer;

import io.slimimage.SlimImageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes layers as directories, one for each role, from which a build's last stage copies them.
 *
 * <p>Type, mode, time and bytes of everything depend on the plan alone. All times are the epoch's:
 * the cache of BuildKit goes by contents and modes, so that with times of its own a layer would
 * come out with those of whichever build has copied the same contents before.
 */
public final class LayerDirectories {

  private static final int DIRECTORY_MODE = 0755;
  private static final FileTime TIME = FileTime.fromMillis(0);

  private final boolean unix;

  private LayerDirectories(boolean unix) {
    this.unix = unix;
  }

  /**
   * What was written for a layer.
   *
   * @param role which layer
   * @param files how many files and links it has
   * @param bytes the sum of the sizes of its files
   */
  public record WrittenLayer(LayerRole role, long files, long bytes) {}

  /**
   * Replaces a directory by the layers. They are written beside it and moved into place at the end,
   * so that what is there is always whole; what a killed run has left is removed.
   *
   * @param plan the layers
   * @param target the directory, such as {@code target/slimimage/layers}
   * @throws SlimImageException if a file changes while it is read
   */
  public static List<WrittenLayer> write(LayerPlan plan, Path target) {
    Path absolute = target.toAbsolutePath();
    Path partial = absolute.resolveSibling("." + absolute.getFileName() + ".partial");
    Path old = absolute.resolveSibling("." + absolute.getFileName() + ".old");
    boolean unix = absolute.getFileSystem().supportedFileAttributeViews().contains("unix");
    try {
      DirectoryTree.delete(partial);
      DirectoryTree.delete(old);
      Files.createDirectories(partial);
      List<WrittenLayer> written = new LayerDirectories(unix).writeAll(plan, partial);
      if (Files.exists(absolute, LinkOption.NOFOLLOW_LINKS)) {
        Files.move(absolute, old, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(partial, absolute, StandardCopyOption.ATOMIC_MOVE);
      DirectoryTree.delete(old);
      return written;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the layers to " + target, e);
    }
  }

  private List<WrittenLayer> writeAll(LayerPlan plan, Path directory) throws IOException {
    setMode(directory, DIRECTORY_MODE);
    List<WrittenLayer> written = new ArrayList<>();
    for (Layer layer : plan.layers()) {
      Path root = directory.resolve(layer.role().directoryName());
      Files.createDirectory(root);
      setMode(root, DIRECTORY_MODE);
      long files = 0;
      long bytes = 0;
      for (LayerEntry entry : layer.entries()) {
        bytes += write(entry, root.resolve(entry.path()));
        files += entry instanceof LayerEntry.Directory ? 0 : 1;
      }
      setTimes(layer, root);
      written.add(new WrittenLayer(layer.role(), files, bytes));
    }
    setTime(directory);
    return List.copyOf(written);
  }

  private long write(LayerEntry entry, Path path) throws IOException {
    if (entry instanceof LayerEntry.Directory directory) {
      Files.createDirectory(path);
      setMode(path, directory.mode());
      return 0;
    }
    if (entry instanceof LayerEntry.Symlink link) {
      Files.createSymbolicLink(path, path.getFileSystem().getPath(link.target()));
      return 0;
    }
    LayerEntry.File file = (LayerEntry.File) entry;
    long written;
    try (InputStream in = file.content().open()) {
      written = Files.copy(in, path);
    }
    if (written != file.content().size()) {
      throw new SlimImageException(
          SlimImageException.advise(
              "The source of [/" + file.path() + "] changed while it was read",
              "stop what is writing to it and build again"));
    }
    setMode(path, file.mode());
    return written;
  }

  /** Children first, since writing into a directory changes its time. */
  private void setTimes(Layer layer, Path root) throws IOException {
    for (int i = layer.entries().size() - 1; i >= 0; i--) {
      setTime(root.resolve(layer.entries().get(i).path()));
    }
    setTime(root);
  }

  private void setTime(Path path) throws IOException {
    Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(TIME, null, null);
  }

  /** The whole mode, which the umask does not touch; Java's own permissions lack the sticky bit. */
  private void setMode(Path path, int mode) throws IOException {
    if (unix) {
      Files.setAttribute(path, "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
    }
  }
}
