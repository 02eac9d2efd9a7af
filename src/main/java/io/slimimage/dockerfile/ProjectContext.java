package io.slimimage.dockerfile;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import io.slimimage.layer.LayerEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The build context of a project: its tree without what is ignored, and files of our own beside it.
 *
 * <p>The tree is scanned once, so that all that is wrong with it is told before an engine gets the
 * first byte; the files are read while the tar is written. Only names, sizes and contents of the
 * project reach the tar: the engines' caches ignore times but not owners and modes, so all files
 * belong to 0:0 and have mode 0644 or 0755, whoever checked them out, and wherever.
 */
public final class ProjectContext implements BuildContext {

  private final Collection<LayerEntry> entries;
  private final Instant time;
  private final ContextStatistics statistics;

  private ProjectContext(
      Collection<LayerEntry> entries, Instant time, ContextStatistics statistics) {
    this.entries = entries;
    this.time = time;
    this.statistics = statistics;
  }

  /**
   * Starts the context of a project.
   *
   * @param root the directory of the project, or of its reactor
   * @param log gets a warning for each file that cannot be sent
   */
  public static Builder of(Path root, BuildLog log) {
    return new Builder(root, log);
  }

  /**
   * Writes the tar, as often as wanted.
   *
   * @throws SlimImageException if a file has vanished, changed its size or cannot be read; the tar
   *     is incomplete then
   */
  @Override
  public void writeTo(OutputStream out) throws IOException {
    ContextTar.write(entries, time, out);
  }

  /** Returns what the scan found. */
  public ContextStatistics statistics() {
    return statistics;
  }

  /** Collects what belongs to a context. All paths have slashes, none at either end. */
  public static final class Builder {

    private final Path root;
    private final BuildLog log;
    private final List<DockerIgnore> layers = new ArrayList<>();
    private final Map<String, Set<String>> sparse = new HashMap<>();
    private final Set<String> required = new LinkedHashSet<>();
    private final SortedMap<String, Blob> extras = new TreeMap<>();
    private String prefix = "";
    private Instant time = Instant.EPOCH;

    private Builder(Path root, BuildLog log) {
      this.root = root.toAbsolutePath().normalize();
      this.log = Objects.requireNonNull(log, "log");
    }

    /** Puts the project into a directory of the context, such as {@code project}. */
    public Builder prefix(String directory) {
      this.prefix = Objects.requireNonNull(directory, "directory");
      return this;
    }

    /**
     * Adds a layer of ignore rules: ours first, then the user's. What one layer leaves out no other
     * can bring back.
     */
    public Builder ignore(DockerIgnore rules) {
      layers.add(Objects.requireNonNull(rules, "rules"));
      return this;
    }

    /**
     * Wants only some paths of a directory.
     *
     * @param directory the directory in the project, empty for its root
     * @param paths files, and directories with all that is in them, relative to it
     */
    public Builder only(String directory, Set<String> paths) {
      sparse.put(directory, Set.copyOf(paths));
      return this;
    }

    /** Names files and directories of the project that the ignore rules must not hide. */
    public Builder require(Collection<String> paths) {
      required.addAll(paths);
      return this;
    }

    /** Adds a file of ours at a path in the context, outside the project's prefix. */
    public Builder extra(String path, Blob content) {
      extras.put(path, Objects.requireNonNull(content, "content"));
      return this;
    }

    /** Adds a file of ours at a path in the context, outside the project's prefix. */
    public Builder extra(String path, Path file) {
      try {
        return extra(path, ProjectFile.asIs(file, Files.size(file)));
      } catch (IOException e) {
        throw ReadFailure.of(file, e);
      }
    }

    /** Sets the time of all entries; by default the epoch. */
    public Builder modifiedAt(Instant instant) {
      this.time = Objects.requireNonNull(instant, "instant");
      return this;
    }

    /**
     * Scans the project.
     *
     * @throws SlimImageException if something wanted cannot be read or leads out of the project, or
     *     an ignore rule hides a required path
     */
    public ProjectContext scan() {
      if (!Files.isDirectory(root)) {
        throw new SlimImageException("the project directory [" + root + "] does not exist");
      }
      ContextEntries entries = new ContextEntries(prefix);
      ProjectWalk walk =
          new ProjectWalk(root, List.copyOf(layers), new SparseDirectories(sparse), log, entries);
      walk.run();
      new RequiredPaths(root, layers).check(required, entries);
      extras.forEach(
          (path, content) ->
              entries.add(new LayerEntry.File(path, 0644, content), path, content.size()));
      return new ProjectContext(
          entries.inOrder(), time, entries.statistics(walk.visited(), walk.pruned()));
    }
  }
}
