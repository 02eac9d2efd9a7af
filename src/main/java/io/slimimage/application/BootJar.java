package io.slimimage.application;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.slimimage.SlimImageException;
import io.slimimage.blob.ZipItem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** A jar that Spring Boot has repackaged, seen as if it were a plain one with its libraries. */
final class BootJar implements PackagedJar {

  private final Path file;
  private final Manifest manifest;
  private final List<Entry> entries;
  private final List<NestedJar> libraries;

  BootJar(Path file, Manifest manifest, Map<String, ZipItem> items, BootLayout layout) {
    this.file = file;
    this.manifest = manifest;
    this.entries = entries(items, layout);
    this.libraries = libraries(items, layout);
  }

  private static List<Entry> entries(Map<String, ZipItem> items, BootLayout layout) {
    Map<String, Entry> own = new LinkedHashMap<>();
    items.forEach(
        (name, item) -> {
          Optional<String> path = layout.onClassPath(name);
          if (path.isPresent() && !path.get().equals(JarFile.MANIFEST_NAME)) {
            Entry entry = new Entry(path.get(), item.isDirectory(), item.content());
            if (name.startsWith(layout.classes())) {
              own.put(path.get(), entry);
            } else {
              own.putIfAbsent(path.get(), entry);
            }
          }
        });
    return List.copyOf(own.values());
  }

  /** What the index does not name follows in the jar's order, as in the running jar. */
  private List<NestedJar> libraries(Map<String, ZipItem> items, BootLayout layout) {
    Map<String, NestedJar> found = new LinkedHashMap<>();
    items.forEach(
        (name, item) ->
            layout
                .libraryName(name)
                .ifPresent(file -> found.put(file, new NestedJar(file, item.content()))));
    Map<String, NestedJar> ordered = new LinkedHashMap<>();
    for (String name : index(items.get(layout.classPathIndex()), layout)) {
      NestedJar library = found.remove(name);
      if (library == null && !ordered.containsKey(name)) {
        throw new SlimImageException(
            SlimImageException.advise(
                "The class path index of [" + file + "] names [" + name + "], which is missing",
                "run mvn clean package"));
      }
      ordered.putIfAbsent(name, library);
    }
    ordered.putAll(found);
    return List.copyOf(ordered.values());
  }

  /** Returns the file names of the index, whose lines are of the form {@code - "path"}. */
  private static List<String> index(ZipItem item, BootLayout layout) {
    if (item == null) {
      return List.of();
    }
    try (InputStream in = item.content().open()) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> line.startsWith("- \"") && line.endsWith("\""))
          .map(line -> line.substring(3, line.length() - 1))
          .map(path -> path.contains("/") ? path : layout.lib() + path)
          .flatMap(path -> layout.libraryName(path).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public Manifest manifest() {
    return new Manifest(manifest);
  }

  @Override
  public Optional<String> mainClass() {
    return Optional.ofNullable(manifest.getMainAttributes().getValue("Start-Class"))
        .map(String::strip);
  }

  @Override
  public List<Entry> entries() {
    return entries;
  }

  @Override
  public List<NestedJar> libraries() {
    return libraries;
  }

  @Override
  public boolean hasLibraries() {
    return true;
  }
}
