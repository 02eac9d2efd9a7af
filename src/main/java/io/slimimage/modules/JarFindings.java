package io.slimimage.modules;

import io.slimimage.blob.Digest;
import io.slimimage.blob.FieldLines;
import io.slimimage.blob.Records;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What one way of looking finds in the jars of a class path, as a text for each.
 *
 * <p>Of a library it is kept by the library's content, and the digests of what was found in all of
 * them by the content of all: where no library has changed, that is all that is read. Of the
 * application's own jars, which change with every build, only the latest is kept.
 */
public final class JarFindings {

  private final ClassPath classPath;
  private final Records records;
  private final String kind;
  private final String inputs;
  private final Function<ScannedJar, String> look;
  private final Map<Digest, String> texts = new ConcurrentHashMap<>();

  /**
   * Prepares to look.
   *
   * @param kind of the records, such as {@code scan}
   * @param inputs all besides the jar that the text depends on
   * @param look looks into a jar; called for several at the same time
   */
  public JarFindings(
      ClassPath classPath,
      Records records,
      String kind,
      String inputs,
      Function<ScannedJar, String> look) {
    this.classPath = classPath;
    this.records = records;
    this.kind = kind;
    this.inputs = inputs;
    this.look = look;
  }

  /** Returns the texts in the order of the class path. */
  public synchronized List<String> texts() {
    lookIntoOwn();
    return texts(classPath.jars());
  }

  /** Returns the digests of the texts in the order of the class path. */
  public synchronized List<Digest> digests() {
    lookIntoOwn();
    List<ClassPath.Jar> libraries =
        classPath.jars().stream().filter(jar -> !jar.jar().own()).toList();
    Iterator<Digest> rest = digests(libraries).iterator();
    List<Digest> digests = new ArrayList<>();
    for (ClassPath.Jar jar : classPath.jars()) {
      digests.add(jar.jar().own() ? digest(texts.get(jar.key())) : rest.next());
    }
    return digests;
  }

  /** Finds the texts of the application's own jars, in what the build before has found or anew. */
  private void lookIntoOwn() {
    List<ClassPath.Jar> own = classPath.jars().stream().filter(jar -> jar.jar().own()).toList();
    if (own.isEmpty() || texts.containsKey(own.get(0).key())) {
      return;
    }
    FieldLines names = new FieldLines().add(inputs);
    classPath.jars().forEach(jar -> names.add(jar.jar().name()));
    Digest place = digest(names.toString());
    Map<String, String> before = new HashMap<>();
    for (List<String> line : FieldLines.parse(records.find(kind + "-own", place).orElse(""))) {
      if (line.size() == 2) {
        before.put(line.get(0), line.get(1));
      }
    }
    List<String> found =
        SideBySide.map(
            own,
            jar -> {
              String known = before.get(jar.key().toString());
              return known != null ? known : look.apply(jar.jar());
            });
    FieldLines now = new FieldLines();
    for (int i = 0; i < own.size(); i++) {
      texts.put(own.get(i).key(), found.get(i));
      now.add(own.get(i).key().toString(), found.get(i));
    }
    if (!own.stream().allMatch(jar -> before.containsKey(jar.key().toString()))) {
      records.put(kind + "-own", place, now.toString());
    }
  }

  private List<Digest> digests(List<ClassPath.Jar> libraries) {
    if (libraries.isEmpty()) {
      return List.of();
    }
    StringBuilder keys = new StringBuilder(inputs).append('\n');
    libraries.forEach(jar -> keys.append(jar.key()).append('\n'));
    Digest key = digest(keys.toString());
    return records
        .find(kind + "-digests", key)
        .flatMap(text -> parse(text, libraries.size()))
        .orElseGet(
            () -> {
              List<Digest> digests = texts(libraries).stream().map(JarFindings::digest).toList();
              records.put(
                  kind + "-digests",
                  key,
                  digests.stream().map(digest -> digest + "\n").collect(Collectors.joining()));
              return digests;
            });
  }

  private static Optional<List<Digest>> parse(String text, int size) {
    List<Digest> digests = text.lines().map(Digest::parse).toList();
    return digests.size() == size ? Optional.of(digests) : Optional.empty();
  }

  private List<String> texts(List<ClassPath.Jar> jars) {
    return SideBySide.map(
        jars, jar -> texts.computeIfAbsent(jar.key(), content -> text(jar.jar(), content)));
  }

  private String text(ScannedJar library, Digest content) {
    Digest key = digest(inputs + '\n' + content);
    return records
        .find(kind, key)
        .orElseGet(
            () -> {
              String text = look.apply(library);
              records.put(kind, key, text);
              return text;
            });
  }

  private static Digest digest(String text) {
    return Digest.sha256(text);
  }
}
