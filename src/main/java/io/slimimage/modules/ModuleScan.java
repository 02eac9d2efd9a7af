package io.slimimage.modules;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.slimimage.BuildLog;
import io.slimimage.blob.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Finds the modules that an application needs of its JDK: those that its classes refer to, those
 * with classes that its strings name, those that a table of rules adds, and all that these require.
 */
public final class ModuleScan {

  /** Goes up with each change of what a scan finds or how it is kept. */
  private static final String FORMAT = "1";

  private final Jdk jdk;
  private final Rules rules = Rules.load();
  private final ScanCache cache;
  private final JdkImage image;
  private final String release;

  private ModuleScan(Jdk jdk, ScanCache cache, JdkImage image) {
    this.jdk = jdk;
    this.cache = cache;
    this.image = image;
    this.release = new TreeMap<>(jdk.release()).toString();
  }

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
    try (JdkImage image = new JdkImage(jdk)) {
      ModuleScan scan = new ModuleScan(jdk, new ScanCache(cache, log), image);
      JdkModules modules = scan.modules();
      List<JarScan> scans = scan.jars(jars, modules);
      new ScanProblems(jdk, log).report(jars, scans);
      RuleBook book = new RuleBook(scan.rules, jdk.feature(), jars, scans, locales);
      ModuleSet set = new ModuleResolution(jdk, modules, book, selection).resolve(jars, scans);
      for (ModuleUse use : set.uses()) {
        log.debug("Module " + use.inWords());
      }
      log.debug("Features of the runtime: " + set.features());
      return set;
    }
  }

  private JdkModules modules() {
    return cached("jdk", "", JdkModules.class, image::modules);
  }

  private List<JarScan> jars(List<ScannedJar> jars, JdkModules modules) {
    JarScanner scanner = new JarScanner(jdk, modules, image, rules);
    ExecutorService executor =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<JarScan>> futures = new ArrayList<>();
      for (ScannedJar jar : jars) {
        futures.add(executor.submit(() -> jar(jar, scanner)));
      }
      List<JarScan> scans = new ArrayList<>();
      for (Future<JarScan> future : futures) {
        scans.add(future.get());
      }
      return scans;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      executor.shutdownNow();
    }
  }

  private JarScan jar(ScannedJar jar, JarScanner scanner) {
    try {
      String content = rules.digest() + " " + Digest.sha256(jar.content());
      return cached("jar", content, JarScan.class, () -> scanner.scan(jar));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + jar.name(), e);
    }
  }

  private <T> T cached(String kind, String content, Class<T> type, Supplier<T> work) {
    String inputs = FORMAT + " " + release + " " + content;
    String key = kind + "-" + Digest.sha256(inputs.getBytes(UTF_8)).hex();
    return cache
        .read(key, type)
        .orElseGet(
            () -> {
              T result = work.get();
              cache.write(key, result);
              return result;
            });
  }
}
