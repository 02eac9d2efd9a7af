package io.slimimage.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;

/** The files of a base image as texts: their modes and contents, or where they lead. */
public final class ListedFiles implements BaseFiles.Visitor {

  private final Map<String, String> files = new TreeMap<>();

  /** Returns the texts by path; the path of a directory ends with a slash. */
  public Map<String, String> files() {
    return files;
  }

  private void add(String path, String text) {
    assertThat(files.put(path, text)).as(path).isNull();
  }

  @Override
  public void directory(String path, int mode) {
    add(path + "/", Integer.toOctalString(mode));
  }

  @Override
  public void link(String path, String target) {
    add(path, "-> " + target);
  }

  @Override
  public void file(String path, int mode) {
    add(path, Integer.toOctalString(mode));
  }

  @Override
  public void file(String path, int mode, long size, InputStream content) throws IOException {
    byte[] bytes = content.readAllBytes();
    assertThat(bytes).as(path).hasSize((int) size);
    add(path, (Integer.toOctalString(mode) + " " + new String(bytes, UTF_8)).strip());
  }

  @Override
  public void hardLink(String path, String first) {
    add(path, files.get(first));
  }
}
