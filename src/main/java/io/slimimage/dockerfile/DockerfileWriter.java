package io.slimimage.dockerfile;

import io.slimimage.image.ImagePlan;
import io.slimimage.layer.LayerRole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Renders an image plan as a multi-stage Dockerfile.
 *
 * <p>The layers come out the same in every build, with either builder and without any cache,
 * because the runtime stage only copies whole directories whose files have fixed times and modes.
 */
public final class DockerfileWriter {

  /** The stage that compiles the application. */
  public static final String BUILDER = "builder";

  /** The stage that runs the application's tests. */
  public static final String TEST = "test";

  /** The stage that becomes the image. */
  public static final String RUNTIME = "runtime";

  /** The stage that has nothing but the report of the linked runtime. */
  public static final String REPORT = "report";

  /** The report of the linked runtime, which the goal {@code layers} writes beside the layers. */
  public static final String REPORT_FILE = "runtime.json";

  /** The build argument that lets the build go on when the warm-up fails: {@code lenient}. */
  public static final String WARM_UP_ARGUMENT = "SLIMIMAGE_WARM_UP";

  /** The line that a warm-up prints when it fails; an engine may cut a step's name short. */
  public static final String WARM_UP_FAILED = "==> The warm-up has failed";

  /** What the lines begin with that tell a step's purpose. */
  public static final String PURPOSE = "==> ";

  /** The purpose of the step that runs the application's tests. */
  public static final String RUNNING_TESTS = "Running the tests";

  /** Where the builder stage has the goal {@code layers} write to. */
  public static final String LAYERS = "/slimimage/layers";

  /** Where the builder stage finds the configuration of the goal {@code layers}. */
  public static final String CONFIGURATION = "/slimimage/configuration.json";

  /** Where the builder stage keeps what later builds can use again, beside Maven's repository. */
  public static final String CACHE = "/m2/slimimage";

  /** Where the builder stage finds the settings of its Maven. */
  public static final String SETTINGS = "/slimimage/settings.xml";

  private final BuilderStage builder;
  private final ImagePlan plan;
  private final List<String> lines = new ArrayList<>();

  private DockerfileWriter(BuilderStage builder, ImagePlan plan) {
    this.builder = builder;
    this.plan = plan;
  }

  /**
   * Returns the text of the Dockerfile.
   *
   * @param header what to say at its top, lines without the comment sign
   */
  public static String render(List<String> header, BuilderStage builder, ImagePlan plan) {
    DockerfileWriter writer = new DockerfileWriter(builder, plan);
    header.forEach(line -> writer.add(("# " + line).stripTrailing()));
    writer.builderStage();
    if (builder.tested()) {
      writer.testStage();
    }
    writer.runtimeStage();
    return String.join("\n", writer.lines) + "\n";
  }

  /**
   * Returns the text of a Dockerfile with the same builder stage, which instead of the image makes
   * one of the report alone: it tells what a builder stage has done whose output the engine has
   * cached.
   */
  public static String renderReport(BuilderStage builder, ImagePlan plan) {
    DockerfileWriter writer = new DockerfileWriter(builder, plan);
    writer.builderStage();
    writer.add("FROM scratch AS " + REPORT);
    writer.add("COPY --from=" + BUILDER + " /slimimage/" + REPORT_FILE + " /");
    return String.join("\n", writer.lines) + "\n";
  }

  private void builderStage() {
    BuilderStage.Sources sources = builder.sources();
    BuilderStage.MavenCall maven = builder.maven();
    String project = builder.layout().project();
    String own = builder.layout().own();
    blank();
    comment("Compiles the application; nothing of this stage but its layers reaches the image.");
    add("FROM " + builder.image() + " AS " + BUILDER);
    add("USER 0");
    add("WORKDIR /build");
    add("ENV LC_ALL=C.UTF-8 MAVEN_USER_HOME=/m2 \\");
    // Maven lives for seconds here, in which the second compiler costs more CPU than it saves. No
    // collector is named, since the JVM refuses to start where another option names another one.
    add("    MAVEN_OPTS=\"-XX:TieredStopAtLevel=1 $MAVEN_OPTS\"");
    bringOwn(own);
    if (!maven.goOffline().isEmpty()) {
      warmUp(sources, maven, project);
      if (!builder.own().link().isEmpty() && !builder.cacheMount()) {
        linkAhead(maven);
      }
    }
    blank();
    comment("Then everything else: a change of the sources starts here.");
    add(DockerfileSyntax.copy(List.of(project.isEmpty() ? "." : project), "./"));
    bring(own, CONFIGURATION, builder.own().configuration());
    List<String> call = new ArrayList<>();
    call.add("-Dslimimage.configuration=" + CONFIGURATION);
    call.addAll(maven.buildOptions());
    call.add(maven.skipTests());
    call.add("package");
    call.add(maven.layers());
    run(builder.sources().stale(), purpose("Compiling and packaging", maven(call)));
  }

  private void bringOwn(String own) {
    if (builder.own().repository() || !builder.own().settings().isEmpty()) {
      blank();
      comment("What this build brings along: settings, and artifacts that no repository has.");
    }
    if (builder.own().repository()) {
      add(DockerfileSyntax.copy(List.of(own + "repository/"), "/slimimage/repository/"));
    }
    if (!builder.own().settings().isEmpty()) {
      bring(own, SETTINGS, builder.own().settings());
    }
  }

  private void bring(String own, String file, String text) {
    if (builder.layout().inlined()) {
      add("RUN mkdir -p /slimimage && printf '%s\\n' \\");
      add("    " + DockerfileSyntax.shell(text) + " \\");
      add("    > " + file);
    } else {
      String name = file.substring(file.lastIndexOf('/') + 1);
      add(DockerfileSyntax.copy(List.of(own + name), file));
    }
  }

  private void warmUp(BuilderStage.Sources sources, BuilderStage.MavenCall maven, String project) {
    blank();
    comment("First what decides the dependencies, so that they are fetched once.");
    if (sources.mavenDirectory()) {
      add(DockerfileSyntax.copy(List.of(project + ".mvn/"), ".mvn/"));
    }
    for (Map.Entry<String, List<String>> directory : byDirectory(sources).entrySet()) {
      List<String> files = directory.getValue().stream().map(file -> project + file).toList();
      add(DockerfileSyntax.copy(files, directory.getKey()));
    }
    blank();
    comment("A warm-up that fails stops the build, so that its failure is never cached as a");
    comment("success; '" + WARM_UP_ARGUMENT + "=lenient' goes on with what it could fetch.");
    add("ARG " + WARM_UP_ARGUMENT + "=strict");
    List<String> call = new ArrayList<>(maven.warmUpOptions());
    call.addAll(maven.goOffline());
    run(
        List.of(),
        "{ "
            + once(maven, purpose("Fetching dependencies and plugins", maven(call)))
            + " || { echo '"
            + WARM_UP_FAILED
            + "'; [ \"$"
            + WARM_UP_ARGUMENT
            + "\" = lenient ]; }; }");
  }

  /** With a cache mount the runtime outlives the step that links it, whichever that is. */
  private void linkAhead(BuilderStage.MavenCall maven) {
    blank();
    comment("The runtime that the application most likely needs, since linking takes longer than");
    comment("compiling: a change of the sources finds it here.");
    List<String> call = new ArrayList<>(maven.warmUpOptions());
    call.addAll(builder.own().link());
    run(List.of(), purpose("Linking the runtime", maven(call)));
  }

  /**
   * A cache mount outlives the step: what a changed POM adds to it, the build itself fetches, and
   * starting Maven only to find that all is there would be most of a rebuild's time.
   */
  private String once(BuilderStage.MavenCall maven, String command) {
    if (!builder.cacheMount()) {
      return command;
    }
    String mark = DockerfileSyntax.shell("/m2/warm/" + maven.cacheKey());
    return "[ -e " + mark + " ] || { " + command + " && mkdir -p /m2/warm && touch " + mark + "; }";
  }

  private static Map<String, List<String>> byDirectory(BuilderStage.Sources sources) {
    Map<String, List<String>> directories = new LinkedHashMap<>();
    if (sources.wrapper()) {
      directories.computeIfAbsent("./", key -> new ArrayList<>()).add("mvnw");
    }
    for (String pom : sources.poms()) {
      String directory = pom.contains("/") ? pom.substring(0, pom.lastIndexOf('/') + 1) : "./";
      directories.computeIfAbsent(directory, key -> new ArrayList<>()).add(pom);
    }
    return directories;
  }

  private void testStage() {
    blank();
    comment("Runs the application's tests; the image is made only when they pass.");
    add("FROM " + BUILDER + " AS " + TEST);
    List<String> call = new ArrayList<>();
    call.add("-Dslimimage.configuration=" + CONFIGURATION);
    call.addAll(builder.maven().buildOptions());
    call.add("test");
    run(List.of(), purpose(RUNNING_TESTS, maven(call)));
  }

  private void runtimeStage() {
    blank();
    comment("The image: one directory for each layer, the most stable first.");
    add("FROM " + plan.baseImage() + " AS " + RUNTIME);
    String from = builder.tested() ? TEST : BUILDER;
    for (LayerRole layer : plan.layers()) {
      add("COPY --from=" + from + " " + LAYERS + "/" + layer.directoryName() + "/ /");
    }
    ContainerInstructions.of(plan.config()).forEach(this::add);
  }

  private static String purpose(String purpose, String command) {
    return "echo '" + PURPOSE + purpose + "' && " + command;
  }

  private String maven(List<String> arguments) {
    List<String> call = new ArrayList<>();
    if (builder.sources().wrapper()) {
      // By the shell, since checkouts on other systems lose the right to execute.
      call.add("sh");
      call.add("./mvnw");
    } else {
      call.add("mvn");
    }
    call.add("-B");
    call.add("-ntp");
    call.add("-Dstyle.color=never");
    call.add("-Dmaven.repo.local=/m2/repository");
    call.addAll(builder.maven().options());
    call.addAll(arguments);
    return DockerfileSyntax.shell(call);
  }

  private void run(List<String> stale, String command) {
    StringJoiner line = new StringJoiner(" \\\n    ");
    line.add("RUN" + (builder.cacheMount() ? cacheMount() : ""));
    if (!stale.isEmpty()) {
      line.add("rm -rf " + DockerfileSyntax.shell(stale) + " &&");
    }
    if (builder.cacheMount()) {
      // Maven would take a failed download for a missing artifact, for a day and in every project.
      line.add("find /m2 -name '*.lastUpdated' -delete &&");
    }
    if (builder.own().repository()) {
      // In the step itself, since a cache mount would hide what an earlier step has put there.
      line.add("mkdir -p /m2/repository && cp -R /slimimage/repository/. /m2/repository/ &&");
    }
    line.add(command);
    add(line.toString());
  }

  private static String cacheMount() {
    return " --mount=type=cache,id=slimimage-maven,target=/m2,sharing=locked";
  }

  private void blank() {
    add("");
  }

  private void comment(String text) {
    add("# " + text);
  }

  private void add(String line) {
    lines.add(line);
  }
}
