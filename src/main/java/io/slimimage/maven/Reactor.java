package io.slimimage.maven;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;

/**
 * The tree of projects that a build compiles, as the host's Maven has read it.
 *
 * @param root the directory that all POMs are below
 * @param topLevelPom the POM that Maven was called with, relative to the root
 * @param poms all POMs that Maven has to find, relative to the root, the root's first
 * @param needed the directories of the module and of the modules that it is built from
 * @param others the directories of modules that this build does not compile
 * @param buildDirectories the build directories of all modules
 * @param hasSeveral whether Maven was called for more than one project
 * @param mavenDirectory the {@code .mvn} directory, which may be above the root
 */
record Reactor(
    Path root,
    String topLevelPom,
    List<String> poms,
    Set<Path> needed,
    Set<Path> others,
    Set<Path> buildDirectories,
    boolean hasSeveral,
    Optional<Path> mavenDirectory) {

  Reactor {
    poms = List.copyOf(poms);
    needed = Set.copyOf(needed);
    others = Set.copyOf(others);
    buildDirectories = Set.copyOf(buildDirectories);
  }

  /** Reads the tree around the session's current project. */
  static Reactor of(MavenSession session) {
    MavenProject module = session.getCurrentProject();
    List<MavenProject> projects = projects(session);
    Set<MavenProject> closure = closure(module, projects);
    Set<Path> poms = new LinkedHashSet<>();
    Set<Path> moduleDirectories = new LinkedHashSet<>();
    for (MavenProject project : projects) {
      for (MavenProject p = project; p != null && p.getBasedir() != null; p = p.getParent()) {
        poms.add(pom(p));
        moduleDirectories.addAll(modules(p));
      }
      moduleDirectories.add(directory(project));
    }
    Path root = root(poms);
    Set<Path> needed = new LinkedHashSet<>();
    closure.forEach(project -> needed.add(directory(project)));
    moduleDirectories.removeAll(needed);
    moduleDirectories.removeAll(parents(closure));
    moduleDirectories.removeIf(other -> needed.stream().anyMatch(path -> path.startsWith(other)));
    Set<Path> buildDirectories = new LinkedHashSet<>();
    projects.forEach(p -> buildDirectories.add(normal(new File(p.getBuild().getDirectory()))));
    MavenProject topLevel = topLevel(session, projects);
    return new Reactor(
        root,
        relative(root, pom(topLevel)),
        poms.stream()
            .map(pom -> relative(root, pom))
            .sorted(Comparator.comparing((String p) -> p.contains("/")).thenComparing(p -> p))
            .toList(),
        needed,
        moduleDirectories,
        buildDirectories,
        projects.size() > 1,
        mavenDirectory(session, root));
  }

  /** Returns a path below the root with slashes, as contexts and Dockerfiles want it. */
  String relative(Path path) {
    return relative(root, path);
  }

  /** Returns the script of the project's Maven wrapper, beside its {@code .mvn} directory. */
  Optional<Path> wrapper() {
    return mavenDirectory
        .filter(
            directory -> Files.isRegularFile(directory.resolve("wrapper/maven-wrapper.properties")))
        .map(directory -> directory.resolveSibling("mvnw"))
        .filter(Files::isRegularFile);
  }

  /** Returns whether a directory or file is in the tree itself, not above it. */
  boolean contains(Path path) {
    return path.startsWith(root);
  }

  /** Returns all projects that Maven was called for, whichever of them it builds. */
  static List<MavenProject> projects(MavenSession session) {
    List<MavenProject> all = session.getAllProjects();
    return all == null || all.isEmpty() ? session.getProjects() : all;
  }

  private static MavenProject topLevel(MavenSession session, List<MavenProject> projects) {
    // Not the session's own answer: with -pl that is a project of the selection.
    return projects.stream()
        .filter(MavenProject::isExecutionRoot)
        .findFirst()
        .orElseGet(() -> first(session, projects));
  }

  private static MavenProject first(MavenSession session, List<MavenProject> projects) {
    MavenProject topLevel = session.getTopLevelProject();
    return topLevel == null ? projects.get(0) : topLevel;
  }

  private static Set<MavenProject> closure(MavenProject module, List<MavenProject> projects) {
    Set<MavenProject> closure = new LinkedHashSet<>();
    Deque<MavenProject> open = new ArrayDeque<>(List.of(module));
    while (!open.isEmpty()) {
      MavenProject project = open.pop();
      if (closure.add(project)) {
        Set<String> wanted = references(project);
        projects.stream().filter(p -> wanted.contains(key(p))).forEach(open::push);
      }
    }
    return closure;
  }

  /** Parents travel whole, since modules may refer to files beside their POM. */
  private static Set<Path> parents(Set<MavenProject> modules) {
    Set<Path> directories = new LinkedHashSet<>();
    for (MavenProject module : modules) {
      for (MavenProject p = module.getParent(); p != null; p = p.getParent()) {
        if (p.getBasedir() != null) {
          directories.add(directory(p));
        }
      }
    }
    return directories;
  }

  private static Set<String> references(MavenProject project) {
    Set<String> keys = new TreeSet<>();
    project.getBuildExtensions().forEach(e -> keys.add(e.getGroupId() + ":" + e.getArtifactId()));
    for (Dependency dependency : project.getDependencies()) {
      keys.add(dependency.getGroupId() + ":" + dependency.getArtifactId());
    }
    for (Plugin plugin : project.getBuildPlugins()) {
      keys.add(plugin.getKey());
      plugin.getDependencies().forEach(d -> keys.add(d.getGroupId() + ":" + d.getArtifactId()));
    }
    return keys;
  }

  private static String key(MavenProject project) {
    return project.getGroupId() + ":" + project.getArtifactId();
  }

  private static List<Path> modules(MavenProject project) {
    List<Path> modules = new ArrayList<>();
    for (String module : project.getModel().getModules()) {
      Path path = normal(new File(project.getBasedir(), module));
      modules.add(Files.isDirectory(path) ? path : path.getParent());
    }
    return modules;
  }

  private static Path root(Set<Path> poms) {
    return poms.stream().map(Path::getParent).reduce(Reactor::common).orElseThrow();
  }

  /** Maven looks for {@code .mvn} upwards, so that it may be above every POM of this build. */
  private static Optional<Path> mavenDirectory(MavenSession session, Path root) {
    File marked = session.getRequest().getMultiModuleProjectDirectory();
    return Stream.of(marked == null ? root : normal(marked), root)
        .filter(directory -> directory.equals(root) || !directory.startsWith(root))
        .map(directory -> directory.resolve(".mvn"))
        .filter(Files::isDirectory)
        .findFirst();
  }

  private static Path common(Path a, Path b) {
    Path common = a;
    while (!b.startsWith(common)) {
      common = common.getParent();
    }
    return common;
  }

  /** The POM in the sources, also where a plugin has set a generated one in its place. */
  private static Path pom(MavenProject project) {
    Path pom = normal(project.getFile());
    Path plain = normal(project.getBasedir()).resolve("pom.xml");
    boolean generated =
        pom.getFileName().toString().startsWith(".")
            || pom.startsWith(normal(new File(project.getBuild().getDirectory())));
    return generated && Files.isRegularFile(plain) ? plain : pom;
  }

  private static Path directory(MavenProject project) {
    return normal(project.getBasedir());
  }

  private static Path normal(File file) {
    return file.toPath().toAbsolutePath().normalize();
  }

  private static String relative(Path root, Path path) {
    return root.relativize(path).toString().replace(File.separatorChar, '/');
  }
}
