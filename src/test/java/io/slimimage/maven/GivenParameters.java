package io.slimimage.maven;

import java.util.List;
import java.util.Properties;

/** Parameters as a command line gives them. */
final class GivenParameters {

  private ContainerParameters container;
  private BuilderParameters builder;
  private RegistryParameters registry;
  private DockerParameters docker;
  private DockerfileParameters dockerfile;
  private String image;
  private List<String> tags = List.of();
  private String engine = "auto";
  private String runtime;
  private String baseImage;
  private List<String> platforms;
  private ModulesParameters modules;
  private List<String> locales;
  private List<String> caCertificates;
  private String cache;
  private String mainClass;
  private List<String> jvmFlags = List.of();
  private String optimizeFor = "pull";
  private String target = "runtime";
  private boolean push;
  private List<String> insecureRegistries;
  private String tar;
  private String load;
  private String compression;
  private String cacheSize;

  /** Returns parameters, from names without their prefix that take turns with values. */
  static Parameters of(String... namesAndValues) {
    GivenParameters given = new GivenParameters();
    new ParameterReader(properties(namesAndValues), new Properties())
        .read(
            given,
            List.of(
                "container",
                "builder",
                "registry",
                "docker",
                "dockerfile",
                "image",
                "tags",
                "engine",
                "runtime",
                "baseImage",
                "platforms",
                "modules",
                "locales",
                "caCertificates",
                "cache",
                "mainClass",
                "jvmFlags",
                "optimizeFor",
                "target",
                "push",
                "insecureRegistries",
                "tar",
                "load",
                "compression",
                "cacheSize"));
    return new Parameters(
        given.image,
        given.tags,
        given.engine,
        new RuntimeParameters(
            given.runtime,
            given.baseImage,
            given.platforms,
            given.modules,
            given.locales,
            given.caCertificates,
            given.cache),
        given.mainClass,
        given.jvmFlags,
        given.optimizeFor,
        null,
        "src/main/slimimage",
        given.target,
        ".dockerignore",
        new OutputParameters(given.push, given.tar, given.load, given.compression, given.cacheSize),
        given.insecureRegistries == null ? List.of() : given.insecureRegistries,
        new Parameters.Groups(
            given.container, given.builder, given.registry, given.docker, given.dockerfile));
  }

  /** Returns properties, from names without their prefix that take turns with values. */
  static Properties properties(String... namesAndValues) {
    Properties properties = new Properties();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.setProperty(ParameterReader.PREFIX + namesAndValues[i], namesAndValues[i + 1]);
    }
    return properties;
  }
}
