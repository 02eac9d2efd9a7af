package io.slimimage.application;

import io.slimimage.blob.ZipItem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes.Name;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** A jar as the jar plugin makes it: everything in it is the application's own. */
final class PlainJar implements PackagedJar {

  private final Path file;
  private final Manifest manifest;
  private final List<Entry> entries;

  PlainJar(Path file, Manifest manifest, Map<String, ZipItem> items) {
    this.file = file;
    this.manifest = manifest;
    List<Entry> own = new ArrayList<>();
    items.forEach(
        (name, item) -> {
          if (!name.equals(JarFile.MANIFEST_NAME)) {
            own.add(new Entry(name, item.isDirectory(), item.content()));
          }
        });
    this.entries = List.copyOf(own);
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
    return Optional.ofNullable(manifest.getMainAttributes().getValue(Name.MAIN_CLASS))
        .map(String::strip);
  }

  @Override
  public List<Entry> entries() {
    return entries;
  }

  @Override
  public List<NestedJar> libraries() {
    return List.of();
  }

  @Override
  public boolean hasLibraries() {
    return false;
  }
}
