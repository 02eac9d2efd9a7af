package io.slimimage.maven;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slimimage.SlimImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How the warm-up links the runtime that the dependencies alone need. It is mostly the one that the
 * application needs, and linking it takes longer than all else after a changed line. Nothing is in
 * here that changes from build to build.
 *
 * @param module {@code groupId:artifactId} of the module that is packaged
 * @param only the modules to link instead of those found
 * @param add modules besides
 * @param exclude modules to leave out
 * @param locales the languages besides English
 * @param optimizeFor {@code pull} or {@code disk}
 * @param cache the directory that keeps the runtime
 */
record LinkAhead(
    String module,
    List<String> only,
    List<String> add,
    List<String> exclude,
    List<String> locales,
    String optimizeFor,
    String cache) {

  /** The property that names the file. */
  static final String PROPERTY = "slimimage.link";

  private static final ObjectMapper JSON = new ObjectMapper();

  LinkAhead {
    only = List.copyOf(only);
    add = List.copyOf(add);
    exclude = List.copyOf(exclude);
    locales = List.copyOf(locales);
  }

  static LinkAhead of(String module, RuntimeConfiguration runtime, String optimizeFor) {
    return new LinkAhead(
        module,
        runtime.only(),
        runtime.add(),
        runtime.exclude(),
        runtime.locales(),
        optimizeFor,
        runtime.cache());
  }

  static LinkAhead read(Path file) {
    try {
      return JSON.readValue(Files.readAllBytes(file), LinkAhead.class);
    } catch (IOException e) {
      throw new SlimImageException(
          "'" + PROPERTY + "' [" + file + "] does not say how to link: " + e.getMessage(), e);
    }
  }

  /** Returns the file's text: one line of JSON, so that a Dockerfile can hold it. */
  String toLine() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
