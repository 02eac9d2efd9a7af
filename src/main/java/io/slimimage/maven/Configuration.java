package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.dockerfile.DockerfileWriter;
import io.slimimage.image.ImageConfig;
import io.slimimage.image.ImageReference;
import java.util.List;
import java.util.Optional;
import org.apache.maven.project.MavenProject;

/**
 * The parameters of a build by an engine, checked and with their defaults.
 *
 * @param names the image's names, the main one first
 * @param runtime which runtime the image gets, and what the layers are laid on
 * @param link how the runtime is linked, where it is
 * @param builderImage the image of the builder stage
 * @param container how a container starts
 * @param created the time inside the jars that the build makes, in seconds since the epoch
 * @param forwarded properties that the user wants to reach the builder stage
 * @param flags what is either so or not
 */
record Configuration(
    List<ImageReference> names,
    RuntimeChoice runtime,
    Optional<RuntimeConfiguration> link,
    String builderImage,
    ImageConfig container,
    long created,
    List<String> forwarded,
    Flags flags) {

  /**
   * What is either so or not.
   *
   * @param test whether the application's tests run
   * @param goOffline whether dependencies are fetched in a step of their own
   * @param wrapper whether the project's Maven wrapper is used
   * @param noCache whether the engine is to ignore what it has cached
   */
  record Flags(boolean test, boolean goOffline, boolean wrapper, boolean noCache) {}

  /**
   * Checks all parameters.
   *
   * @throws io.slimimage.ConfigurationException with every mistake that there is
   */
  static Configuration of(Parameters given, MavenProject project, JavaRelease java, BuildLog log) {
    Problems problems = new Problems();
    ParameterValues values = new ParameterValues(problems);
    Choices.check(given, problems);
    JavaParameters.check(given, problems);
    RegistryConfiguration.of(given, project.getBasedir().toPath(), problems);
    RuntimeChoice choice =
        RuntimeChoice.of(given.runtime(), java, problems)
            .forEngine(project.getBasedir().toPath(), problems);
    RuntimeReader runtime = new RuntimeReader(given.runtime(), choice, problems);
    ImageConfig container = ContainerReader.read(given, project, runtime, problems);
    Configuration configuration =
        new Configuration(
            ImageNames.of(given, project, problems),
            choice,
            runtime.read(project.getBasedir().toPath(), container, DockerfileWriter.CACHE, log),
            builderImage(given.builder().image(), maven(java), problems),
            container,
            values.created(given.created(), project.getProperties()),
            given.builder().properties(),
            flags(given, values));
    problems.throwIfAny();
    return configuration;
  }

  private static Flags flags(Parameters given, ParameterValues values) {
    boolean test = values.flag("builder.test", given.builder().test(), false);
    return new Flags(
        test || given.target().equals(DockerfileWriter.TEST),
        values.flag("builder.goOffline", given.builder().goOffline(), true),
        values.flag("builder.wrapper", given.builder().wrapper(), true),
        values.flag("docker.noCache", given.docker().noCache(), false));
  }

  private static String builderImage(String value, String fallback, Problems problems) {
    if (value == null || value.isBlank()) {
      return fallback;
    }
    if (value.strip().equals(RuntimeChoice.SCRATCH)) {
      problems.add(
          "builder.image", value, "an image with a JDK and Maven", "name one such as " + fallback);
      return fallback;
    }
    // With its tag, so that no image is taken for a stage of the same name.
    return problems.check(
        () -> ImageReference.parse("'slimimage.builder.image'", value.strip()).familiar(),
        fallback);
  }

  private static String maven(JavaRelease java) {
    return "maven:3.9-eclipse-temurin-" + java.builder();
  }
}
