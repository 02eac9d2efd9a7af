package io.slimimage.maven;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The classes of the JDK that sources import. It is a guess at what the compiled classes will need,
 * and a wrong one costs time, nothing else.
 */
final class SourceImports {

  /** Every application has these packages of java.base, and which of them says nothing. */
  private static final String EVERYWHERE =
      "(?!java\\.(?:io|lang|math|nio|text|time|util)\\."
          + "(?!instrument|logging|management|prefs|random))";

  /** Packages in lower case and one class; of a whole package the star. */
  private static final Pattern IMPORT =
      Pattern.compile(
          "(?m)^\\s*import\\s+(?:static\\s+)?"
              + EVERYWHERE
              + "((?:javax?|jdk|com\\.sun|sun|org\\.w3c|org\\.xml|org\\.ietf)"
              + "(?:\\.[a-z][a-z0-9_]*)*\\.(?:[A-Z]\\w*|\\*))");

  private SourceImports() {}

  /** Returns the names of the classes that the main sources of modules import, sorted. */
  static Set<String> of(Collection<Path> modules) {
    Set<String> imports = new TreeSet<>();
    for (Path module : modules) {
      Path sources = module.resolve("src/main");
      if (Files.isDirectory(sources)) {
        addAll(imports, sources);
      }
    }
    return imports;
  }

  /** What cannot be read says nothing: the build has its own words for that, if it needs it. */
  private static void addAll(Set<String> imports, Path sources) {
    try (Stream<Path> files = Files.walk(sources)) {
      files.filter(ModuleCheck::isSource).forEach(file -> addAllOf(file, imports));
    } catch (IOException | UncheckedIOException e) {
      // A directory that nobody may list.
    }
  }

  private static void addAllOf(Path file, Set<String> imports) {
    try {
      // Any encoding will do: what is looked for is ASCII.
      IMPORT
          .matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
          .results()
          .forEach(found -> imports.add(found.group(1)));
    } catch (IOException e) {
      // A file that nobody may read, or a directory with such a name.
    }
  }
}
