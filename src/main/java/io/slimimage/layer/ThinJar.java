package io.slimimage.layer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.slimimage.application.PackagedJar;
import io.slimimage.blob.Blob;
import io.slimimage.blob.StoredEntry;
import io.slimimage.blob.StoredZip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The application's own classes and resources as a jar that names its libraries, the same bytes for
 * the same contents: sorted, stored, with one time and nothing in it that tells of the build.
 */
public final class ThinJar {

  private static final Pattern STALE =
      Pattern.compile(
          "META-INF/(INDEX\\.LIST|SIG-[^/]*|[^/]*\\.(SF|RSA|DSA|EC))", Pattern.CASE_INSENSITIVE);
  private static final Pattern POM_PROPERTIES =
      Pattern.compile("META-INF/maven/[^/]+/[^/]+/pom\\.properties");

  private ThinJar() {}

  /**
   * Returns the jar, which reads the packaged jar when it is read itself.
   *
   * @param jar what Maven has packaged
   * @param mainClass the class to start
   * @param libraries paths of the libraries relative to the thin jar, in class path order
   * @param time the time of all entries; it shows in UTC, not before 1980
   */
  public static Blob of(PackagedJar jar, String mainClass, List<String> libraries, Instant time) {
    try {
      List<StoredEntry> entries = new ArrayList<>();
      byte[] manifest = ThinManifest.bytes(jar.manifest(), mainClass, libraries);
      entries.add(StoredEntry.of(JarFile.MANIFEST_NAME, time, Blob.of(manifest)));
      for (PackagedJar.Entry entry : sorted(jar)) {
        entries.add(StoredEntry.of(entry.name(), time, content(entry)));
      }
      return StoredZip.of(entries, new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + jar.file(), e);
    }
  }

  private static List<PackagedJar.Entry> sorted(PackagedJar jar) {
    return jar.entries().stream()
        .filter(entry -> !STALE.matcher(entry.name()).matches())
        .sorted(Comparator.comparing(PackagedJar.Entry::name))
        .toList();
  }

  private static Blob content(PackagedJar.Entry entry) throws IOException {
    if (entry.directory()) {
      return Blob.of(new byte[0]);
    }
    return POM_PROPERTIES.matcher(entry.name()).matches()
        ? Blob.of(withoutDate(entry.content()))
        : entry.content();
  }

  /** Maven's archiver has written the date as a comment, and the lines in no fixed order. */
  private static byte[] withoutDate(Blob content) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = content.open()) {
      properties.load(in);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    properties.store(out, null);
    return out.toString(ISO_8859_1)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .sorted()
        .map(line -> line + "\n")
        .collect(Collectors.joining())
        .getBytes(ISO_8859_1);
  }
}
