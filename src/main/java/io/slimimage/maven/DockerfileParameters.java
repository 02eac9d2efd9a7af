package io.slimimage.maven;

/** Where the goal {@code dockerfile} writes to, as {@code <dockerfile>} has it. */
public class DockerfileParameters {

  /** A directory for a Dockerfile that is kept with the sources. */
  private String directory;

  String directory() {
    return directory;
  }
}
