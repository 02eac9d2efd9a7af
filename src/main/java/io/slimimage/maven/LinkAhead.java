package io.slimimage.maven;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slimimage.SlimImageException;
import java.util.List;
import java.util.Set;

/**
 * How to link, before the application is compiled, the runtime that it will most likely need:
 * linking takes longer than compiling. Nothing is in here that changes with every line of code.
 *
 * @param module {@code groupId:artifactId} of the module that is packaged
 * @param imports the JDK's classes that the sources import
 * @param only the modules to link instead of those found
 * @param add modules besides
 * @param exclude modules to leave out
 * @param locales the languages besides English
 * @param optimizeFor {@code pull} or {@code disk}
 * @param cache the directory that keeps the runtime
 */
record LinkAhead(
    String module,
    List<String> imports,
    List<String> only,
    List<String> add,
    List<String> exclude,
    List<String> locales,
    String optimizeFor,
    String cache) {

  /** The property that has it, on one line. */
  static final String PROPERTY = "slimimage.link";

  private static final ObjectMapper JSON = new ObjectMapper();

  LinkAhead {
    imports = List.copyOf(imports);
    only = List.copyOf(only);
    add = List.copyOf(add);
    exclude = List.copyOf(exclude);
    locales = List.copyOf(locales);
  }

  static LinkAhead of(LayersConfiguration layers, Set<String> imports) {
    RuntimeConfiguration runtime = layers.runtime();
    return new LinkAhead(
        layers.module(),
        imports.stream().sorted().toList(),
        runtime.only(),
        runtime.add(),
        runtime.exclude(),
        runtime.locales(),
        layers.optimizeFor(),
        runtime.cache());
  }

  static LinkAhead parse(String line) {
    try {
      return JSON.readValue(line, LinkAhead.class);
    } catch (JsonProcessingException e) {
      throw new SlimImageException("'" + PROPERTY + "' does not say how to link", e);
    }
  }

  /** Returns all of it on one line. */
  String toLine() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
