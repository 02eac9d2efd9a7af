package io.slimimage.dockerfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Trees and patterns in which everything meets everything, the same for the same seed. */
final class RandomProject {

  private static final List<String> NAMES =
      List.of("a", "b", "ab", "a.txt", "b.java", "src", ".x", "a b", "grün", "[a]", "x^y", "a+b");
  private static final List<String> PARTS =
      List.of(
          "*",
          "?",
          "a*",
          "**",
          "[ab]",
          "[^a]",
          "*.java",
          "\\[a]",
          "a?b",
          "**b",
          "a**",
          "..",
          ".",
          "",
          "[a-s]*",
          "*[^/]",
          "x\\^*",
          "[[:alpha:]]",
          "x^*",
          "?*",
          "***");

  private final Random random;

  RandomProject(long seed) {
    this.random = new Random(seed);
  }

  /** Creates some dozens of files in up to four levels; returns their paths, sorted. */
  List<String> create(Path root) throws IOException {
    List<String> files = new ArrayList<>();
    fill(root, "", 4, files);
    Collections.sort(files);
    return files;
  }

  private void fill(Path directory, String prefix, int levels, List<String> files)
      throws IOException {
    Files.createDirectories(directory);
    List<String> names = new ArrayList<>(NAMES);
    Collections.shuffle(names, random);
    for (String name : names.subList(0, 4)) {
      if (levels > 1 && random.nextInt(5) < 2) {
        fill(directory.resolve(name), prefix + name + "/", levels - 1, files);
      } else {
        Files.writeString(directory.resolve(name), name);
        files.add(prefix + name);
      }
    }
  }

  /** Returns up to five patterns, a third of them exceptions, all well-formed. */
  List<String> patterns() {
    List<String> patterns = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      StringBuilder pattern = new StringBuilder(random.nextInt(3) == 0 ? "!" : "");
      pattern.append(random.nextInt(6) == 0 ? "/" : "");
      for (int depth = random.nextInt(3); depth >= 0; depth--) {
        boolean name = random.nextInt(2) == 0;
        String part = pick(name ? NAMES : PARTS);
        pattern.append(name ? part.replace("[", "\\[") : part).append(depth > 0 ? "/" : "");
      }
      patterns.add(pattern.append(random.nextInt(6) == 0 ? "/" : "").toString());
    }
    patterns.removeIf(pattern -> pattern.matches("!/*"));
    return patterns;
  }

  private String pick(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }
}
