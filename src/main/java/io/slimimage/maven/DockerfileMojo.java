package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import io.slimimage.dockerfile.ContextLayout;
import io.slimimage.dockerfile.DockerIgnore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Writes the Dockerfile that {@code build} would use, for {@code docker build} by hand. Needs no
 * engine.
 *
 * <p>It goes to {@code target/slimimage/Dockerfile} together with its {@code
 * Dockerfile.dockerignore}; the root of the reactor is the build context. With {@code
 * slimimage.dockerfile.directory} it goes where you keep it, and nothing there is overwritten.
 *
 * @since 0.1.0
 */
@Mojo(name = "dockerfile", threadSafe = true)
public class DockerfileMojo extends AbstractSlimImageMojo {

  private final BuildPlanner planner;
  private final ModuleCheck moduleCheck;

  /** Gets what Maven injects. */
  @Inject
  DockerfileMojo(BuildPlanner planner, ModuleCheck moduleCheck) {
    this.planner = planner;
    this.moduleCheck = moduleCheck;
  }

  @Override
  void run() throws IOException {
    if (isInBuilder()) {
      return;
    }
    BuildLog log = log();
    Parameters given = parameters();
    if (!moduleCheck.isApplication(session(), given.mainClass(), log)) {
      return;
    }
    BuildPlan plan = planner.plan(session(), mojoExecution(), given, log);
    plan.warnings().forEach(log::warn);
    String configured = given.dockerfile().directory();
    boolean kept = configured != null && !configured.isBlank();
    Path root = plan.reactor().root();
    Path directory =
        kept ? project().getBasedir().toPath().resolve(configured).normalize() : outputDirectory();
    requireInContext(directory, root, kept);
    Path own = directory.resolve(kept ? ".slimimage" : "context");
    String ownInContext = plan.reactor().relative(own) + "/";
    boolean buildKit = "buildkit".equals(given.docker().builder());
    Path written = directory.resolve("Dockerfile");
    boolean atRoot = kept && directory.equals(root);
    Map<Path, String> texts = new LinkedHashMap<>();
    texts.put(written, plan.dockerfile(ContextLayout.inProject(ownInContext), buildKit));
    texts.put(
        directory.resolve(atRoot ? ".dockerignore" : "Dockerfile.dockerignore"),
        new OwnContext(plan).dockerignore(ownInContext));
    write(texts, kept);
    Map<String, Blob> files = new OwnContext(plan).repository();
    for (Map.Entry<String, Blob> file : files.entrySet()) {
      copy(file.getValue(), own.resolve(file.getKey()));
    }
    if (!buildKit) {
      hidden(root, ownInContext, files.keySet()).ifPresent(log::warn);
    }
    log.info("Wrote " + written);
    String image = plan.image().references().get(0).familiar();
    log.info("Build it with: docker build -t " + image + " -f " + written + " " + root);
  }

  static void requireInContext(Path directory, Path root, boolean configured) {
    if (directory.toAbsolutePath().startsWith(root)) {
      return;
    }
    String what = configured ? "'slimimage.dockerfile.directory'" : "The build directory";
    throw new SlimImageException(
        SlimImageException.advise(
            what + " [" + directory + "] is outside of " + root + ", which is the build context",
            configured
                ? "name a directory in it"
                : "set 'slimimage.dockerfile.directory' to a directory in it"));
  }

  /**
   * Returns what to warn of where the {@code .dockerignore} in the root hides files of ours: the
   * classic builder knows no other one.
   *
   * @param own their directory, relative to the root, with a slash at its end
   * @param files their paths below it
   */
  static Optional<String> hidden(Path root, String own, Collection<String> files) {
    Path file = root.resolve(".dockerignore");
    if (files.isEmpty() || !Files.isRegularFile(file)) {
      return Optional.empty();
    }
    DockerIgnore rules = DockerIgnore.read(file);
    return files.stream().anyMatch(path -> rules.excludes(own + path))
        ? Optional.of(
            SlimImageException.advise(
                "The classic builder reads "
                    + file
                    + ", not Dockerfile.dockerignore, and it hides "
                    + own
                    + ", which this Dockerfile copies from",
                "add the line [!" + own + "**] at its end, or build with BuildKit"))
        : Optional.empty();
  }

  /** Writes all of the files, or none where one is to be kept and differs. */
  static void write(Map<Path, String> texts, boolean keep) throws IOException {
    for (Map.Entry<Path, String> text : texts.entrySet()) {
      Path file = text.getKey();
      if (keep && Files.exists(file) && !Arrays.equals(Files.readAllBytes(file), bytes(text))) {
        throw new SlimImageException(
            SlimImageException.advise(
                file + " exists and is not overwritten",
                "move it away, or set 'slimimage.dockerfile.directory' to another directory"));
      }
    }
    for (Map.Entry<Path, String> text : texts.entrySet()) {
      copy(Blob.of(bytes(text)), text.getKey());
    }
  }

  private static byte[] bytes(Map.Entry<Path, String> text) {
    return text.getValue().getBytes(StandardCharsets.UTF_8);
  }

  private static void copy(Blob blob, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try (InputStream in = blob.open()) {
      Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
