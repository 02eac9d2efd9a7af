package io.slimimage.maven;

import io.slimimage.SlimImageException;
import io.slimimage.image.Healthcheck;
import io.slimimage.image.ImageConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.project.MavenProject;

/** Checks the parameters {@code slimimage.container.*} and translates them. */
final class ContainerReader {

  /** The user of distroless images for programs that need no rights. */
  static final String DEFAULT_USER = "65532:65532";

  /** The home of a user that is only a number, in which such a user may write. */
  static final String HOME = "/home/nonroot";

  private static final Pattern USER =
      Pattern.compile("([a-z_][a-zA-Z0-9_.-]*|[0-9]{1,10})(:([a-z_][a-zA-Z0-9_.-]*|[0-9]{1,10}))?");
  private static final Pattern PORT =
      Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?(?:/([A-Za-z]+))?");
  private static final Pattern DURATION = Pattern.compile("([0-9]+(\\.[0-9]+)?(ns|us|ms|s|m|h))+");
  private static final Pattern SIGNAL = Pattern.compile("SIG[A-Z0-9+-]+|[0-9]{1,2}");
  private static final Pattern ABSOLUTE =
      Pattern.compile("(?!.*/\\.\\.?(?:/|$))/[^\\x00-\\x1f\\\\]*");

  private final ContainerParameters given;
  private final Problems problems;

  ContainerReader(ContainerParameters given, Problems problems) {
    this.given = given;
    this.problems = problems;
  }

  /** Translates what a project says of its containers and of the runtime in them. */
  static ImageConfig read(
      Parameters given, MavenProject project, RuntimeReader runtime, Problems problems) {
    return new ContainerReader(given.container(), problems)
        .read(
            startCommand(runtime.java(), given.jvmFlags(), project),
            PomLabels.of(project),
            runtime.env());
  }

  /** Returns what a container runs where the user does not say it. */
  private static List<String> startCommand(
      String java, List<String> jvmFlags, MavenProject project) {
    List<String> command = new ArrayList<>();
    command.add(java);
    command.addAll(jvmFlags);
    command.add("-jar");
    command.add("/app/" + project.getArtifactId() + ".jar");
    return command;
  }

  /**
   * Translates.
   *
   * @param entrypoint the start command where none is configured
   * @param labels labels that configured ones win over
   * @param defaults variables that configured ones win over
   */
  ImageConfig read(
      List<String> entrypoint, Map<String, String> labels, Map<String, String> defaults) {
    String user = user();
    boolean ownHome = hasOwnHome(user);
    Map<String, String> env = new LinkedHashMap<>();
    if (ownHome) {
      env.put("HOME", HOME);
    }
    env.putAll(defaults);
    env.putAll(env());
    Map<String, String> allLabels = new LinkedHashMap<>(labels);
    allLabels.putAll(given.labels());
    given.labels().forEach(this::checkLabel);
    return new ImageConfig(
        user,
        ports(),
        env,
        allLabels,
        given.volumes().stream().map(path -> path("container.volumes", path)).toList(),
        workingDirectory(ownHome),
        given.entrypoint().isEmpty() ? entrypoint : given.entrypoint(),
        given.args(),
        healthcheck(),
        matched(
            "container.stopSignal",
            text(given.stopSignal()).toUpperCase(Locale.ROOT),
            SIGNAL,
            "the name of a signal or its number",
            "write SIGTERM"));
  }

  /** Returns whether the user is a mere number, which no base image has a home for. */
  static boolean hasOwnHome(String user) {
    String id = user.split(":", 2)[0];
    return id.matches("[0-9]{1,10}") && Long.parseLong(id) != 0;
  }

  /** Returns whether the container runs without the rights of root. */
  static boolean isNonRoot(String user) {
    String id = user.split(":", 2)[0];
    return !id.equals("0") && !id.equals("root");
  }

  /**
   * Returns what of a container's settings may not work.
   *
   * @param onScratch whether there is no base image
   * @param extra the directory of the project's own files for the image, which need not exist
   */
  static List<String> warnings(ImageConfig config, boolean onScratch, Path extra) {
    List<String> warnings = new ArrayList<>();
    portWarning(config).ifPresent(warnings::add);
    if (onScratch) {
      warnings.addAll(new ScratchPrograms(config, extra).warnings());
    }
    return warnings;
  }

  /** Returns what to warn of, where the user may not be allowed to listen on a port. */
  static Optional<String> portWarning(ImageConfig config) {
    List<String> low = config.ports().stream().filter(ContainerReader::isPrivileged).toList();
    if (low.isEmpty() || !isNonRoot(config.user())) {
      return Optional.empty();
    }
    return Optional.of(
        SlimImageException.advise(
            "Not everywhere may the user ["
                + config.user()
                + "] listen on a port below 1024, as 'slimimage.container.ports' ["
                + String.join(", ", low)
                + "] asks for",
            "let the application listen on a higher port and publish it as the lower one"));
  }

  private static boolean isPrivileged(String port) {
    return Integer.parseInt(port.substring(0, port.indexOf('/'))) < 1024;
  }

  private String user() {
    String user = text(given.user());
    return user.isEmpty()
        ? DEFAULT_USER
        : matched(
            "container.user",
            user,
            USER,
            "a user or uid, with ':' and a group or gid where wanted",
            "write 1000:1000");
  }

  private String workingDirectory(boolean ownHome) {
    String directory = text(given.workingDirectory());
    if (directory.isEmpty()) {
      return ownHome ? HOME : "";
    }
    return path("container.workingDirectory", directory);
  }

  private List<String> ports() {
    List<String> ports = new ArrayList<>();
    for (String port : given.ports()) {
      Matcher matcher = PORT.matcher(port.strip());
      if (matcher.matches() && add(ports, matcher)) {
        continue;
      }
      problems.add(
          "container.ports",
          port,
          "a port from 1 to 65535 or a range, with '/tcp', '/udp' or '/sctp' where wanted",
          "write 8080 or 8080-8085/udp");
    }
    return ports;
  }

  private static boolean add(List<String> ports, Matcher matcher) {
    int first = Integer.parseInt(matcher.group(1));
    int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
    String protocol = matcher.group(3) == null ? "tcp" : matcher.group(3).toLowerCase(Locale.ROOT);
    boolean valid =
        first >= 1
            && last >= first
            && last <= 65535
            && List.of("tcp", "udp", "sctp").contains(protocol);
    for (int port = first; valid && port <= last; port++) {
      ports.add(port + "/" + protocol);
    }
    return valid;
  }

  private Map<String, String> env() {
    given
        .env()
        .forEach(
            (name, value) -> {
              if (name.isBlank() || name.contains("=")) {
                problems.add("container.env", name, "a name without '='", "correct it");
              }
              checkLine("container.env." + name, value, "put a longer text into a file");
            });
    return given.env();
  }

  private void checkLabel(String label, String value) {
    if (label.isBlank()) {
      problems.add("container.labels", label, "a name with a value", "give the label a name");
    }
    checkLine("container.labels." + label, value, "write it on one line");
  }

  private void checkLine(String parameter, String value, String advice) {
    if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
      problems.add(parameter, "…", "one line", advice);
    }
  }

  private Healthcheck healthcheck() {
    HealthcheckParameters check = given.healthcheck();
    if (check == null || check.command().isEmpty()) {
      return null;
    }
    boolean none = check.command().equals(List.of("NONE"));
    String retries = text(check.retries());
    if (!retries.isEmpty() && !retries.matches("[0-9]{1,4}")) {
      problems.add("container.healthcheck.retries", retries, "a number", "write 3");
      retries = "";
    }
    return new Healthcheck(
        none ? List.of() : check.command(),
        duration("interval", check.interval()),
        duration("timeout", check.timeout()),
        duration("startPeriod", check.startPeriod()),
        retries.isEmpty() ? 0 : Integer.parseInt(retries));
  }

  private String duration(String name, String value) {
    return matched(
        "container.healthcheck." + name, text(value), DURATION, "a duration", "write 30s or 1m30s");
  }

  private String path(String parameter, String path) {
    return matched(
        parameter,
        text(path),
        ABSOLUTE,
        "an absolute path in the image, without '.' and '..'",
        "write /data or the like");
  }

  private String matched(
      String parameter, String value, Pattern pattern, String mustBe, String advice) {
    if (!value.isEmpty() && !pattern.matcher(value).matches()) {
      problems.add(parameter, value, mustBe, advice);
    }
    return value;
  }

  private static String text(String value) {
    return value == null ? "" : value.strip();
  }
}
