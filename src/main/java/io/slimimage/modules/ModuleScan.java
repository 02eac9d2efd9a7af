package io.slimimage.modules;

import io.slimimage.BuildLog;
import java.nio.file.Path;
import java.util.List;

/** Finds the modules that an application needs of its JDK. */
public final class ModuleScan {

  private ModuleScan() {}

  /**
   * Scans a class path.
   *
   * @param jdk the JDK that the runtime is linked from
   * @param jars the class path in its order
   * @param selection what the user decides about the modules
   * @param locales the languages that the application is to know besides English, as BCP 47 tags
   * @param cache a directory for what was found in a jar, by the jar's content; need not exist
   * @param log gets each module and why it is needed, at debug level
   * @throws io.slimimage.SlimImageException if a module of the selection does not exist, a jar is
   *     corrupt, or a class is newer than the JDK
   */
  public static ModuleSet scan(
      Jdk jdk,
      List<ScannedJar> jars,
      ModuleSelection selection,
      List<String> locales,
      Path cache,
      BuildLog log) {
    throw new UnsupportedOperationException();
  }
}
