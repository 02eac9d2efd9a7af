package io.slimimage.base;

import io.slimimage.base.TreeNode.Directory;
import io.slimimage.base.TreeNode.Symlink;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The paths of a base image, without a slash in front, and what they are. As text it has a line for
 * each: {@code d} and the path of a directory, and after that for what is in it {@code f} and the
 * name of a file, {@code l}, the name and the target of a link.
 */
final class PathIndex {

  /** The first line of the text. */
  private static final String FORMAT = "paths 1\n";

  private static final int MOST_LINKS = 40;

  private final Set<String> directories = new HashSet<>();
  private final Set<String> files = new HashSet<>();
  private final Map<String, String> links = new HashMap<>();

  private PathIndex() {}

  static String text(Directory root) {
    StringBuilder text = new StringBuilder(FORMAT);
    append(root, "", text);
    return text.toString();
  }

  private static void append(Directory directory, String path, StringBuilder text) {
    text.append('d').append(escape(path)).append('\n');
    directory
        .children()
        .forEach(
            (name, node) -> {
              if (node instanceof Symlink link) {
                text.append('l').append(escape(name)).append('\t').append(escape(link.target()));
                text.append('\n');
              } else if (!(node instanceof Directory)) {
                text.append('f').append(escape(name)).append('\n');
              }
            });
    directory
        .children()
        .forEach(
            (name, node) -> {
              if (node instanceof Directory child) {
                append(child, join(path, name), text);
              }
            });
  }

  /** Reads what {@link #text} has written; nothing where another version has written it. */
  static Optional<PathIndex> read(String text) {
    return text.startsWith(FORMAT) ? Optional.of(parse(text)) : Optional.empty();
  }

  private static PathIndex parse(String text) {
    PathIndex index = new PathIndex();
    String directory = "";
    int end;
    for (int at = FORMAT.length(); at < text.length(); at = end + 1) {
      end = text.indexOf('\n', at);
      String line = text.substring(at + 1, end);
      switch (text.charAt(at)) {
        case 'd' -> {
          directory = unescape(line);
          index.directories.add(directory);
        }
        case 'l' -> {
          int tab = line.indexOf('\t');
          String name = unescape(line.substring(0, tab));
          index.links.put(join(directory, name), unescape(line.substring(tab + 1)));
        }
        default -> index.files.add(join(directory, unescape(line)));
      }
    }
    return index;
  }

  private static String escape(String name) {
    return name.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
  }

  private static String unescape(String name) {
    if (name.indexOf('\\') < 0) {
      return name;
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '\\') {
        c = name.charAt(++i);
        c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
      }
      plain.append(c);
    }
    return plain.toString();
  }

  static String join(String directory, String name) {
    return directory.isEmpty() ? name : directory + "/" + name;
  }

  boolean isDirectory(String path) {
    return directories.contains(path);
  }

  boolean isFile(String path) {
    return files.contains(path);
  }

  /** Returns the target of a link, or null where there is none. */
  String link(String path) {
    return links.get(path);
  }

  /**
   * Returns where a directory is, after following all links; below what the base does not have, the
   * path goes on as it is.
   *
   * @return nothing if there is a file in the way, or a link that leads to none of its directories
   */
  Optional<String> directory(String path) {
    Deque<String> rest = new ArrayDeque<>(parts(path));
    String at = "";
    // How many of the next parts are from links: what they name has to be there.
    int linked = 0;
    for (int count = 0; !rest.isEmpty(); ) {
      String name = rest.pop();
      boolean fromLink = linked > 0;
      linked = Math.max(0, linked - 1);
      if (name.equals("..")) {
        at = at.substring(0, Math.max(0, at.lastIndexOf('/')));
        continue;
      }
      String next = join(at, name);
      String target = links.get(next);
      if (target != null) {
        if (count++ == MOST_LINKS) {
          return Optional.empty();
        }
        at = target.startsWith("/") ? "" : at;
        List<String> more = parts(target);
        for (int i = more.size() - 1; i >= 0; i--) {
          rest.push(more.get(i));
        }
        linked += more.size();
      } else if (files.contains(next) || fromLink && !directories.contains(next)) {
        return Optional.empty();
      } else {
        at = next;
      }
    }
    return Optional.of(at);
  }

  private static List<String> parts(String path) {
    return List.of(path.split("/")).stream()
        .filter(part -> !part.isEmpty() && !part.equals("."))
        .toList();
  }
}
