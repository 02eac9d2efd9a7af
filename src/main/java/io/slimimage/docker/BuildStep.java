package io.slimimage.docker;

/**
 * One step of a build.
 *
 * @param name what the step does, on one line, such as {@code [builder 2/6] RUN mvn package}
 * @param internal whether it is the engine's own work and no instruction of the Dockerfile
 */
public record BuildStep(String name, boolean internal) {

  @Override
  public String toString() {
    return name;
  }
}
