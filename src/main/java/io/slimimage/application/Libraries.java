package io.slimimage.application;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import io.slimimage.blob.TwinBlob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names the libraries of an application and tells which kind each is. */
public final class Libraries {

  private Libraries() {}

  /**
   * Returns the libraries in the order of the class path. Those of a Spring Boot jar are the ones
   * inside it, mapped back to Maven's dependencies by their names; what no dependency explains
   * counts as a release.
   *
   * @param jar the application
   * @param dependencies Maven's dependencies in the order of the class path, with their files
   * @throws SlimImageException if a dependency of a plain jar has no file
   */
  public static List<Library> of(PackagedJar jar, Map<Dependency, Path> dependencies) {
    return jar.hasLibraries() ? ofNested(jar.libraries(), dependencies) : ofFiles(dependencies);
  }

  /**
   * Returns a name for each dependency: that of its file in a repository, with the group in front
   * where two would have the same. Spring Boot's repackaging does it the same way.
   *
   * @throws SlimImageException if the names of two dependencies differ in nothing
   */
  public static Map<Dependency, String> names(Collection<Dependency> dependencies) {
    Map<String, Integer> counts = new HashMap<>();
    for (Dependency dependency : dependencies) {
      counts.merge(dependency.coordinates().fileName(), 1, Integer::sum);
    }
    Map<Dependency, String> names = new LinkedHashMap<>();
    Set<String> taken = new HashSet<>();
    for (Dependency dependency : dependencies) {
      String plain = dependency.coordinates().fileName();
      String name = counts.get(plain) > 1 ? prefixed(dependency) : plain;
      if (!taken.add(name)) {
        throw new SlimImageException(
            SlimImageException.advise(
                "Two dependencies have the file name [" + name + "]",
                "exclude one of them from [" + dependency.coordinates() + "]"));
      }
      names.put(dependency, name);
    }
    return names;
  }

  private static List<Library> ofFiles(Map<Dependency, Path> dependencies) {
    List<Library> libraries = new ArrayList<>();
    names(dependencies.keySet())
        .forEach(
            (dependency, name) ->
                libraries.add(
                    new Library(
                        name,
                        dependency.kind(),
                        content(dependency, dependencies.get(dependency)))));
    return libraries;
  }

  private static Blob content(Dependency dependency, Path file) {
    if (file == null || !Files.isRegularFile(file)) {
      throw new SlimImageException(
          SlimImageException.advise(
              "The dependency [" + dependency.coordinates() + "] has no file but [" + file + "]",
              dependency.kind() == DependencyKind.MODULE
                  ? "build that module in the same run, up to the package phase"
                  : "run mvn -U package"));
    }
    return Blob.of(file);
  }

  /**
   * Looks for names with and without the group: whether Boot has put it in front depends on what it
   * left out of the jar.
   */
  private static List<Library> ofNested(
      List<PackagedJar.NestedJar> nested, Map<Dependency, Path> dependencies) {
    Map<String, Dependency> named = new HashMap<>();
    for (Dependency dependency : dependencies.keySet()) {
      named.put(prefixed(dependency), dependency);
    }
    names(dependencies.keySet()).forEach((dependency, name) -> named.put(name, dependency));
    List<Library> libraries = new ArrayList<>();
    for (PackagedJar.NestedJar jar : nested) {
      Dependency dependency = named.get(jar.fileName());
      libraries.add(
          dependency == null
              ? new Library(jar.fileName(), DependencyKind.RELEASE, jar.content())
              : new Library(
                  jar.fileName(),
                  dependency.kind(),
                  content(jar.content(), dependencies.get(dependency))));
    }
    return libraries;
  }

  private static Blob content(Blob nested, Path file) {
    return file != null && Files.isRegularFile(file) ? new TwinBlob(nested, file) : nested;
  }

  private static String prefixed(Dependency dependency) {
    return dependency.coordinates().groupId() + "-" + dependency.coordinates().fileName();
  }
}
