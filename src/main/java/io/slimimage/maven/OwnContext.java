package io.slimimage.maven;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import io.slimimage.dockerfile.DockerIgnore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What this plugin adds to the project's files in a build context, and what it leaves out. */
record OwnContext(BuildPlan plan) {

  /** Of no use to a build, and often large or changing: version control, editors, Maven's log. */
  private static final List<String> ALWAYS_EXCLUDED =
      List.of(
          "**/.git",
          "**/.svn",
          "**/.hg",
          "**/.idea",
          "**/*.iml",
          "**/.vscode",
          "**/.settings",
          "**/.project",
          "**/.classpath",
          "**/.factorypath",
          "**/.DS_Store",
          "**/.flattened-pom.xml",
          "*.log",
          "Dockerfile",
          ".dockerignore",
          ".slimimage");

  /** Returns all files, by their path below the context's own directory. */
  Map<String, Blob> files() {
    Map<String, Blob> files = repository();
    files.put("configuration.json", text(plan.layers().toLine()));
    plan.settings().ifPresent(settings -> files.put("settings.xml", text(settings)));
    return files;
  }

  /** Returns what Maven finds above the root, by its path in the project. */
  Map<String, Path> above() {
    Map<String, Path> files = new TreeMap<>();
    Reactor reactor = plan.reactor();
    reactor
        .mavenDirectory()
        .filter(directory -> !reactor.contains(directory))
        .ifPresent(
            directory -> {
              for (Path file : regularFiles(directory)) {
                files.put(".mvn/" + directory.relativize(file), file);
              }
              reactor.wrapper().ifPresent(script -> files.put("mvnw", script));
            });
    return files;
  }

  private static List<Path> regularFiles(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new SlimImageException(directory + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Returns the files that a Dockerfile cannot hold itself, by their path as above. */
  Map<String, Blob> repository() {
    Map<String, Blob> files = new TreeMap<>();
    plan.localArtifacts().forEach((path, file) -> files.put("repository/" + path, Blob.of(file)));
    return files;
  }

  private static Blob text(String text) {
    return Blob.of((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the patterns of what never goes into a context. */
  List<String> exclusions() {
    List<String> patterns = new ArrayList<>(ALWAYS_EXCLUDED);
    Reactor reactor = plan.reactor();
    reactor.buildDirectories().stream()
        .filter(directory -> directory.startsWith(reactor.root()))
        .map(reactor::relative)
        .sorted()
        .forEach(patterns::add);
    return patterns;
  }

  /** Returns the rules that keep out what never goes into a context. */
  DockerIgnore exclusionRules() {
    return DockerIgnore.of("the exclusions of slimimage", exclusions());
  }

  /** Returns what must be in a context: every POM, and the sources of what is compiled. */
  List<String> required() {
    Reactor reactor = plan.reactor();
    List<String> required = new ArrayList<>(reactor.poms());
    for (Path module : reactor.needed()) {
      Path sources = module.resolve("src");
      if (Files.isDirectory(sources)) {
        required.add(reactor.relative(sources));
      }
    }
    plan.extraDirectory().map(reactor::relative).ifPresent(required::add);
    return required;
  }

  /** Returns the modules that are not compiled, with their POMs, which Maven has to find still. */
  Map<String, Set<String>> partial() {
    Reactor reactor = plan.reactor();
    Map<String, Set<String>> partial = new TreeMap<>();
    for (Path other : reactor.others()) {
      if (other.startsWith(reactor.root()) && Files.isDirectory(other)) {
        String directory = reactor.relative(other);
        Set<String> poms = new TreeSet<>();
        for (String pom : reactor.poms()) {
          if (pom.startsWith(directory + "/")) {
            poms.add(pom.substring(directory.length() + 1));
          }
        }
        partial.put(directory, poms);
      }
    }
    return partial;
  }

  /** Returns a {@code .dockerignore} that does the same, then what the user's own one says. */
  String dockerignore(String own) {
    List<String> ours = exclusions();
    ours.remove(".slimimage");
    List<String> users = plan.dockerignore().map(OwnContext::read).orElse(List.of());
    return String.join("\n", merged(ours, users, "!" + own + "**")) + "\n";
  }

  /** Returns a file that was written by this method as it is: a second run changes nothing. */
  static List<String> merged(List<String> first, List<String> users, String last) {
    boolean written =
        users.size() > first.size()
            && users.subList(0, first.size()).equals(first)
            && users.get(users.size() - 1).equals(last);
    if (written) {
      return users;
    }
    List<String> lines = new ArrayList<>(first);
    lines.addAll(users);
    lines.add(last);
    return lines;
  }

  private static List<String> read(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new SlimImageException(
          "'slimimage.dockerignore' [" + file + "] cannot be read: " + e.getMessage(), e);
    }
  }
}
