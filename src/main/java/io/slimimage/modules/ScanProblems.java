package io.slimimage.modules;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Tells classes that no JDK can load from those that matter. The application's own must all be
 * sound. Libraries carry templates that only look like class files, and classes for a newer Java
 * that they load where they can: those are worth a warning.
 */
record ScanProblems(Jdk jdk, BuildLog log) {

  /**
   * Reports what is wrong with the classes of a class path.
   *
   * @throws SlimImageException if the application cannot work with that
   */
  void report(List<ScannedJar> jars, List<JarScan> scans) {
    for (int i = 0; i < scans.size(); i++) {
      report(jars.get(i), scans.get(i));
    }
  }

  private void report(ScannedJar jar, JarScan scan) {
    if (!scan.damaged().isEmpty()) {
      reportDamaged(jar, scan.damaged());
    }
    if (!scan.newer().isEmpty()) {
      reportNewer(jar, scan.newer(), scan.allNewer());
    }
  }

  private void reportDamaged(ScannedJar jar, SortedMap<String, String> damaged) {
    String first = damaged.firstKey();
    String fact =
        "The class ["
            + first
            + "]"
            + more(damaged)
            + " in ["
            + jar.name()
            + "] cannot be read: "
            + damaged.get(first);
    if (jar.own()) {
      throw new SlimImageException(SlimImageException.advise(fact, "run mvn clean package"));
    }
    log.warn(fact + "; the runtime's modules are found without it");
  }

  private void reportNewer(ScannedJar jar, SortedMap<String, Integer> newer, boolean all) {
    int release = Collections.max(newer.values());
    String fact =
        "The JDK is older than the classes: ["
            + newer.firstKey()
            + "]"
            + more(newer)
            + " in ["
            + jar.name()
            + "] is for Java "
            + release
            + ", and the JDK at ["
            + jdk.home()
            + "] is of release "
            + jdk.feature();
    if (jar.own() || all) {
      throw new SlimImageException(
          SlimImageException.advise(
              fact,
              (jar.own() ? "compile for Java " : "use a version of it for Java ")
                  + jdk.feature()
                  + ", or build with JDK "
                  + release
                  + ": that of 'slimimage.builder.image', or where no engine builds, that of Maven"
                  + " or its toolchain"));
    }
    log.warn(fact + "; other classes of that library can be loaded");
  }

  private static String more(Map<String, ?> all) {
    return all.size() == 1 ? "" : " (and " + (all.size() - 1) + " more)";
  }
}
