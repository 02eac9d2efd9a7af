package io.slimimage.maven;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.apache.maven.project.MavenProject;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;

/** A tree of small projects on disk, and the session of a Maven that was called for it. */
final class TestReactor {

  private final Path root;
  private final List<MavenProject> projects = new ArrayList<>();
  private final MavenExecutionRequest request = new DefaultMavenExecutionRequest();

  TestReactor(Path root) {
    this.root = root;
    request.setMultiModuleProjectDirectory(root.toFile());
  }

  /** Adds a project; the first one is the top level. */
  TestReactor project(String directory, String pom) {
    return project(directory, pom, null);
  }

  /** Adds a project with a parent that was added before. */
  TestReactor project(String directory, String pom, MavenProject parent) {
    Path file = root.resolve(directory).resolve("pom.xml").normalize();
    write(file, "<project><modelVersion>4.0.0</modelVersion>" + pom + "</project>");
    try (InputStream in = Files.newInputStream(file)) {
      MavenProject project = new MavenProject(new MavenXpp3Reader().read(in));
      project.setFile(file.toFile());
      project.setParent(parent);
      project.getBuild().setDirectory(file.resolveSibling("target").toString());
      project.addCompileSourceRoot(file.resolveSibling("src/main/java").toString());
      projects.add(project);
      return this;
    } catch (IOException | XmlPullParserException e) {
      throw new IllegalStateException(e);
    }
  }

  MavenProject get(int index) {
    return projects.get(index);
  }

  MavenExecutionRequest request() {
    return request;
  }

  /** Writes a file below the root. */
  TestReactor file(String path, String text) {
    write(root.resolve(path), text);
    return this;
  }

  /** Returns a session in which the project is being built. */
  @SuppressWarnings("deprecation")
  MavenSession session(int current) {
    MavenSession session =
        new MavenSession(
            null,
            MavenRepositorySystemUtils.newSession(),
            request,
            new DefaultMavenExecutionResult());
    session.setProjects(projects);
    session.setAllProjects(projects);
    session.setCurrentProject(projects.get(current));
    return session;
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
