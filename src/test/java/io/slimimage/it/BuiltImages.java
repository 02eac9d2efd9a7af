package io.slimimage.it;

import static io.slimimage.it.ContainerSettings.onHostNetwork;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.model.ContainerConfig;
import io.slimimage.docker.EngineLayer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The images that a sample's build has made, one per builder, and what must be true of all of them.
 *
 * <p>For {@code verify.groovy}; a check that fails throws {@link AssertionError}.
 */
public final class BuiltImages implements AutoCloseable {

  private final Engine engine = Engine.ofEnvironment();
  private final Path output;
  private final List<String> references;
  private final Map<String, ImageFiles> read = new HashMap<>();

  private BuiltImages(Path output, List<String> references) {
    this.output = output;
    this.references = references;
  }

  /**
   * Returns the images of a sample.
   *
   * @param module the directory of the module whose image it is
   * @param references the images, in the order in which they were built
   */
  public static BuiltImages of(File module, String... references) {
    Path output = module.toPath().resolve("target").resolve("slimimage");
    return new BuiltImages(output, List.of(references));
  }

  /** Checks that what only a build needs is in none of the images, base image included. */
  public void holdNothingOfTheBuild() throws IOException {
    for (String reference : references) {
      files(reference).holdNothingOfTheBuild();
    }
  }

  /**
   * Checks that there is nothing in any of the images that an intruder could use or that only a
   * build needs: no shell, no package manager, no root, no file that changes the user, and nothing
   * that everybody can write but the directory for temporary files, without which little works, and
   * the user's home.
   */
  public void areSlim() throws IOException {
    for (String reference : references) {
      files(reference).holdNothingOfTheBuild();
      files(reference).holdNothingForAnIntruder();
      assertThat(config(reference).getUser())
          .as("user of %s", reference)
          .matches("[1-9][0-9]*(:[1-9][0-9]*)?");
    }
  }

  /**
   * Checks that each image on nothing describes itself as a distribution does: its accounts, and
   * for scanners, where each file outside of the runtime and the application is from.
   */
  public void describeThemselves() throws IOException {
    hold("etc/os-release", "etc/group");
    for (String reference : references) {
      assertThat(engine.texts(reference, "/etc/passwd").get("passwd"))
          .as("accounts of %s", reference)
          .startsWith("root:x:0:0:")
          .containsOnlyOnce("nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n");
      files(reference)
          .belongTo(SystemPackages.of(engine.texts(reference, "/" + SystemPackages.DIRECTORY)));
    }
  }

  /**
   * Checks that the layers above a base image have no file that is in the base image, and no C
   * library or dynamic loader of their own.
   */
  public void addOnlyWhatIsMissingIn(String baseImage) throws IOException {
    int below = engine.diffIds(baseImage).size();
    for (String reference : references) {
      files(reference).addOnlyWhatIsMissing(below);
    }
  }

  /** Checks that each image takes less room in the engine than the one before it. */
  public void shrink() {
    List<Long> sizes = references.stream().map(each -> engine.inspect(each).getSize()).toList();
    assertThat(sizes)
        .as("sizes of %s", references)
        .isSortedAccordingTo(Comparator.reverseOrder())
        .doesNotHaveDuplicates();
  }

  /** Checks how many bytes a node has to fetch, if a registry has the layers as gzip. */
  public void pullAtMost(long bytes) throws IOException {
    for (String reference : references) {
      assertThat(engine.pullSize(reference)).as("pull of %s", reference).isLessThanOrEqualTo(bytes);
    }
  }

  /** Checks that files are in each of the images. */
  public void hold(String... paths) throws IOException {
    for (String reference : references) {
      files(reference).hold(paths);
    }
  }

  /** Checks that all images have the same layers above their base image, at least one. */
  public void haveEqualLayersAbove(String baseImage) {
    List<String> base = engine.diffIds(baseImage);
    List<String> first = withoutEmpty(engine.diffIds(references.get(0)));
    assertThat(first).as("layers of %s", references.get(0)).hasSizeGreaterThan(base.size());
    assertThat(first.subList(0, base.size())).as("layers of %s", baseImage).isEqualTo(base);
    for (String reference : references) {
      assertThat(withoutEmpty(engine.diffIds(reference)))
          .as("layers of %s", reference)
          .isEqualTo(first);
    }
  }

  /** BuildKit makes an empty layer of {@code WORKDIR}, the classic builder none. */
  private static List<String> withoutEmpty(List<String> diffIds) {
    return diffIds.stream().filter(diffId -> !diffId.equals(EngineLayer.EMPTY)).toList();
  }

  /** Checks the user that a container starts as. */
  public void runAs(String user) {
    for (String reference : references) {
      assertThat(config(reference).getUser()).as("user of %s", reference).isEqualTo(user);
    }
  }

  /** Checks the start command. */
  public void startWith(String... command) {
    for (String reference : references) {
      assertThat(config(reference).getEntrypoint())
          .as("start command of %s", reference)
          .containsExactly(command);
    }
  }

  /** Checks the exposed ports, such as {@code 8080/tcp}. */
  public void expose(String... ports) {
    for (String reference : references) {
      assertThat(Arrays.stream(config(reference).getExposedPorts()).map(Object::toString).toList())
          .as("ports of %s", reference)
          .containsExactlyInAnyOrder(ports);
    }
  }

  /** Checks labels; there may be others. */
  public void haveLabels(Map<String, String> labels) {
    for (String reference : references) {
      assertThat(config(reference).getLabels())
          .as("labels of %s", reference)
          .containsAllEntriesOf(labels);
    }
  }

  /** Checks environment variables, as {@code KEY=value}; there may be others. */
  public void haveEnvironment(String... variables) {
    for (String reference : references) {
      assertThat(config(reference).getEnv()).as("environment of %s", reference).contains(variables);
    }
  }

  /**
   * Runs each image and asks it for a page; then stops it by its stop signal, in time.
   *
   * @param portVariable the environment variable that tells the application its port
   * @param page the path to ask for
   * @param parts texts of the answer
   */
  public void answer(String portVariable, String page, String... parts)
      throws IOException, InterruptedException {
    for (String reference : references) {
      try (Application application = serve(reference, portVariable, onHostNetwork())) {
        assertThat(application.ask(page)).as("answer of %s", reference).contains(parts);
        application.end();
      }
    }
  }

  /**
   * Starts the first image, which answers over HTTP at a free port of this machine.
   *
   * @param portVariable the environment variable that tells the application its port
   */
  public Application serve(String portVariable, ContainerSettings settings) throws IOException {
    return serve(references.get(0), portVariable, settings);
  }

  /** Starts the first image with nothing but the variable of its port. */
  public Application serve(String portVariable) throws IOException {
    return serve(portVariable, onHostNetwork());
  }

  private Application serve(String reference, String portVariable, ContainerSettings settings)
      throws IOException {
    int port = freePort();
    ContainerSettings withPort = settings.env(portVariable, Integer.toString(port));
    return new Application(engine.run(reference, withPort), port);
  }

  /** Runs the first image until it ends well by itself, and returns what it has written. */
  public Map<String, String> facts(ContainerSettings settings) throws InterruptedException {
    try (RunningContainer container = engine.run(references.get(0), settings)) {
      int exitCode = container.await();
      String log = container.log();
      assertThat(exitCode).as("exit code of %s:%n%s", references.get(0), log).isZero();
      return Application.facts(references.get(0), log);
    }
  }

  /** Checks that the files under {@code target/slimimage} tell of the image that was built last. */
  public void matchTheOutputs() throws IOException {
    String reference = references.get(references.size() - 1);
    String id = engine.inspect(reference).getId();
    assertThat(output.resolve("image.id")).content().isEqualToIgnoringNewLines(id);
    JsonNode report = new ObjectMapper().readTree(output.resolve("image.json").toFile());
    Set<String> values = new TreeSet<>();
    collectTexts(report, values);
    assertThat(values).as("image.json").contains(id).anyMatch(names(reference));
    assertThat(Files.readString(output.resolve("Dockerfile"))).contains("AS builder");
  }

  @Override
  public void close() throws IOException {
    engine.close();
  }

  /** Reads each image once: base images are large. */
  private ImageFiles files(String reference) throws IOException {
    ImageFiles files = read.get(reference);
    if (files == null) {
      files = new ImageFiles(reference, engine.save(reference));
      read.put(reference, files);
    }
    return files;
  }

  private ContainerConfig config(String reference) {
    InspectImageResponse image = engine.inspect(reference);
    assertThat(image.getConfig()).as("configuration of %s", reference).isNotNull();
    return image.getConfig();
  }

  /** A reference may be reported in its full form, with {@code docker.io/}. */
  private static Predicate<String> names(String reference) {
    return text -> text.equals(reference) || text.endsWith("/" + reference);
  }

  private static void collectTexts(JsonNode node, Set<String> texts) {
    if (node.isTextual()) {
      texts.add(node.asText());
    }
    node.forEach(child -> collectTexts(child, texts));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
