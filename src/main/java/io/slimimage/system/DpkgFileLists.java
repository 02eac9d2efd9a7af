package io.slimimage.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which package of {@code dpkg} has installed a file. */
final class DpkgFileLists {

  private static final String LISTS = "/var/lib/dpkg/info";
  private static final String ENDING = ".list";
  private static final String DIVERSIONS = "/var/lib/dpkg/diversions";

  private final HostSystem host;

  DpkgFileLists(HostSystem host) {
    this.host = host;
  }

  /** A package's file that is at another path, since another package has one at its own. */
  private record Diversion(String from, String to, String by) {}

  /** A path that a list may have, and the file that it then tells of. */
  private record Question(String file, Diversion diversion, boolean exact) {
    boolean concerns(String owner) {
      // The package that diverts has its own file at the path, the others have theirs elsewhere.
      return diversion == null || owner.equals(diversion.by()) != file.equals(diversion.to());
    }
  }

  /**
   * Returns the owners of files.
   *
   * @param files paths without links
   * @return by path the name of the package, with its architecture where {@code dpkg} has it; files
   *     without a package are missing
   */
  Map<String, String> owners(Collection<String> files) {
    Map<String, List<Question>> questions = questions(files);
    Map<String, String> exact = new LinkedHashMap<>();
    Map<String, String> likely = new LinkedHashMap<>();
    // There are hundreds of them, and they do not change without dpkg's status.
    HostSystem lists = host.unnoted();
    for (String list : lists.list(LISTS)) {
      if (list.endsWith(ENDING)) {
        String owner = list.substring(LISTS.length() + 1, list.length() - ENDING.length());
        String name = owner.replaceFirst(":.*", "");
        for (String line : hits(lists.find(list), questions)) {
          for (Question question : questions.get(line)) {
            if (question.concerns(name)) {
              (question.exact() ? exact : likely).putIfAbsent(question.file(), owner);
            }
          }
        }
      }
    }
    likely.forEach(exact::putIfAbsent);
    return exact;
  }

  private Map<String, List<Question>> questions(Collection<String> files) {
    List<Diversion> diversions = diversions();
    Map<String, List<Question>> questions = new HashMap<>();
    for (String file : files) {
      for (String path : List.of(file, otherSideOfUsr(file))) {
        boolean exact = path.equals(file);
        String listed = path;
        Diversion found = null;
        for (Diversion diversion : diversions) {
          if (diversion.to().equals(path)) {
            listed = diversion.from();
            found = new Diversion(diversion.from(), file, diversion.by());
          } else if (diversion.from().equals(path)) {
            found = diversion;
          }
        }
        questions
            .computeIfAbsent(listed, key -> new ArrayList<>())
            .add(new Question(file, found, exact));
      }
    }
    return questions;
  }

  /** Where {@code /lib} is a link to {@code /usr/lib}, lists can have either. */
  private static String otherSideOfUsr(String path) {
    return path.startsWith("/usr/") ? path.substring("/usr".length()) : "/usr" + path;
  }

  private List<Diversion> diversions() {
    List<Diversion> diversions = new ArrayList<>();
    Optional<Path> file = host.find(DIVERSIONS);
    if (file.isPresent()) {
      List<String> lines = read(file.get());
      for (int i = 0; i + 2 < lines.size(); i += 3) {
        diversions.add(new Diversion(lines.get(i), lines.get(i + 1), lines.get(i + 2)));
      }
    }
    return diversions;
  }

  private static List<String> hits(Optional<Path> list, Map<String, ?> wanted) {
    List<String> hits = new ArrayList<>();
    if (list.isPresent()) {
      try (BufferedReader lines = Files.newBufferedReader(list.get(), ISO_8859_1)) {
        lines.lines().filter(wanted::containsKey).forEach(hits::add);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + list.get(), e);
      }
    }
    return hits;
  }

  private static List<String> read(Path file) {
    try {
      return Files.readAllLines(file, ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
