package io.slimimage.dockerfile;

import io.slimimage.SlimImageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks that the ignore rules have left what a build cannot do without. */
final class RequiredPaths {

  private final Path root;
  private final List<DockerIgnore> layers;

  RequiredPaths(Path root, List<DockerIgnore> layers) {
    this.root = root;
    this.layers = layers;
  }

  /**
   * Checks each path that exists: a file must be among the entries, and of a directory with files
   * at least one.
   *
   * @throws SlimImageException that names the rule which hides the first missing one
   */
  void check(Collection<String> required, ContextEntries entries) {
    for (String path : required) {
      if (!entries.holds(path)) {
        firstHidden(path).ifPresent(RequiredPaths::fail);
      }
    }
  }

  private Optional<Hidden> firstHidden(String path) {
    Path start = root.resolve(path);
    if (!Files.exists(start, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (Stream<Path> below = Files.walk(start)) {
      return below
          .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .flatMap(file -> hidden(path, PathNames.of(root.relativize(file))).stream())
          .findFirst();
    } catch (IOException e) {
      throw ReadFailure.of(start, e);
    } catch (UncheckedIOException e) {
      throw ReadFailure.of(start, e.getCause());
    }
  }

  private Optional<Hidden> hidden(String required, String file) {
    for (DockerIgnore layer : layers) {
      DockerIgnore.Verdict verdict = layer.verdict(file);
      if (verdict.excluded()) {
        return layer.decisiveRule(verdict).map(rule -> new Hidden(required, layer, rule));
      }
    }
    return Optional.empty();
  }

  private static void fail(Hidden hidden) {
    String fact =
        String.format(
            "[%s], line %d [%s], hides [%s], which the build in the builder stage needs",
            hidden.layer.source(), hidden.rule.line(), hidden.rule.text(), hidden.path);
    String advice =
        hidden.layer.isFile()
            ? String.format(
                "add the line [!%s] at its end, or set parameter slimimage.dockerignore to another"
                    + " file, or to none (its default is the .dockerignore of the project)",
                hidden.path)
            : "move it to a directory of another name";
    throw new SlimImageException(SlimImageException.advise(fact, advice));
  }

  private record Hidden(String path, DockerIgnore layer, IgnoreRule rule) {}
}
