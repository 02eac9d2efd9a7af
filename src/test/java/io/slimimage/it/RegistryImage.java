package io.slimimage.it;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An image in a registry, as other tools see it: Docker, Podman and skopeo.
 *
 * <p>For {@code prebuild.groovy} and {@code verify.groovy}; a check that fails throws {@link
 * AssertionError}.
 */
public final class RegistryImage {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NO_TLS = "--tls-verify=false";

  private final String reference;
  private final Optional<Path> login;

  private RegistryImage(String reference, Optional<Path> login) {
    this.reference = reference;
    this.login = login;
  }

  /**
   * Returns an image in a registry without TLS that lets everybody in.
   *
   * @param reference with the registry
   */
  public static RegistryImage of(String reference) {
    return new RegistryImage(reference, Optional.empty());
  }

  /**
   * Returns the image as seen by somebody with credentials.
   *
   * @param dockerConfig the directory of a {@code config.json}
   */
  public RegistryImage loggedIn(File dockerConfig) {
    return new RegistryImage(reference, Optional.of(dockerConfig.toPath()));
  }

  /** Returns the digest of the manifest that the name stands for. */
  public String digest() throws IOException, InterruptedException {
    return skopeo("inspect", NO_TLS, "--format={{.Digest}}", "docker://" + reference).strip();
  }

  /** Returns the manifest or the index that the name stands for, byte by byte. */
  public String manifest() throws IOException, InterruptedException {
    return skopeo("inspect", NO_TLS, "--raw", "docker://" + reference);
  }

  /**
   * Returns the configuration of the image.
   *
   * @param architecture the processor that it is wanted for
   */
  public String config(String architecture) throws IOException, InterruptedException {
    return skopeo(
        "inspect", NO_TLS, "--override-arch=" + architecture, "--config", "docker://" + reference);
  }

  /**
   * Has Docker fetch and run the image.
   *
   * @param text what a container prints
   */
  public RegistryImage isRunByDocker(String text) throws IOException, InterruptedException {
    List<String> docker = new ArrayList<>(List.of("docker"));
    login.ifPresent(directory -> docker.addAll(List.of("--config", directory.toString())));
    // What the engine has anyway would prove nothing; layers of others stay.
    run(docker, "image", "rm", "--force", reference);
    run(docker, "pull", "--quiet", reference);
    try {
      assertThat(run(docker, "run", "--rm", "--network", "none", "--pull", "never", reference))
          .as("output of %s by Docker", reference)
          .isEqualTo(text);
    } finally {
      run(docker, "image", "rm", "--force", reference);
    }
    return this;
  }

  /**
   * Has Podman fetch and run the image.
   *
   * @param text what a container prints
   */
  public RegistryImage isRunByPodman(String text) throws IOException, InterruptedException {
    List<String> pull = new ArrayList<>(List.of("podman", "pull", "--quiet", NO_TLS));
    login.ifPresent(directory -> pull.add("--authfile=" + directory.resolve("config.json")));
    run(pull, reference);
    try {
      assertThat(Command.run("podman", "run", "--rm", "--network", "none", reference))
          .as("output of %s by Podman", reference)
          .isEqualTo(text);
    } finally {
      Command.run("podman", "rmi", "--force", reference);
    }
    return this;
  }

  /**
   * Unpacks the image for another processor and runs its program there.
   *
   * @param architecture that processor
   * @param emulator of that processor, the path of a program without libraries
   * @param text what the program prints
   */
  public RegistryImage isRunByEmulator(String architecture, String emulator, String text)
      throws IOException, InterruptedException {
    Path copy = Files.createTempDirectory("copy");
    Path root = Files.createTempDirectory("root");
    try {
      skopeo(
          "copy",
          "--quiet",
          "--src-tls-verify=false",
          "--override-arch=" + architecture,
          "docker://" + reference,
          "dir:" + copy);
      // No layer takes away what is in one below it, which tar would not know of.
      for (JsonNode layer : JSON.readTree(copy.resolve("manifest.json").toFile()).path("layers")) {
        String file = layer.path("digest").asText().replaceFirst("sha256:", "");
        Command.run("tar", "-C", root.toString(), "-xf", copy.resolve(file).toString());
      }
      Files.copy(Path.of(emulator), root.resolve("emulator"), COPY_ATTRIBUTES);
      List<String> command = new ArrayList<>(List.of("chroot", root.toString(), "/emulator"));
      for (JsonNode argument : JSON.readTree(config(architecture)).at("/config/Entrypoint")) {
        // The emulator does not look for a program on the path.
        command.add(argument.asText().equals("java") ? "/usr/bin/java" : argument.asText());
      }
      assertThat(run(command)).as("output of %s for %s", reference, architecture).isEqualTo(text);
    } finally {
      Command.run("rm", "-rf", copy.toString(), root.toString());
    }
    return this;
  }

  /** Has skopeo copy all of it, which checks every digest on the way. */
  public RegistryImage isCopiedBySkopeo() throws IOException, InterruptedException {
    Path copy = Files.createTempDirectory("copy");
    try {
      skopeo(
          "copy",
          "--all",
          "--quiet",
          "--src-tls-verify=false",
          "docker://" + reference,
          "dir:" + copy);
      assertThat(Digest.sha256(Blob.of(copy.resolve("manifest.json"))))
          .as("digest of the copy of %s", reference)
          .hasToString(digest());
      try (Stream<Path> files = Files.list(copy)) {
        assertThat(files).as("blobs of %s", reference).hasSizeGreaterThan(2);
      }
    } finally {
      Command.run("rm", "-rf", copy.toString());
    }
    return this;
  }

  private String skopeo(String command, String... arguments)
      throws IOException, InterruptedException {
    List<String> skopeo = new ArrayList<>(List.of("skopeo", "--insecure-policy", command));
    login.ifPresent(
        directory ->
            skopeo.add(
                (command.equals("copy") ? "--src-authfile=" : "--authfile=")
                    + directory.resolve("config.json")));
    return run(skopeo, arguments);
  }

  private static String run(List<String> command, String... arguments)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(arguments));
    return Command.run(all.toArray(String[]::new));
  }
}
