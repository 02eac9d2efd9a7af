package io.slimimage.base;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Digest;
import io.slimimage.layer.Layer;
import io.slimimage.layer.LayerEntry;
import io.slimimage.layer.LayerRole;
import io.slimimage.layer.LayerSource;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A layer whose entries are where they have to be on a base image. */
final class LayerOnBase implements LayerSource {

  /** The mode of a directory for which nobody has asked for another one. */
  private static final int DIRECTORY_MODE = 0755;

  private final LayerSource source;
  private final BasePaths base;

  LayerOnBase(LayerSource source, BasePaths base) {
    this.source = source;
    this.base = base;
  }

  @Override
  public LayerRole role() {
    return source.role();
  }

  @Override
  public Digest key() throws IOException {
    String text = "layer on base 1\n" + source.key() + "\n" + base.key();
    return Digest.sha256(text);
  }

  @Override
  public Layer layer() throws IOException {
    Layer layer = source.layer();
    PathIndex index = base.index();
    SortedMap<String, LayerEntry> entries = new TreeMap<>();
    Map<String, String> origins = new HashMap<>();
    for (LayerEntry entry : layer.entries()) {
      LayerEntry placed = place(entry, index);
      if (placed == null) {
        continue;
      }
      LayerEntry other = entries.put(placed.path(), placed);
      String origin = origins.put(placed.path(), entry.path());
      if (other != null && !other.equals(placed)) {
        throw refused(
            entry.path(),
            "is the same as [/" + origin + "] there",
            "remove one of the two from the layer");
      }
    }
    return new Layer(layer.role(), List.copyOf(entries.values()));
  }

  /** Returns the entry at its place, or null where the base has the directory. */
  private LayerEntry place(LayerEntry entry, PathIndex index) {
    String path = entry.path();
    int slash = path.lastIndexOf('/');
    String parent = slash < 0 ? "" : directory(path, path.substring(0, slash), index);
    String place = PathIndex.join(parent, path.substring(slash + 1));
    if (entry instanceof LayerEntry.Directory directory) {
      return place(directory, directory(path, place, index), index);
    }
    if (index.isDirectory(place)) {
      throw refused(path, "is a directory there", "give it another name");
    }
    return entry instanceof LayerEntry.File file
        ? new LayerEntry.File(place, file.mode(), file.content())
        : new LayerEntry.Symlink(place, ((LayerEntry.Symlink) entry).target());
  }

  private static LayerEntry place(LayerEntry.Directory directory, String place, PathIndex index) {
    boolean asUsual = directory.mode() == DIRECTORY_MODE;
    boolean kept = place.isEmpty() || asUsual && index.isDirectory(place);
    return kept ? null : new LayerEntry.Directory(place, directory.mode());
  }

  private String directory(String path, String directory, PathIndex index) {
    Optional<String> place = index.directory(directory);
    return place.orElseThrow(
        () ->
            refused(
                path,
                "cannot be there, since [/" + directory + "] leads to a file or to nothing",
                "give it another name, or use another base image"));
  }

  private SlimImageException refused(String path, String fact, String advice) {
    return new SlimImageException(
        SlimImageException.advise(
            "[/"
                + path
                + "] of the layer ["
                + role().directoryName()
                + "] is to be in base image ["
                + base.name()
                + "] and "
                + fact,
            advice));
  }
}
