package io.slimimage.maven;

import io.slimimage.dockerfile.DockerfileWriter;
import io.slimimage.image.ImageConfig;
import io.slimimage.image.ImageReference;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.project.MavenProject;

/**
 * The parameters of a build by an engine, checked and with their defaults.
 *
 * @param names the image's names, the main one first
 * @param baseImage what the layers are laid on
 * @param builderImage the image of the builder stage
 * @param container how a container starts
 * @param created the time inside the jars that the build makes, in seconds since the epoch
 * @param forwarded properties that the user wants to reach the builder stage
 * @param flags what is either so or not
 */
record Configuration(
    List<ImageReference> names,
    String baseImage,
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
  static Configuration of(Parameters given, MavenProject project, JavaRelease java) {
    Problems problems = new Problems();
    ParameterValues values = new ParameterValues(problems);
    Choices.check(given, problems);
    JavaParameters.check(given, problems);
    Configuration configuration =
        new Configuration(
            ImageNames.of(
                given.image(),
                given.tags(),
                project.getArtifactId(),
                project.getVersion(),
                problems),
            image("baseImage", given.baseImage(), jre(java), problems),
            image("builder.image", given.builder().image(), maven(java), problems),
            new ContainerReader(given.container(), problems)
                .read(startCommand(given.jvmFlags(), project), PomLabels.of(project)),
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

  private static String image(String parameter, String value, String fallback, Problems problems) {
    if (value == null || value.isBlank()) {
      return fallback;
    }
    if (value.strip().equals("scratch")) {
      problems.add(
          parameter, value, "an image with a Java runtime", "name one such as " + fallback);
      return fallback;
    }
    // With its tag, so that no image is taken for a stage of the same name.
    return problems.check(
        () -> {
          String name = "'" + ParameterReader.PREFIX + parameter + "'";
          return ImageReference.parse(name, value.strip()).familiar();
        },
        fallback);
  }

  private static String jre(JavaRelease java) {
    return "eclipse-temurin:" + java.runtime() + "-jre";
  }

  private static String maven(JavaRelease java) {
    return "maven:3.9-eclipse-temurin-" + java.builder();
  }

  private static List<String> startCommand(List<String> jvmFlags, MavenProject project) {
    List<String> command = new ArrayList<>();
    command.add("java");
    command.addAll(jvmFlags);
    command.add("-jar");
    command.add("/app/" + project.getArtifactId() + ".jar");
    return command;
  }
}
