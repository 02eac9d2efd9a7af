package io.slimimage.system;

import io.slimimage.RecordedLog;
import io.slimimage.blob.Blob;
import io.slimimage.layer.LayerEntry;
import io.slimimage.modules.RuntimeFeature;
import io.slimimage.modules.ScannedJar;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** A made-up system with a Java runtime, and the request for what an image needs of it. */
public final class TestSystem {

  private static final String GLIBC_LOADER = "/lib64/ld-linux-x86-64.so.2";
  private static final String MUSL_LOADER = "/lib/ld-musl-x86_64.so.1";

  final RecordedLog log = new RecordedLog();
  private final Path work;
  private final List<ScannedJar> jars = new ArrayList<>();
  private Set<RuntimeFeature> features = Set.of();
  private BaseSystem base = BaseSystem.SCRATCH;

  TestSystem(Path work) {
    this.work = work;
  }

  /** A system whose C library and loader lie where they are told. */
  public static TestSystem glibc(Path work, String directory, String version) {
    TestSystem system = new TestSystem(work);
    system.library(directory + "/libc.so.6", TestLibrary.needing().defining("GLIBC_" + version));
    system.library(directory + "/libgcc_s.so.1", TestLibrary.needing("libc.so.6"));
    system.library(GLIBC_LOADER, TestLibrary.needing());
    system.file("/usr/lib/locale/C.utf8/LC_CTYPE", "utf-8");
    system.runtime("bin/java", TestLibrary.needing("libc.so.6").interpreter(GLIBC_LOADER));
    system.runtime("lib/server/libjvm.so", TestLibrary.needing("libc.so.6"));
    return system;
  }

  static TestSystem musl(Path work) {
    TestSystem system = new TestSystem(work);
    system.library(MUSL_LOADER, TestLibrary.needing());
    system.runtime(
        "bin/java", TestLibrary.needing("libc.musl-x86_64.so.1").interpreter(MUSL_LOADER));
    system.runtime("lib/server/libjvm.so", TestLibrary.needing("libc.musl-x86_64.so.1"));
    return system;
  }

  /** Returns the directory that is the system's root. */
  public Path root() {
    return work.resolve("root");
  }

  public Path extra() {
    return work.resolve("extra");
  }

  public TestSystem library(String path, TestLibrary library) {
    library.write(root().resolve(path.substring(1)));
    return this;
  }

  /** Returns the directory of the Java runtime. */
  public Path runtime() {
    return work.resolve("runtime");
  }

  TestSystem runtime(String path, TestLibrary library) {
    library.write(runtime().resolve(path));
    return this;
  }

  public TestSystem file(String path, String text) {
    try {
      Path file = root().resolve(path.substring(1));
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public TestSystem link(String path, String target) {
    try {
      Path link = root().resolve(path.substring(1));
      Files.createDirectories(link.getParent());
      Files.createSymbolicLink(link, Path.of(target));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  TestSystem jar(String name, byte[] content) {
    jars.add(new ScannedJar(name, false, Blob.of(content)));
    return this;
  }

  TestSystem drawing() {
    features = Set.of(RuntimeFeature.DRAWING);
    return this;
  }

  TestSystem base(BaseSystem newBase) {
    base = newBase;
    return this;
  }

  /** Returns the entries for an image by their paths. */
  TreeMap<String, LayerEntry> entries() {
    SystemRequest request =
        new SystemRequest(
            root(),
            root().resolve("opt/jdk"),
            runtime(),
            jars,
            extra(),
            features,
            base,
            "65532",
            "home/nonroot");
    TreeMap<String, LayerEntry> entries = new TreeMap<>();
    SystemFiles.of(request, HostReads.unnoted(), log)
        .forEach(entry -> entries.put(entry.path(), entry));
    return entries;
  }

  /** Returns the paths of the libraries. */
  Set<String> libraries() {
    TreeMap<String, LayerEntry> entries = entries();
    entries.keySet().removeIf(path -> !path.contains(".so"));
    return entries.keySet();
  }

  static String text(LayerEntry entry) {
    try (InputStream in = ((LayerEntry.File) entry).content().open()) {
      return new String(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
