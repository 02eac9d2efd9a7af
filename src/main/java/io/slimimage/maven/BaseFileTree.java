package io.slimimage.maven;

import io.slimimage.base.BaseFiles;
import io.slimimage.system.FileTree;
import java.io.IOException;
import java.io.InputStream;

/**
 * Takes the files of a base image into a tree, in which it is then found what the image has.
 *
 * @param tree gets them
 */
public record BaseFileTree(FileTree tree) implements BaseFiles.Visitor {

  @Override
  public void directory(String path, int mode) {
    tree.addDirectory(path);
  }

  @Override
  public void link(String path, String target) {
    tree.addLink(path, target);
  }

  @Override
  public void file(String path, int mode) {
    tree.addFile(path, mode);
  }

  @Override
  public void file(String path, int mode, long size, InputStream content) throws IOException {
    tree.addFile(path, mode, size, content);
  }

  @Override
  public void hardLink(String path, String first) {
    tree.addHardLink(path, first);
  }
}
