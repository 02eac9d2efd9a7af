package io.slimimage.maven;

import java.util.List;
import java.util.Map;

/** How a container of the image starts, as the POM's {@code <container>} element has it. */
public class ContainerParameters {

  /**
   * The user that the container runs as: a name or an id, with {@code :} and a group where wanted.
   * The default is {@code 65532:65532}, which has no rights. A user that is a number other than 0
   * gets the home directory {@code /home/nonroot}.
   */
  private String user;

  /**
   * Ports that the application listens on: {@code 8080}, {@code 8080/udp}, {@code 8080-8085}. They
   * document the image and publish nothing. There are none by default.
   */
  private List<String> ports;

  /** Environment variables, by their names. There are none but {@code HOME} by default. */
  private Map<String, String> env;

  /**
   * Labels, by their names; they win over {@code org.opencontainers.image.*}, which the POM's name,
   * description, version, URL, SCM, organization and licences give; the last four only where the
   * project or a parent in the same tree declares them.
   */
  private Map<String, String> labels;

  /**
   * Absolute paths of directories that hold data beyond the container's life. They are created, and
   * writable for the user, where they are not such as every system has. There are none by default.
   */
  private List<String> volumes;

  /**
   * The directory that the application starts in, an absolute path. The default is the home
   * directory of a user that is a number, else what the base image has.
   */
  private String workingDirectory;

  /**
   * The start command in exec form. The default is {@code java}, the {@code jvmFlags}, {@code -jar}
   * and the application's jar.
   */
  private List<String> entrypoint;

  /**
   * Arguments of the application, which the command line of a container replaces. There are none by
   * default.
   */
  private List<String> args;

  /** A command that tells whether the container works. There is none by default. */
  private HealthcheckParameters healthcheck;

  /**
   * The signal that stops the container, such as {@code SIGINT}. The default is what the base image
   * has, else {@code SIGTERM}.
   */
  private String stopSignal;

  String user() {
    return user;
  }

  List<String> ports() {
    return ports == null ? List.of() : ports;
  }

  Map<String, String> env() {
    return env == null ? Map.of() : env;
  }

  Map<String, String> labels() {
    return labels == null ? Map.of() : labels;
  }

  List<String> volumes() {
    return volumes == null ? List.of() : volumes;
  }

  String workingDirectory() {
    return workingDirectory;
  }

  List<String> entrypoint() {
    return entrypoint == null ? List.of() : entrypoint;
  }

  List<String> args() {
    return args == null ? List.of() : args;
  }

  HealthcheckParameters healthcheck() {
    return healthcheck;
  }

  String stopSignal() {
    return stopSignal;
  }
}
