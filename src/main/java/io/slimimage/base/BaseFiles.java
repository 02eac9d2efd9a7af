package io.slimimage.base;

import io.slimimage.blob.Digest;
import io.slimimage.image.BaseImage;
import io.slimimage.image.ImageLayer;
import io.slimimage.layer.LayerSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The files of a base image as a container sees them, all its layers over each other. */
public final class BaseFiles {

  /**
   * Takes the files of an image. Their paths have no slash in front, directories come before what
   * is in them, and a mode has the permission bits.
   */
  public interface Visitor {
    /** Takes a directory other than the root. */
    void directory(String path, int mode);

    /** Takes a symbolic link. */
    void link(String path, String target);

    /** Takes a file whose content nobody wants. */
    void file(String path, int mode);

    /**
     * Takes a file whose content is wanted.
     *
     * @param content so many bytes, which need not be read
     */
    void file(String path, int mode, long size, InputStream content) throws IOException;

    /** Takes one more name of a file whose content is wanted, and that came before. */
    void hardLink(String path, String first);
  }

  private BaseFiles() {}

  /** Returns what stands for the files: images with equal keys have the same. */
  public static Digest key(BaseImage base) {
    StringBuilder text = new StringBuilder("base files\n");
    for (ImageLayer layer : base.layers()) {
      text.append(layer.diffId()).append('\n');
    }
    return Digest.sha256(text.toString());
  }

  /**
   * Shows the files to a visitor: each path once, with what the topmost layer has there, and no
   * devices. Their paths are kept for {@link #on}, which need not read the layers then.
   *
   * <p>Layers that this build has verified are not read again. Others are decompressed twice, for
   * what is there and for the contents, as far as the last one that is wanted.
   *
   * @param findings knows which contents are wanted, and keeps the paths
   * @throws io.slimimage.SlimImageException if an engine could not unpack the layers
   */
  public static void visit(BaseImage base, LayerFindings findings, Visitor visitor)
      throws IOException {
    BaseLayers layers = new BaseLayers(base, findings);
    FileSystemTree tree = layers.tree();
    BasePaths.keep(key(base), tree, findings.records());
    new MergedFiles(layers, visitor).visit(tree.root());
  }

  /**
   * Returns the layers as they have to be on this base, which is read once for all of them, and
   * only where one of them has to be made.
   *
   * <ul>
   *   <li>A directory that the base has keeps its owner and mode, unless the layer has it with
   *       another mode than 0755: that somebody has asked for.
   *   <li>What lies behind a link to a directory goes to where the link leads.
   *   <li>What would hide a directory of the base, or lies below one of its files, is an error.
   * </ul>
   *
   * <p>The docker engine copies layers by {@code COPY --from=builder layer/ /}, which was tried
   * with version 20.10 on bases with a directory of mode 0700 and another owner, and with a link
   * {@code /lib -> usr/lib}. Both builders give a directory that is there the mode, owner 0:0 and
   * time of the copied one. Of a directory {@code lib} in the layer BuildKit says {@code cannot
   * copy to non-directory}; the classic builder replaces the link by the directory, so that nothing
   * in the image starts any more. Links to files and files are replaced, here as there. So the
   * results are equal for all bases whose directories have mode 0755 and owner 0:0 where a layer
   * has a directory too, and here the others work as well.
   *
   * @param findings keeps the paths of the base for later builds
   */
  public static List<LayerSource> on(
      BaseImage base, List<LayerSource> sources, LayerFindings findings) {
    if (base.layers().isEmpty()) {
      return List.copyOf(sources);
    }
    BasePaths paths = new BasePaths(base, key(base), findings);
    return sources.stream().<LayerSource>map(source -> new LayerOnBase(source, paths)).toList();
  }
}
