package io.slimimage.dockerfile;

import java.util.List;
import java.util.Objects;

/**
 * The stage that compiles the application.
 *
 * @param image the image with a JDK and Maven
 * @param layout where the context has what
 * @param own what this plugin brings into the stage
 * @param sources what of the project goes into the stage
 * @param maven how Maven is called
 * @param cacheMount whether the local repository is a cache mount, which needs BuildKit
 * @param tested whether a stage {@code test} runs the application's tests
 */
public record BuilderStage(
    String image,
    ContextLayout layout,
    Own own,
    Sources sources,
    MavenCall maven,
    boolean cacheMount,
    boolean tested) {

  /** Checks that nothing is null. */
  public BuilderStage {
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(layout, "layout");
    Objects.requireNonNull(own, "own");
    Objects.requireNonNull(sources, "sources");
    Objects.requireNonNull(maven, "maven");
  }

  /**
   * What this plugin brings into the stage.
   *
   * @param configuration the configuration of the goal {@code layers}, one line of JSON
   * @param link the arguments of the call that links a runtime ahead, or none
   * @param settings the filtered {@code settings.xml} on one line, or the empty string for none
   * @param repository whether there are artifacts that no repository has
   */
  public record Own(String configuration, List<String> link, String settings, boolean repository) {
    /** Copies the list. */
    public Own {
      link = List.copyOf(link);
    }
  }

  /**
   * What of the project goes into the stage; paths are relative to the project's root.
   *
   * @param poms every POM of the reactor, the root's first
   * @param wrapper whether the root has a Maven wrapper that is to be used
   * @param mavenDirectory whether the root has a {@code .mvn} directory
   * @param stale build directories that a context made by hand may carry along
   */
  public record Sources(
      List<String> poms, boolean wrapper, boolean mavenDirectory, List<String> stale) {
    /** Copies the lists. */
    public Sources {
      poms = List.copyOf(poms);
      stale = List.copyOf(stale);
    }
  }

  /**
   * How Maven is called in the stage. All options are plain strings: the renderer quotes them.
   *
   * @param options options of every call: settings, profiles, the module
   * @param warmUpOptions options of the calls that fetch dependencies; nothing volatile
   * @param buildOptions options of the calls that build
   * @param skipTests the option that leaves the tests out
   * @param goOffline the goals of the warm-up, or none to leave it out
   * @param layers the goal that writes the layers, with its full coordinates
   * @param cacheKey tells projects apart that share a cache mount; a file name
   */
  public record MavenCall(
      List<String> options,
      List<String> warmUpOptions,
      List<String> buildOptions,
      String skipTests,
      List<String> goOffline,
      String layers,
      String cacheKey) {
    /** Copies the lists. */
    public MavenCall {
      options = List.copyOf(options);
      warmUpOptions = List.copyOf(warmUpOptions);
      buildOptions = List.copyOf(buildOptions);
      goOffline = List.copyOf(goOffline);
    }
  }
}
