package io.slimimage.maven;

import io.slimimage.BuildLog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * The Java releases that a build is about.
 *
 * @param jdk the feature release of the JDK that compiles the application
 * @param level the feature release that the class files are for
 */
record JavaRelease(int jdk, int level) {

  /** The oldest release that this plugin and so the builder stage can run on. */
  static final int OLDEST_BUILDER = 17;

  private static final String COMPILER = "org.apache.maven.plugins:maven-compiler-plugin";

  /** Reads the JDK from the toolchain or from this JVM, the level from the compiler's settings. */
  static JavaRelease of(MavenSession session, ToolchainManager toolchains, BuildLog log) {
    Toolchain toolchain = toolchains.getToolchainFromBuildContext("jdk", session);
    int jdk = toolchain == null ? Runtime.version().feature() : release(toolchain, log);
    int level = level(session.getCurrentProject());
    return new JavaRelease(jdk, level == 0 ? jdk : level);
  }

  /** Returns the directory of the JDK that compiles: the toolchain's, else this JVM's own. */
  static Path home(MavenSession session, ToolchainManager toolchains) {
    Toolchain toolchain = toolchains.getToolchainFromBuildContext("jdk", session);
    String java = toolchain == null ? null : toolchain.findTool("java");
    return java == null
        ? Path.of(System.getProperty("java.home"))
        : Path.of(java).toAbsolutePath().getParent().getParent();
  }

  /** Returns the release of the builder stage's JDK. */
  int builder() {
    return Math.max(jdk, OLDEST_BUILDER);
  }

  /** Returns the release of a JRE base image; below 17 only long-term releases have one. */
  int runtime() {
    if (level >= OLDEST_BUILDER) {
      return jdk;
    }
    return level <= 8 ? 8 : level <= 11 ? 11 : OLDEST_BUILDER;
  }

  private static int release(Toolchain toolchain, BuildLog log) {
    String java = toolchain.findTool("java");
    if (java != null) {
      Path file = Path.of(java).toAbsolutePath().getParent().resolveSibling("release");
      try (InputStream in = Files.newInputStream(file)) {
        Properties release = new Properties();
        release.load(in);
        return feature(release.getProperty("JAVA_VERSION", "").replace("\"", ""));
      } catch (IOException | NumberFormatException e) {
        log.debug("The toolchain's " + file + " does not tell its release: " + e);
      }
    }
    return Runtime.version().feature();
  }

  private static int level(MavenProject project) {
    Plugin compiler = project.getPlugin(COMPILER);
    Object configuration = compiler == null ? null : compiler.getConfiguration();
    Properties properties = project.getProperties();
    return Stream.of(
            configured(configuration, "release"),
            properties.getProperty("maven.compiler.release"),
            configured(configuration, "target"),
            properties.getProperty("maven.compiler.target"))
        .filter(Objects::nonNull)
        .mapToInt(JavaRelease::featureOrZero)
        .filter(level -> level > 0)
        .findFirst()
        .orElse(0);
  }

  private static String configured(Object configuration, String name) {
    if (configuration instanceof Xpp3Dom dom && dom.getChild(name) != null) {
      return dom.getChild(name).getValue();
    }
    return null;
  }

  private static int featureOrZero(String version) {
    try {
      return feature(version);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Returns 8 for {@code 1.8} and {@code 8}, 11 for {@code 11.0.1}. */
  static int feature(String version) {
    String[] parts = version.strip().split("\\.");
    return Integer.parseInt(parts[0].equals("1") && parts.length > 1 ? parts[1] : parts[0]);
  }
}
