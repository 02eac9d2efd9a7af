package io.slimimage.maven;

import java.util.List;
import java.util.Map;

/** How a container of the image starts, as the POM's {@code <container>} element has it. */
public class ContainerParameters {

  /** The user that the container runs as: {@code uid}, {@code uid:gid}, {@code user}… */
  private String user;

  /** Ports that the application listens on: {@code 8080}, {@code 8080/udp}, {@code 8080-8085}. */
  private List<String> ports;

  /** Environment variables. */
  private Map<String, String> env;

  /** Labels, besides those that the POM's name, version, licence and SCM give. */
  private Map<String, String> labels;

  /** Absolute paths of directories that hold data beyond the container's life. */
  private List<String> volumes;

  /** The directory that the application starts in, an absolute path. */
  private String workingDirectory;

  /** The start command in exec form, instead of {@code java -jar}. */
  private List<String> entrypoint;

  /** Arguments of the application, which the command line of a container can replace. */
  private List<String> args;

  /** A command that tells whether the container works. */
  private HealthcheckParameters healthcheck;

  /** The signal that stops the container, such as {@code SIGTERM}. */
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
