package io.slimimage.base;

import io.slimimage.base.TreeNode.Content;
import io.slimimage.base.TreeNode.Directory;
import io.slimimage.base.TreeNode.File;
import io.slimimage.base.TreeNode.Symlink;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shows the files of all layers to a visitor. Only the layers that have a wanted file which was not
 * seen before are read, and as far as the last of them.
 */
final class MergedFiles {

  private final BaseLayers layers;
  private final BaseFiles.Visitor visitor;

  /** Where the files are that have to be read, by their number in their layer. */
  private final List<Map<Integer, List<Place>>> places = new ArrayList<>();

  MergedFiles(BaseLayers layers, BaseFiles.Visitor visitor) {
    this.layers = layers;
    this.visitor = visitor;
    for (int i = 0; i < layers.count(); i++) {
      places.add(new HashMap<>());
    }
  }

  private record Place(String path, Content content) {}

  void visit(Directory root) throws IOException {
    walk("", root);
    for (int layer = 0; layer < layers.count(); layer++) {
      if (!places.get(layer).isEmpty()) {
        read(layer);
      }
    }
  }

  private void walk(String path, Directory directory) throws IOException {
    for (Map.Entry<String, TreeNode> child : directory.children().entrySet()) {
      String place = PathIndex.join(path, child.getKey());
      if (child.getValue() instanceof Directory inner) {
        visitor.directory(place, inner.mode());
        walk(place, inner);
      } else if (child.getValue() instanceof Symlink link) {
        visitor.link(place, link.target());
      } else if (child.getValue() instanceof File file) {
        add(place, file.content());
      }
    }
  }

  private void add(String path, Content content) throws IOException {
    if (!layers.isWanted(path)) {
      visitor.file(path, content.mode());
      return;
    }
    Optional<byte[]> seen = layers.seen(content);
    if (seen.isPresent()) {
      visitor.file(path, content.mode(), content.size(), new ByteArrayInputStream(seen.get()));
    } else {
      places
          .get(content.layer())
          .computeIfAbsent(content.entry(), entry -> new ArrayList<>(1))
          .add(new Place(path, content));
    }
  }

  private void read(int layer) throws IOException {
    Map<Integer, List<Place>> wanted = places.get(layer);
    try (UntrustedStream archive = layers.open(layer)) {
      TarEntries entries = layers.entries(archive, layer);
      for (int number = 0; !wanted.isEmpty(); number++) {
        if (entries.next() == null) {
          throw layers.failures().damaged("layer " + (layer + 1) + " changed while it was read");
        }
        List<Place> here = wanted.remove(number);
        if (here != null) {
          show(here, entries.content());
        }
      }
    }
  }

  private void show(List<Place> places, InputStream bytes) throws IOException {
    Place first = places.get(0);
    Content content = first.content();
    visitor.file(first.path(), content.mode(), content.size(), new Whole(bytes, content));
    for (Place other : places.subList(1, places.size())) {
      visitor.hardLink(other.path(), first.path());
    }
  }

  /** The content of a file, as long as its header says. */
  private final class Whole extends FilterInputStream {

    private final int layer;
    private long left;

    Whole(InputStream in, Content content) {
      super(in);
      this.layer = content.layer();
      this.left = content.size();
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
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
