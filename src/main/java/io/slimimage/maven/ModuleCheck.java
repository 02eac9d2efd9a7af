package io.slimimage.maven;

import io.slimimage.BuildLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.inject.Named;
import javax.inject.Singleton;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/** Tells which modules of a reactor are applications, before there is any class file. */
@Named
@Singleton
final class ModuleCheck {

  private static final List<String> WITHOUT_JAR =
      List.of("pom", "war", "ear", "rar", "maven-plugin", "maven-archetype");

  private static final String JAR_PLUGIN = "org.apache.maven.plugins:maven-jar-plugin";
  private static final String SPRING_BOOT = "org.springframework.boot:spring-boot-maven-plugin";

  /** Where a main method may be declared; whether it is one, the class files tell later. */
  private static final Pattern MAIN =
      Pattern.compile("\\b(void|fun|def)\\s+main\\s*\\(|extends\\s+App\\b|@main\\b");

  private static final Pattern SOURCE = Pattern.compile(".*\\.(java|kt|groovy|scala)");

  /** Returns whether an image can be made of the current project; else a line says why not. */
  boolean isApplication(MavenSession session, String mainClass, BuildLog log) throws IOException {
    MavenProject project = session.getCurrentProject();
    if (WITHOUT_JAR.contains(project.getPackaging())) {
      log.info("Skipped: packaging " + project.getPackaging() + " makes no application");
      return false;
    }
    boolean named = mainClass != null && !mainClass.isBlank();
    if (!named && !isNamedByPlugin(project) && !hasMainMethod(project)) {
      log.info(
          "Skipped: no main class in the sources ('slimimage.mainClass' names one that is"
              + " generated)");
      return false;
    }
    return true;
  }

  private static boolean isNamedByPlugin(MavenProject project) {
    Plugin springBoot = project.getPlugin(SPRING_BOOT);
    boolean repackaged =
        springBoot != null
            && springBoot.getExecutions().stream()
                .anyMatch(execution -> execution.getGoals().contains("repackage"));
    return repackaged || manifestMainClass(project) != null;
  }

  /** Returns what {@code maven-jar-plugin} is told to put into the manifest, or null. */
  static String manifestMainClass(MavenProject project) {
    Plugin plugin = project.getPlugin(JAR_PLUGIN);
    if (plugin == null) {
      return null;
    }
    return Stream.concat(
            Stream.of(plugin.getConfiguration()),
            plugin.getExecutions().stream().map(PluginExecution::getConfiguration))
        .filter(Xpp3Dom.class::isInstance)
        .map(Xpp3Dom.class::cast)
        .map(dom -> child(child(child(dom, "archive"), "manifest"), "mainClass"))
        .filter(dom -> dom != null && dom.getValue() != null)
        .map(Xpp3Dom::getValue)
        .findFirst()
        .orElse(null);
  }

  private static Xpp3Dom child(Xpp3Dom dom, String name) {
    return dom == null ? null : dom.getChild(name);
  }

  private static boolean hasMainMethod(MavenProject project) throws IOException {
    Path sources = project.getBasedir().toPath().resolve("src/main");
    Stream<Path> roots =
        Stream.concat(project.getCompileSourceRoots().stream().map(Path::of), Stream.of(sources))
            .filter(Files::isDirectory)
            .distinct();
    return roots.anyMatch(ModuleCheck::hasMainMethodBelow);
  }

  private static boolean hasMainMethodBelow(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(ModuleCheck::isSource)
          .filter(Files::isRegularFile)
          .anyMatch(ModuleCheck::declaresMain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns whether a file has the name of a source in a language of the JVM. */
  static boolean isSource(Path file) {
    return SOURCE.matcher(file.getFileName().toString()).matches();
  }

  private static boolean declaresMain(Path file) {
    try {
      // Any encoding will do: what is looked for is ASCII.
      return MAIN.matcher(Files.readString(file, StandardCharsets.ISO_8859_1)).find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
