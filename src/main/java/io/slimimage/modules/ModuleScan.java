package io.slimimage.modules;

import io.slimimage.BuildLog;
import io.slimimage.NotedWarnings;
import io.slimimage.blob.Digest;
import io.slimimage.blob.EarlierBuilds;
import io.slimimage.blob.FieldLines;
import io.slimimage.blob.Records;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Finds the modules that an application needs of its JDK: those that its classes refer to, those
 * with classes that its strings name, those that a table of rules adds, and all that these require.
 *
 * <p>What was found in a jar is kept by its content, and what it came to by what was found in all
 * of them: a jar that changes is scanned again, and where the same is found in it, that is all.
 */
public final class ModuleScan {

  /** Goes up with each change of what a scan finds or how it is kept. */
  private static final String FORMAT = "2";

  private final Jdk jdk;
  private final ClassPath classPath;
  private final ModuleSelection selection;
  private final List<String> locales;
  private final EarlierBuilds earlier;

  /** All that a scan of a jar depends on besides the jar. */
  private final String inputs;

  private ModuleScan(
      Jdk jdk,
      ClassPath classPath,
      ModuleSelection selection,
      List<String> locales,
      EarlierBuilds earlier) {
    this.jdk = jdk;
    this.classPath = classPath;
    this.selection = selection;
    this.locales = locales;
    this.earlier = earlier;
    this.inputs = FORMAT + " " + new TreeMap<>(jdk.release()) + " " + Rules.digest();
  }

  /**
   * Scans a class path.
   *
   * @param jdk the JDK that the runtime is linked from
   * @param classPath the class path in its order
   * @param selection what the user decides about the modules
   * @param locales the languages that the application is to know besides English, as BCP 47 tags
   * @param earlier what was found before
   * @param log gets each module and why it is needed, at debug level
   * @throws io.slimimage.SlimImageException if a module of the selection does not exist, a jar is
   *     corrupt, or a class is newer than the JDK
   */
  public static ModuleSet scan(
      Jdk jdk,
      ClassPath classPath,
      ModuleSelection selection,
      List<String> locales,
      EarlierBuilds earlier,
      BuildLog log) {
    ModuleSet set = new ModuleScan(jdk, classPath, selection, locales, earlier).run(log);
    for (ModuleUse use : set.uses()) {
      log.debug("Module " + use.inWords());
    }
    log.debug("Features of the runtime: " + set.features());
    return set;
  }

  private ModuleSet run(BuildLog log) {
    try (JdkImage image = new JdkImage(jdk)) {
      Records records = earlier.records();
      LazyScanner scanner = new LazyScanner(image);
      JarFindings scans = new JarFindings(classPath, records, "scan", inputs, scanner);
      Digest key = key(scans.digests());
      Optional<KnownModules> known = records.find("modules", key).flatMap(KnownModules::parse);
      if (known.isPresent()) {
        known.get().warnings().forEach(log::warn);
        return known.get().set();
      }
      NotedWarnings noted = new NotedWarnings(log);
      ModuleSet set = resolve(scanner.parts(), scans.texts(), noted);
      records.put("modules", key, new KnownModules(set, noted.warnings()).toText());
      return set;
    }
  }

  private ModuleSet resolve(Parts parts, List<String> texts, BuildLog log) {
    List<ScannedJar> jars = classPath.scanned();
    List<JarScan> scans = texts.stream().map(JarScan::parse).toList();
    new ScanProblems(jdk, log).report(jars, scans);
    RuleBook book = new RuleBook(parts.rules(), jdk.feature(), jars, scans, locales);
    return new ModuleResolution(jdk, parts.modules(), book, selection).resolve(jars, scans);
  }

  /** Names the modules that come of what was found in the jars, and the warnings about it. */
  private Digest key(List<Digest> found) {
    FieldLines text = new FieldLines();
    text.add(inputs, earlier.code().hex(), jdk.home().toString());
    selection.only().forEach(module -> text.add("only", module));
    selection.add().forEach(module -> text.add("add", module));
    selection.exclude().forEach(module -> text.add("exclude", module));
    locales.forEach(tag -> text.add("locale", tag));
    for (int i = 0; i < found.size(); i++) {
      ScannedJar jar = classPath.jars().get(i).jar();
      text.add(jar.own() ? "own" : "library", jar.name(), found.get(i).hex());
    }
    return Digest.sha256(text.toString());
  }

  /** The table of rules and the modules of the JDK. */
  private record Parts(Rules rules, JdkModules modules) {}

  /** A scanner that is made when the first jar is to be scanned. */
  private final class LazyScanner implements Function<ScannedJar, String> {

    private final JdkImage image;
    private Parts parts;
    private JarScanner scanner;

    LazyScanner(JdkImage image) {
      this.image = image;
    }

    @Override
    public String apply(ScannedJar jar) {
      return scanner().scan(jar).toText();
    }

    synchronized Parts parts() {
      if (parts == null) {
        parts = new Parts(Rules.load(), modules());
      }
      return parts;
    }

    private synchronized JarScanner scanner() {
      if (scanner == null) {
        scanner = new JarScanner(jdk, parts().modules(), image, parts().rules());
      }
      return scanner;
    }

    private JdkModules modules() {
      Digest key = Digest.sha256(inputs);
      return earlier
          .records()
          .find("jdk-modules", key)
          .map(JdkModules::parse)
          .orElseGet(
              () -> {
                JdkModules modules = image.modules();
                earlier.records().put("jdk-modules", key, modules.toText());
                return modules;
              });
    }
  }
}
