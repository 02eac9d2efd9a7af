import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Puts jars into a local Maven repository under other coordinates, with POMs that have no
 * dependencies: what .ci/benchmark-jib makes large projects and new versions of.
 *
 * <p>The one argument is the repository. Each line on the standard input is a jar, a group, an
 * artifact and a version, with spaces between them. The same input gives the same bytes; no two
 * versions have the same, since each has an entry with its coordinates.
 */
final class RepackJars {

  private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

  private RepackJars() {}

  public static void main(String[] arguments) throws IOException {
    Path repository = Path.of(arguments[0]);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split(" ");
      install(Path.of(words[0]), repository, words[1], words[2], words[3]);
    }
  }

  private static void install(
      Path jar, Path repository, String group, String artifact, String version)
      throws IOException {
    Path directory =
        repository.resolve(group.replace('.', '/')).resolve(artifact).resolve(version);
    Files.createDirectories(directory);
    String name = artifact + "-" + version;
    repack(jar, directory.resolve(name + ".jar"), name);
    Files.writeString(
        directory.resolve(name + ".pom"),
        """
        <project>
          <modelVersion>4.0.0</modelVersion>
          <groupId>%s</groupId>
          <artifactId>%s</artifactId>
          <version>%s</version>
        </project>
        """
            .formatted(group, artifact, version));
  }

  private static void repack(Path jar, Path target, String name) throws IOException {
    try (ZipFile from = new ZipFile(jar.toFile());
        OutputStream file = Files.newOutputStream(target);
        ZipOutputStream to = new ZipOutputStream(file)) {
      for (ZipEntry entry : Collections.list(from.entries())) {
        to.putNextEntry(entry(entry.getName()));
        from.getInputStream(entry).transferTo(to);
      }
      to.putNextEntry(entry("META-INF/repacked.txt"));
      to.write(name.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    return entry;
  }
}
