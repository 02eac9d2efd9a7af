package io.slimimage.base;

import io.slimimage.base.TreeNode.Content;
import io.slimimage.base.TreeNode.Directory;
import io.slimimage.base.TreeNode.File;
import io.slimimage.base.TreeNode.Symlink;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One tar archive of the files of all layers, made while it is read: directories, symbolic links
 * and files whose content is not wanted or was seen first, then the others in the order in which
 * the layers have them. Of such a file with several paths the others follow as hard links. Only the
 * layers that have one are read, and as far as the last of them.
 */
final class MergedTar extends InputStream {

  private final BaseLayers layers;

  /** Directories that are being walked through, the innermost first. */
  private final Deque<Visit> visits = new ArrayDeque<>();

  /** Where the files are to be, by their number in their layer. */
  private final List<Map<Integer, List<Place>>> places = new ArrayList<>();

  private final Deque<InputStream> parts = new ArrayDeque<>();
  private UntrustedStream archive;
  private TarEntries entries;
  private int layer = -1;
  private int number;
  private boolean ended;

  /** Starts the archive of what is below the root. */
  MergedTar(BaseLayers layers, Directory root) {
    this.layers = layers;
    for (int i = 0; i < layers.count(); i++) {
      places.add(new HashMap<>());
    }
    visits.push(new Visit(root));
  }

  private record Visit(Directory directory, Iterator<Map.Entry<String, TreeNode>> children) {

    Visit(Directory directory) {
      this(directory, directory.children().entrySet().iterator());
    }
  }

  private record Place(Directory directory, String name, Content content) {

    String path() {
      return directory.path(name);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (true) {
      while (!parts.isEmpty()) {
        int read = parts.peek().read(buffer, offset, length);
        if (read > 0) {
          return read;
        }
        parts.pop();
      }
      if (ended) {
        return -1;
      }
      advance();
    }
  }

  private void advance() throws IOException {
    if (!visits.isEmpty()) {
      walk();
    } else if (entries != null && !places.get(layer).isEmpty()) {
      readEntry();
    } else if (layer + 1 < layers.count()) {
      close();
      layer++;
      number = 0;
      if (!places.get(layer).isEmpty()) {
        archive = layers.open(layer);
        entries = layers.entries(archive, layer);
      }
    } else {
      ended = true;
      parts.add(TarParts.end());
    }
  }

  private void walk() throws IOException {
    Visit visit = visits.peek();
    if (!visit.children().hasNext()) {
      visits.pop();
      return;
    }
    Map.Entry<String, TreeNode> child = visit.children().next();
    Directory parent = visit.directory();
    if (child.getValue() instanceof Directory directory) {
      parts.add(TarParts.directory(parent.path(child.getKey()), directory.mode()));
      visits.push(new Visit(directory));
    } else if (child.getValue() instanceof Symlink link) {
      parts.add(TarParts.symlink(parent.path(child.getKey()), link.target()));
    } else if (child.getValue() instanceof File file) {
      add(new Place(parent, child.getKey(), file.content()));
    }
  }

  private void add(Place place) throws IOException {
    Content content = place.content();
    String path = place.path();
    Optional<byte[]> bytes =
        layers.isWanted(path) ? layers.seen(content) : Optional.of(new byte[0]);
    if (bytes.isEmpty()) {
      places
          .get(content.layer())
          .computeIfAbsent(content.entry(), entry -> new ArrayList<>(1))
          .add(place);
      return;
    }
    int size = bytes.get().length;
    parts.add(TarParts.file(path, content.mode(), size));
    parts.add(new ByteArrayInputStream(bytes.get()));
    parts.add(TarParts.padding(size));
  }

  private void readEntry() throws IOException {
    if (entries.next() == null) {
      throw layers.failures().damaged("layer " + (layer + 1) + " changed while it was read");
    }
    List<Place> wanted = places.get(layer).remove(number++);
    if (wanted == null) {
      return;
    }
    Content content = wanted.get(0).content();
    String first = wanted.get(0).path();
    parts.add(TarParts.file(first, content.mode(), content.size()));
    parts.add(new Whole(entries.content(), content.size()));
    parts.add(TarParts.padding(content.size()));
    for (Place other : wanted.subList(1, wanted.size())) {
      parts.add(TarParts.hardLink(other.path(), first));
    }
  }

  @Override
  public void close() throws IOException {
    if (archive != null) {
      archive.close();
      archive = null;
      entries = null;
    }
  }

  /** The content of a file, as long as its header says. */
  private final class Whole extends FilterInputStream {

    private long left;

    Whole(InputStream in, long size) {
      super(in);
      this.left = size;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = left == 0 ? -1 : super.read(buffer, offset, (int) Math.min(length, left));
      if (read < 0 && left > 0) {
        throw layers.failures().damaged("layer " + (layer + 1) + " lacks the end of a file");
      }
      left -= Math.max(read, 0);
      return read;
    }
  }
}
