package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.ConfigurationException;
import io.slimimage.SlimImageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/** The parameters that all goals share, and the one place that turns failures into Maven's. */
abstract class AbstractSlimImageMojo extends AbstractMojo {

  @Parameter(defaultValue = "${session}", readonly = true, required = true)
  private MavenSession session;

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private MavenProject project;

  @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
  private MojoExecution mojoExecution;

  /**
   * Whether to do nothing. The goal then says so in one line and succeeds.
   *
   * @since 0.1.0
   */
  @Parameter(property = "slimimage.skip", defaultValue = "false")
  private boolean skip;

  /**
   * The name of the image, as {@code [registry/]path[:tag]}; without a tag it is {@code latest}.
   * The default is {@code artifactId:version} of the project, in lower case and with every
   * character replaced that a name may not have.
   *
   * @since 0.1.0
   */
  @Parameter(property = "slimimage.image")
  private String image;

  /**
   * More tags for the same image, besides the one in its name. There are none by default.
   *
   * @since 0.1.0
   */
  @Parameter(property = "slimimage.tags")
  private List<String> tags;

  /**
   * What makes the image. {@code docker} is a multi-stage build by a Docker Engine, which compiles
   * the application from its sources. {@code embedded} puts the image together in this JVM from
   * what Maven has just packaged, and needs nothing else. {@code auto} takes the first where an
   * engine answers and no platforms are given, and the second elsewhere; one that {@code
   * DOCKER_HOST} names has to answer.
   *
   * @since 0.1.0
   */
  @Parameter(property = "slimimage.engine", defaultValue = "auto")
  private String engine;

  /**
   * Where the Java runtime comes from. {@code jlink} links one from the JDK that packages the
   * application, with nothing in it but what the application needs; {@code jre} takes the one that
   * the base image has. The default is {@code jlink}, but {@code jre} where a base image is named,
   * and where the project's own level is below 17.
   *
   * @since 0.1.0
   */
  @Parameter(property = "slimimage.runtime")
  private String runtime;

  /**
   * What the layers are laid on: {@code scratch}, which is nothing at all, or an image. With {@code
   * runtime=jlink} the default is {@code scratch}; an image gets besides the runtime what it lacks
   * of the system files. With {@code runtime=jre} it must have {@code java} on its {@code PATH},
   * and the default is {@code eclipse-temurin:N-jre}, where N is the release of the JDK that runs
   * the build (of the toolchain, where there is one), or 8, 11 or 17 where the project's own level
   * is below 17.
   *
   * @since 0.1.0
   */
  @Parameter(property = "slimimage.baseImage")
  private String baseImage;

  /**
   * The platforms that the embedded engine makes the image for, as {@code os/arch[/variant]}, such
   * as {@code linux/amd64,linux/arm64}. Of several, each has an image of its own on the base
   * image's for that platform, and an index brings them under one name. Platforms other than this
   * machine's need {@code runtime=jre}. The default is this machine's.
   *
   * @since 0.1.0
   */
  @Parameter(property = "slimimage.platforms")
  private List<String> platforms;

  /**
   * The modules of the linked runtime, which otherwise are those that the application and its
   * dependencies use: only, add, exclude.
   *
   * @since 0.1.0
   */
  @Parameter private ModulesParameters modules;

  /**
   * The languages that the linked runtime knows besides English, as BCP 47 tags such as {@code ko}
   * or {@code de-AT}: names of months and currencies, formats of numbers. There are none by
   * default.
   *
   * @since 0.1.0
   */
  @Parameter(property = "slimimage.locales")
  private List<String> locales;

  /**
   * Files, relative to the module, with certificates that the linked runtime trusts besides those
   * of the JDK, in PEM or DER: those of a company's own authority. There are none by default.
   *
   * @since 0.1.0
   */
  @Parameter(property = "slimimage.caCertificates")
  private List<String> caCertificates;

  /**
   * The directory that keeps what later builds can use again, such as linked runtimes, and that
   * builds can share. The default is {@code slimimage} in {@code $XDG_CACHE_HOME}, or else in
   * {@code ~/.cache}; the builder stage has one of its own.
   *
   * @since 0.1.0
   */
  @Parameter(property = "slimimage.cache")
  private String cache;

  /**
   * The class that starts the application. The default is what {@code maven-jar-plugin} or Spring
   * Boot has put into the jar's manifest, else the only class with a main method; several such
   * classes are an error that lists them.
   *
   * @since 0.1.0
   */
  @Parameter(property = "slimimage.mainClass")
  private String mainClass;

  /**
   * Options of the JVM, which the start command has before {@code -jar}. There are none by default.
   * They have no effect where {@code container.entrypoint} is set.
   *
   * @since 0.1.0
   */
  @Parameter(property = "slimimage.jvmFlags")
  private List<String> jvmFlags;

  /**
   * What is to be small. {@code pull} stores the entries of the dependencies' jars uncompressed, so
   * that a layer as a whole compresses better on its way to and from a registry; {@code disk}
   * leaves the jars as they are, which takes less space once the image is unpacked.
   *
   * @since 0.1.0
   */
  @Parameter(property = "slimimage.optimizeFor", defaultValue = "pull")
  private String optimizeFor;

  /**
   * The time of the entries inside the jars that the build makes, such as {@code
   * 2026-01-31T12:00:00Z} or in seconds since the epoch; the files of the image itself have the
   * epoch's. Default: {@code project.build.outputTimestamp}, else the epoch.
   *
   * @since 0.1.0
   */
  @Parameter(property = "slimimage.created")
  private String created;

  /**
   * A directory, relative to the module, whose files are copied to the root of the image in a layer
   * of their own. It need not exist.
   *
   * @since 0.1.0
   */
  @Parameter(property = "slimimage.extraDirectory", defaultValue = "src/main/slimimage")
  private String extraDirectory;

  /**
   * The last stage to build: {@code builder}, {@code test} or {@code runtime}, which is the image.
   * With {@code test} the application's tests run, as with {@code slimimage.builder.test=true}.
   * Other stages than {@code runtime} get no name.
   *
   * @since 0.1.0
   */
  @Parameter(property = "slimimage.target", defaultValue = "runtime")
  private String target;

  /**
   * Whether {@code build} pushes the image to the registry of its name once it is built, under all
   * its tags, as the goal {@code push} does.
   *
   * @since 0.1.0
   */
  @Parameter(property = "slimimage.push", defaultValue = "false")
  private boolean push;

  /**
   * Hosts of registries, with their port where they have one, that may be spoken to without TLS, or
   * with a certificate that nobody knows. This machine's own address always may; there are no
   * others by default.
   *
   * @since 0.1.0
   */
  @Parameter(property = "slimimage.insecureRegistries")
  private List<String> insecureRegistries;

  /**
   * Whether the embedded engine writes {@code target/slimimage/image.tar}, an archive that {@code
   * docker load} and other tools read, besides the OCI image layout {@code target/slimimage/image}.
   * By default it does where neither a Docker Engine nor a registry gets the image.
   *
   * @since 0.1.0
   */
  @Parameter(property = "slimimage.tar")
  private String tar;

  /**
   * Whether the embedded engine loads the image into a Docker Engine, to be run there. With {@code
   * auto} it does where one answers.
   *
   * @since 0.1.0
   */
  @Parameter(property = "slimimage.load", defaultValue = "false")
  private String load;

  /**
   * How the embedded engine compresses layers: {@code gzip}, which everything reads, {@code zstd},
   * which is smaller but which Docker Engines before 23 cannot pull, or {@code none}.
   *
   * @since 0.1.0
   */
  @Parameter(property = "slimimage.compression", defaultValue = "gzip")
  private String compression;

  /**
   * How much space the layers that are kept for later builds may take, with {@code K}, {@code M},
   * {@code G} or {@code T} for the powers of a thousand; those that were not used for the longest
   * time go first.
   *
   * @since 0.1.0
   */
  @Parameter(property = "slimimage.cacheSize", defaultValue = "5G")
  private String cacheSize;

  /**
   * The file with the patterns of what stays out of the build context, relative to the root of the
   * reactor; {@code none} stands for no file. The default need not exist, any other file must.
   *
   * @since 0.1.0
   */
  @Parameter(property = "slimimage.dockerignore", defaultValue = ".dockerignore")
  private String dockerignore;

  /**
   * How a container starts: user, ports, env, labels, volumes, workingDirectory, entrypoint, args,
   * healthcheck, stopSignal.
   *
   * @since 0.1.0
   */
  @Parameter private ContainerParameters container;

  /**
   * The stage that compiles the application: image, test, goOffline, wrapper, properties.
   *
   * @since 0.1.0
   */
  @Parameter private BuilderParameters builder;

  /**
   * How registries are reached: username, password, ca, mirrors, timeout.
   *
   * @since 0.1.0
   */
  @Parameter private RegistryParameters registry;

  /**
   * How the Docker Engine builds: builder, network, noCache.
   *
   * @since 0.1.0
   */
  @Parameter private DockerParameters docker;

  /**
   * Where the goal {@code dockerfile} writes to: directory.
   *
   * @since 0.1.0
   */
  @Parameter private DockerfileParameters dockerfile;

  @Override
  public final void execute() throws MojoExecutionException, MojoFailureException {
    try {
      ParameterReader reader =
          new ParameterReader(session.getUserProperties(), project.getProperties());
      MojoDescriptor descriptor = mojoExecution.getMojoDescriptor();
      reader.read(
          this,
          descriptor.getParameters().stream()
              .filter(org.apache.maven.plugin.descriptor.Parameter::isEditable)
              .map(org.apache.maven.plugin.descriptor.Parameter::getName)
              .toList());
      if (skip && !isInBuilder()) {
        getLog().info("Skipped, since 'slimimage.skip' is set");
        return;
      }
      reader.unknown().forEach(this::warnUnknown);
      run();
    } catch (ConfigurationException e) {
      throw new MojoFailureException(e.getMessage());
    } catch (SlimImageException e) {
      throw failure(e.getMessage(), e);
    } catch (IOException e) {
      throw failure(describe(e), e);
    } catch (UncheckedIOException e) {
      throw failure(describe(e.getCause()), e);
    }
  }

  /** Without the cause, whose message Maven would append to ours; the log has it with -X. */
  private MojoExecutionException failure(String message, Exception cause) {
    getLog().debug(cause);
    return new MojoExecutionException(message);
  }

  /** Returns whether this is the builder stage, where only the host's configuration counts. */
  final boolean isInBuilder() {
    return session.getUserProperties().containsKey(LayersConfiguration.PROPERTY);
  }

  /** Does the goal's work, with the parameters filled in. */
  abstract void run() throws IOException, MojoExecutionException, MojoFailureException;

  private static String describe(IOException e) {
    return e.getClass().getSimpleName().replace("Exception", "") + ": " + e.getMessage();
  }

  private void warnUnknown(String name) {
    // Users keep the plugin's own version in a property of this name.
    boolean version = name.equals("slimimage.version");
    boolean own =
        List.of(LayersConfiguration.PROPERTY, LinkAhead.PROPERTY).contains(name)
            || name.startsWith("slimimage.it.");
    if (!version && !own) {
      getLog().warn("There is no parameter '" + name + "': it has no effect");
    }
  }

  final MavenSession session() {
    return session;
  }

  final MavenProject project() {
    return project;
  }

  final MojoExecution mojoExecution() {
    return mojoExecution;
  }

  final BuildLog log() {
    return new MavenBuildLog(getLog());
  }

  /** Returns the parameters as they were given, for those who check and translate them. */
  final Parameters parameters() {
    return new Parameters(
        image,
        tags == null ? List.of() : tags,
        engine,
        new RuntimeParameters(
            runtime, baseImage, platforms, modules, locales, caCertificates, cache),
        mainClass,
        jvmFlags == null ? List.of() : jvmFlags,
        optimizeFor,
        created,
        extraDirectory,
        target,
        dockerignore,
        new OutputParameters(push, tar, load, compression, cacheSize),
        insecureRegistries == null ? List.of() : insecureRegistries,
        new Parameters.Groups(container, builder, registry, docker, dockerfile));
  }

  /** Returns {@code target/slimimage}, where every output goes. */
  final Path outputDirectory() {
    return Path.of(project.getBuild().getDirectory()).resolve("slimimage");
  }
}
