package io.slimimage.maven;

import java.util.List;

/** The parameters of a goal as they were given: texts that nobody has checked yet. */
record Parameters(
    String image,
    List<String> tags,
    String engine,
    RuntimeParameters runtime,
    String mainClass,
    List<String> jvmFlags,
    String optimizeFor,
    String created,
    String extraDirectory,
    String target,
    String dockerignore,
    OutputParameters output,
    List<String> insecureRegistries,
    Groups groups) {

  /** The parameters that have parts. */
  record Groups(
      ContainerParameters container,
      BuilderParameters builder,
      RegistryParameters registry,
      DockerParameters docker,
      DockerfileParameters dockerfile) {}

  ContainerParameters container() {
    return groups.container();
  }

  BuilderParameters builder() {
    return groups.builder();
  }

  RegistryParameters registry() {
    return groups.registry();
  }

  DockerParameters docker() {
    return groups.docker();
  }

  DockerfileParameters dockerfile() {
    return groups.dockerfile();
  }
}
