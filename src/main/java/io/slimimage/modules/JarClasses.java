package io.slimimage.modules;

import io.slimimage.blob.ZipItem;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The classes that a JDK of some release sees in a jar.
 *
 * @param manifest the main attributes of its manifest
 * @param classes the class files by the name of the class with dots
 * @see <a href="https://openjdk.org/jeps/238">JEP 238, multi-release jars</a>
 */
record JarClasses(Attributes manifest, SortedMap<String, ZipItem> classes) {

  private static final String SUFFIX = ".class";
  private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/(\\d{1,6})/(.+)");
  private static final int FIRST_VERSION = 9;

  static JarClasses of(Collection<ZipItem> items, int feature) {
    Attributes manifest = manifest(items);
    boolean versions = "true".equalsIgnoreCase(manifest.getValue("Multi-Release"));
    SortedMap<String, ZipItem> classes = new TreeMap<>();
    SortedMap<String, Integer> releases = new TreeMap<>();
    for (ZipItem item : items) {
      String path = item.name();
      if (!path.endsWith(SUFFIX)) {
        continue;
      }
      int release = 0;
      Matcher versioned = VERSIONED.matcher(path);
      if (versioned.matches()) {
        release = Integer.parseInt(versioned.group(1));
        if (!versions || release < FIRST_VERSION || release > feature) {
          continue;
        }
        path = versioned.group(2);
      }
      String name = path.substring(0, path.length() - SUFFIX.length()).replace('/', '.');
      if (releases.getOrDefault(name, -1) < release) {
        releases.put(name, release);
        classes.put(name, item);
      }
    }
    return new JarClasses(manifest, classes);
  }

  /** A manifest that cannot be read says nothing; its jar may work as it is. */
  private static Attributes manifest(Collection<ZipItem> items) {
    for (ZipItem item : items) {
      if (item.name().equalsIgnoreCase("META-INF/MANIFEST.MF")) {
        try (InputStream in = item.content().open()) {
          return new Manifest(in).getMainAttributes();
        } catch (IOException e) {
          break;
        }
      }
    }
    return new Attributes();
  }
}
