package io.slimimage.dockerfile;

import io.slimimage.SlimImageException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The rules of a {@code .dockerignore}, with Docker's semantics.
 *
 * <p>The last rule that matches a path, or one of its parent directories, decides. A path below an
 * excluded directory comes back by a later {@code !} that matches it, wildcards included: that is
 * BuildKit's reading (<a href="https://github.com/tonistiigi/fsutil">fsutil</a>). The classic
 * command line client reads the same rules but never enters an excluded directory unless a {@code
 * !} names it literally, so that it misses what {@code !**&#47;pom.xml} asks for.
 *
 * <p>Paths are relative to the directory that the rules are for, with slashes.
 */
public final class DockerIgnore {

  private static final DockerIgnore NONE = new DockerIgnore("none", false, List.of());

  private final String source;
  private final boolean file;
  private final List<IgnoreRule> rules;

  private DockerIgnore(String source, boolean file, List<IgnoreRule> rules) {
    this.source = source;
    this.file = file;
    this.rules = rules;
  }

  /** Returns rules that exclude nothing. */
  public static DockerIgnore none() {
    return NONE;
  }

  /**
   * Reads a user's file, in UTF-8.
   *
   * @throws SlimImageException if it cannot be read, or a line is malformed
   */
  public static DockerIgnore read(Path file) {
    String content;
    try {
      content = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new SlimImageException(
          SlimImageException.advise(
              "the ignore file [" + file + "] cannot be read (" + ReadFailure.reason(e) + ")",
              "check parameter slimimage.dockerignore"),
          e);
    }
    if (File.separatorChar == '\\') {
      // there, and only there, Docker takes a backslash for a slash
      content = content.replace('\\', '/');
    }
    return create(file.toString(), true, lines(content));
  }

  /**
   * Returns rules of our own.
   *
   * @param source what to call them in messages, such as {@code "the exclusions of slimimage"}
   * @param patterns one pattern each, as in a file
   * @throws SlimImageException if a pattern is malformed
   */
  public static DockerIgnore of(String source, List<String> patterns) {
    return create(source, false, patterns);
  }

  private static DockerIgnore create(String source, boolean file, List<String> lines) {
    Objects.requireNonNull(source, "source");
    try {
      return new DockerIgnore(source, file, IgnoreRule.parse(lines));
    } catch (IgnoreRule.InvalidLine e) {
      throw new SlimImageException(
          SlimImageException.advise(
              String.format(
                  "[%s], line %d, has the invalid pattern [%s]: %s",
                  source, e.line(), e.text(), e.getMessage()),
              "correct it, or put a backslash before a character that is meant literally"),
          e);
    }
  }

  private static List<String> lines(String content) {
    return Arrays.stream(content.split("\n", -1))
        .map(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line)
        .toList();
  }

  /** Returns whether a path is left out. */
  public boolean excludes(String path) {
    return verdict(path).excluded();
  }

  /**
   * Returns whether a later {@code !} may bring back something below an excluded directory; where
   * it may not, the directory need not be read at all. May say yes in vain, but never no.
   */
  public boolean mayReincludeBelow(String directory) {
    return mayReincludeBelow(directory, verdict(directory));
  }

  /** Returns what the file or the list of patterns is called in messages. */
  String source() {
    return source;
  }

  /** Returns whether the rules come from a file of the user. */
  boolean isFile() {
    return file;
  }

  boolean mayReincludeBelow(String directory, Verdict verdict) {
    return rules.stream()
        .skip(verdict.decisive + 1L)
        .anyMatch(rule -> rule.reincludes() && rule.glob().mayMatchBelow(directory));
  }

  /** Judges a path from nothing but its name, as if its parents had been walked. */
  Verdict verdict(String path) {
    Verdict verdict = start();
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      verdict = verdict(path.substring(0, slash), verdict);
    }
    return verdict(path, verdict);
  }

  /** Returns the verdict that the walk starts from, at the root. */
  Verdict start() {
    return new Verdict(new boolean[rules.size()], false, -1);
  }

  /** Judges a path by its name and by the verdict on its directory. */
  Verdict verdict(String path, Verdict parent) {
    boolean[] matched = new boolean[rules.size()];
    boolean excluded = false;
    int decisive = -1;
    for (int i = 0; i < matched.length; i++) {
      IgnoreRule rule = rules.get(i);
      // A rule that could change nothing is not tried, and then not remembered for what is below
      // either; a pattern is tried against the directories above only where Docker has done so.
      matched[i] = parent.matched[i] || rule.reincludes() == excluded && rule.glob().matches(path);
      if (matched[i]) {
        excluded = !rule.reincludes();
        decisive = i;
      }
    }
    return new Verdict(matched, excluded, decisive);
  }

  /** Returns the rule that decided, if any did. */
  Optional<IgnoreRule> decisiveRule(Verdict verdict) {
    return verdict.decisive < 0 ? Optional.empty() : Optional.of(rules.get(verdict.decisive));
  }

  /** What the rules say of one path. */
  static final class Verdict {

    private final boolean[] matched;
    private final boolean excluded;
    private final int decisive;

    private Verdict(boolean[] matched, boolean excluded, int decisive) {
      this.matched = matched;
      this.excluded = excluded;
      this.decisive = decisive;
    }

    boolean excluded() {
      return excluded;
    }
  }
}
