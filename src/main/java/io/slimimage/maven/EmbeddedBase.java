package io.slimimage.maven;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slimimage.BuildLog;
import io.slimimage.base.BaseFiles;
import io.slimimage.base.LayerFindings;
import io.slimimage.blob.Digest;
import io.slimimage.image.BaseImage;
import io.slimimage.system.BaseCheck;
import io.slimimage.system.BaseSystem;
import io.slimimage.system.FileTree;
import io.slimimage.system.ImageSystem;
import io.slimimage.system.ImageSystems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Looks into the base image of a build by the embedded engine. */
final class EmbeddedBase {

  private static final String CHECKED = "java-of-base";

  private final EmbeddedConfiguration configuration;
  private final BaseImage base;
  private final BuildCache cache;
  private final LayerFindings findings;
  private final BuildLog log;

  EmbeddedBase(
      EmbeddedConfiguration configuration,
      BaseImage base,
      BuildCache cache,
      LayerFindings findings,
      BuildLog log) {
    this.configuration = configuration;
    this.base = base;
    this.cache = cache;
    this.findings = findings;
    this.log = log;
  }

  /**
   * Returns what the base image has, where a runtime is linked for it.
   *
   * @throws io.slimimage.ConfigurationException if the base image cannot start the application
   */
  Optional<BaseSystem> check() throws IOException {
    if (configuration.runtime().onScratch()) {
      return Optional.empty();
    }
    if (configuration.runtime().linked()) {
      return Optional.of(system().base().named(base.name()));
    }
    // With an entrypoint of the user's own, only the user knows its ways to Java.
    if (configuration.container().entrypoint().get(0).equals("java")) {
      checkJava();
    }
    return Optional.empty();
  }

  /** What was found to fit is not looked at again. */
  private void checkJava() {
    Digest key = checkKey();
    if (cache.earlier().records().find(CHECKED, key).isEmpty()) {
      BaseCheck.forInstalledJava(
          new BaseCheck.Image(base.name(), base.platform().toString(), env(), system()),
          configuration.release(),
          log);
      cache.earlier().records().put(CHECKED, key, base.name());
    }
  }

  private Digest checkKey() {
    String text =
        "1 "
            + BaseFiles.key(base)
            + " "
            + Digest.sha256(base.config())
            + " "
            + configuration.release()
            + " "
            + new TreeMap<>(configuration.container().env());
    return Digest.sha256(text);
  }

  private ImageSystem system() {
    ImageSystems systems = new ImageSystems(cache.earlier().directory().resolve("images"), log);
    return systems.find(
        BaseFiles.key(base).toString(),
        () -> {
          try {
            FileTree tree = new FileTree(ImageSystem::reads);
            BaseFiles.visit(base, findings, new BaseFileTree(tree));
            return ImageSystem.of(tree);
          } catch (IOException e) {
            throw new UncheckedIOException("cannot read the files of " + base.name(), e);
          }
        });
  }

  /** Returns the environment of a container: the base's with the project's over it. */
  private Map<String, String> env() {
    Map<String, String> env = new HashMap<>();
    try {
      for (JsonNode variable :
          new ObjectMapper().readTree(base.config()).path("config").path("Env")) {
        String[] parts = variable.asText().split("=", 2);
        env.put(parts[0], parts.length > 1 ? parts[1] : "");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    env.putAll(configuration.container().env());
    return env;
  }
}
