package io.slimimage.maven;

/** Where the goal {@code dockerfile} writes to, as {@code <dockerfile>} has it. */
public class DockerfileParameters {

  /**
   * A directory, relative to the module, for a Dockerfile that is kept with the sources; no file
   * there is overwritten. By default the Dockerfile goes to {@code target/slimimage}.
   */
  private String directory;

  String directory() {
    return directory;
  }
}
