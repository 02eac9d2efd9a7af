package io.slimimage.modules;

import io.slimimage.blob.ZipCatalog;
import io.slimimage.blob.ZipItem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Scans jars for what they need of one JDK, by one table of rules. */
final class JarScanner {

  private static final String SERVICES = "META-INF/services/";
  private static final String MODULE_INFO = "module-info";

  private final Jdk jdk;
  private final JdkModules modules;
  private final Map<String, String> owners;
  private final JdkImage image;
  private final Rules rules;

  JarScanner(Jdk jdk, JdkModules modules, JdkImage image, Rules rules) {
    this.jdk = jdk;
    this.modules = modules;
    this.owners = modules.owners();
    this.image = image;
    this.rules = rules;
  }

  /**
   * Scans a jar.
   *
   * @throws io.slimimage.SlimImageException if the jar is corrupt
   */
  JarScan scan(ScannedJar jar) {
    List<ZipItem> items = ZipCatalog.read(jar.content(), jar.name()).items();
    JarClasses jarClasses = JarClasses.of(items, jdk.feature());
    Findings findings = new Findings(jdk.feature(), owners, image, rules);
    jarClasses.manifest().keySet().forEach(key -> findings.attribute(key.toString()));
    items.stream()
        .map(ZipItem::name)
        .filter(name -> name.startsWith(SERVICES))
        .forEach(name -> findings.service(name.substring(SERVICES.length())));
    jarClasses.classes().forEach((name, item) -> scan(name, bytes(item, jar.name()), findings));
    return findings.result();
  }

  private static byte[] bytes(ZipItem item, String jar) {
    try (InputStream in = item.content().open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + jar, e);
    }
  }

  private void scan(String name, byte[] file, Findings findings) {
    try {
      ConstantPool constants = ConstantPool.read(file);
      if (name.equals(MODULE_INFO)) {
        ModuleInfo.read(file).requires().stream()
            .filter(modules::has)
            .forEach(module -> findings.module(module, name));
      }
      findings.add(name, constants);
    } catch (IOException e) {
      findings.damaged(name, e.getMessage());
    }
  }
}
