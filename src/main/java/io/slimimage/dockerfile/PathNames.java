package io.slimimage.dockerfile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The names of files as the file system has them. */
final class PathNames {

  private static final char UNREADABLE = '\uFFFD';

  private PathNames() {}

  /**
   * Returns a path with slashes.
   *
   * <p>With the locale {@code C}, usual in containers on CI, the JDK shows every byte beyond ASCII
   * as a replacement character although the path itself keeps it; its URI tells the bytes, which
   * are taken for UTF-8.
   */
  static String of(Path path) {
    if (path.toString().indexOf(UNREADABLE) < 0) {
      return path.toString().replace(path.getFileSystem().getSeparator(), "/");
    }
    List<String> names = new ArrayList<>();
    for (Path name : path) {
      String uri = name.toUri().getRawPath();
      String last = uri.substring(uri.lastIndexOf('/', uri.length() - 2) + 1);
      names.add(last.endsWith("/") ? decode(last.substring(0, last.length() - 1)) : decode(last));
    }
    return (path.isAbsolute() ? "/" : "") + String.join("/", names);
  }

  private static String decode(String percentEncoded) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < percentEncoded.length(); i++) {
      if (percentEncoded.charAt(i) == '%') {
        bytes.write(Integer.parseInt(percentEncoded.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.write(percentEncoded.charAt(i));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
