package io.slimimage.layer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.slimimage.application.PackagedJar;
import io.slimimage.blob.Blob;
import io.slimimage.blob.StoredEntry;
import io.slimimage.blob.StoredZip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes a jar that was made in this build so that its bytes depend on its contents alone. */
final class ReproducibleJar {

  private static final Pattern STALE =
      Pattern.compile(
          "META-INF/(INDEX\\.LIST|SIG-[^/]*|[^/]*\\.(SF|RSA|DSA|EC))", Pattern.CASE_INSENSITIVE);
  private static final Pattern POM_PROPERTIES =
      Pattern.compile("META-INF/maven/[^/]+/[^/]+/pom\\.properties");
  private static final Pattern PLAIN_PROPERTY = Pattern.compile("[\\w.-]+=[\\w.-]*");

  private ReproducibleJar() {}

  /**
   * Returns the jar: sorted, stored, with one time, without an index or a signature.
   *
   * @param manifest the bytes of its manifest
   * @param entries its entries but the manifest
   * @param time the time of all entries; it shows in UTC, not before 1980
   */
  static Blob of(byte[] manifest, Collection<PackagedJar.Entry> entries, Instant time)
      throws IOException {
    List<StoredEntry> stored = new ArrayList<>();
    stored.add(StoredEntry.of(JarFile.MANIFEST_NAME, time, Blob.of(manifest)));
    for (PackagedJar.Entry entry : sorted(entries)) {
      stored.add(StoredEntry.of(entry.name(), time, content(entry)));
    }
    return StoredZip.of(stored, new byte[0]);
  }

  private static List<PackagedJar.Entry> sorted(Collection<PackagedJar.Entry> entries) {
    return entries.stream()
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

  /**
   * Maven's archiver has written the date as a comment, and the lines in no fixed order.
   *
   * <p>To write a date, Java reads the names of all time zones, which takes longer than the rest of
   * the jar; lines that need no escapes are written here.
   */
  private static byte[] withoutDate(Blob content) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = content.open()) {
      properties.load(in);
    }
    return lines(properties)
        .sorted()
        .map(line -> line + "\n")
        .collect(Collectors.joining())
        .getBytes(ISO_8859_1);
  }

  private static Stream<String> lines(Properties properties) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String name : properties.stringPropertyNames()) {
      lines.add(name + "=" + properties.getProperty(name));
    }
    if (lines.stream().allMatch(line -> PLAIN_PROPERTY.matcher(line).matches())) {
      return lines.stream();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    properties.store(out, null);
    return out.toString(ISO_8859_1).lines().filter(line -> !line.startsWith("#"));
  }
}
