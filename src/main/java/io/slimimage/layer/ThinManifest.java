package io.slimimage.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.Attributes.Name;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/**
 * The manifest of a thin jar: the packaged jar's, without what differs from build to build or
 * belongs to the layout that is left.
 *
 * <p>It is written here, not by {@link Manifest}, which leaves the order of sections to a hash map.
 */
final class ThinManifest {

  private static final Set<String> DROPPED =
      Set.of(
          "built-by",
          "created-by",
          "build-time",
          "bnd-lastmodified",
          "start-class",
          "spring-boot-classes",
          "spring-boot-lib",
          "spring-boot-classpath-index",
          "spring-boot-layers-index",
          "signature-version",
          "main-class",
          "class-path",
          "manifest-version");

  private static final int LINE = 72;
  private static final String UNRESERVED = "-._~!$&'()*+,;=@/";

  private ThinManifest() {}

  /**
   * Returns the bytes of the manifest.
   *
   * @param original the packaged jar's manifest
   * @param mainClass the class to start
   * @param libraries paths of the libraries, relative to the thin jar, in class path order
   */
  static byte[] bytes(Manifest original, String mainClass, List<String> libraries) {
    Map<String, String> main = kept(original.getMainAttributes(), ThinManifest::isDropped);
    main.put(Name.MAIN_CLASS.toString(), mainClass);
    if (!libraries.isEmpty()) {
      main.put(Name.CLASS_PATH.toString(), classPath(libraries));
    }
    return bytes(main, original);
  }

  /** Returns the bytes of a library's manifest: the original without what tells of the build. */
  static byte[] bytes(Manifest original) {
    return bytes(
        kept(
            original.getMainAttributes(),
            name -> isDropped(name) && !name.equals("main-class") && !name.equals("class-path")),
        original);
  }

  private static byte[] bytes(Map<String, String> main, Manifest original) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writeLine(out, "Manifest-Version: 1.0");
    writeSection(out, main);
    new TreeMap<>(original.getEntries())
        .forEach(
            (entry, attributes) -> {
              Map<String, String> section = kept(attributes, ThinManifest::isSignature);
              if (!section.isEmpty()) {
                writeLine(out, "Name: " + entry);
                writeSection(out, section);
              }
            });
    return out.toByteArray();
  }

  private static Map<String, String> kept(Attributes attributes, Predicate<String> dropped) {
    Map<String, String> kept = new TreeMap<>();
    attributes.forEach(
        (name, value) -> {
          if (!dropped.test(name.toString().toLowerCase(Locale.ROOT))) {
            kept.put(name.toString(), value.toString());
          }
        });
    return kept;
  }

  private static boolean isDropped(String name) {
    return DROPPED.contains(name) || name.startsWith("build-jdk") || isDigest(name);
  }

  /** What signing has added; the signature does not survive, since the jar changes. */
  private static boolean isDigest(String name) {
    return name.endsWith("-digest") || name.contains("-digest-");
  }

  private static boolean isSignature(String name) {
    return isDigest(name) || name.equals("magic");
  }

  /** Elements of a class path are relative URLs, separated by spaces. */
  private static String classPath(List<String> libraries) {
    return libraries.stream().map(ThinManifest::encode).collect(Collectors.joining(" "));
  }

  private static String encode(String path) {
    StringBuilder url = new StringBuilder();
    for (byte b : path.getBytes(UTF_8)) {
      char c = (char) b;
      boolean alphanumeric = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
      if (alphanumeric || UNRESERVED.indexOf(c) >= 0) {
        url.append(c);
      } else {
        url.append(String.format(Locale.ROOT, "%%%02X", b));
      }
    }
    return url.toString();
  }

  private static void writeSection(ByteArrayOutputStream out, Map<String, String> attributes) {
    attributes.forEach((name, value) -> writeLine(out, name + ": " + value));
    out.writeBytes(new byte[] {'\r', '\n'});
  }

  /** Wraps after 72 bytes, between characters. */
  private static void writeLine(ByteArrayOutputStream out, String line) {
    byte[] bytes = line.getBytes(UTF_8);
    int start = 0;
    int room = LINE;
    while (bytes.length - start > room) {
      int end = start + room;
      while ((bytes[end] & 0xC0) == 0x80) {
        end--;
      }
      out.write(bytes, start, end - start);
      out.writeBytes(new byte[] {'\r', '\n', ' '});
      start = end;
      room = LINE - 1;
    }
    out.write(bytes, start, bytes.length - start);
    out.writeBytes(new byte[] {'\r', '\n'});
  }
}
