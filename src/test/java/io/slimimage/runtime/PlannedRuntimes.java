package io.slimimage.runtime;

import static io.slimimage.runtime.LinkedRuntimes.copy;

import io.slimimage.RecordedLog;
import io.slimimage.TestJars;
import io.slimimage.TestJdks;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.blob.EarlierBuilds;
import io.slimimage.blob.FileDigests;
import io.slimimage.layer.DirectoryTree;
import io.slimimage.layer.LayerEntry;
import io.slimimage.modules.ClassPath;
import io.slimimage.modules.Jdk;
import io.slimimage.modules.ModuleScan;
import io.slimimage.modules.ModuleSelection;
import io.slimimage.modules.ScannedJar;
import io.slimimage.system.BaseSystem;
import io.slimimage.system.TestLibrary;
import io.slimimage.system.TestSystem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Plans runtime layers again and again: on a small system, for a small application, from a JDK of a
 * few words that is known to have the modules of the running one, and with a {@code jlink} that is
 * a script.
 */
final class PlannedRuntimes {

  static final String LIBRARIES = "/usr/lib/x86_64-linux-gnu";

  /** Takes the runtime of the small system, notes its options in it, and counts. */
  private static final String JLINK =
      """
      #!/bin/sh
      for output; do :; done
      output="${output#--output=}"
      home="$(dirname "$0")/.."
      echo linked >> "$home/linked"
      cp -r "$home/small" "$output"
      echo "$*" | sed 's/--output=.*//' > "$output/lib/modules"
      """;

  private static final String STATUS =
      """
      Package: libc6
      Status: install ok installed
      Architecture: amd64
      Version: %s

      Package: libz
      Status: install ok installed
      Architecture: amd64
      Version: 1
      """;

  final RecordedLog log = new RecordedLog();
  final Path work;
  final Path home;
  final TestSystem system;
  final List<ScannedJar> libraries = new ArrayList<>();
  final List<X509Certificate> certificates = new ArrayList<>();
  TestJars own = TestJars.jar().add("app/text.txt", "one");
  ModuleSelection selection = ModuleSelection.FOUND;
  List<String> locales = List.of();
  JimageForm form = JimageForm.PULL;
  String user = "65532";
  String userHome = "home/nonroot";
  Optional<BaseSystem> base = Optional.of(BaseSystem.SCRATCH);
  List<LayerEntry.Directory> directories = List.of();

  /**
   * Makes a system, a JDK and an application that brings native code.
   *
   * @param work an empty directory
   * @param known has what an earlier build has found out of the running JDK's modules
   */
  PlannedRuntimes(Path work, Path known) throws IOException {
    this.work = work;
    this.home = work.resolve("jdk");
    this.system =
        TestSystem.glibc(work, LIBRARIES, "2.36")
            .library(LIBRARIES + "/libz.so.1", TestLibrary.needing("libc.so.6"))
            .file("/etc/os-release", "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n")
            .file("/etc/ld.so.conf", "include /etc/ld.so.conf.d/*.conf\n")
            .file("/var/lib/dpkg/info/libc6.list", packaged("libc.so.6", "libgcc_s.so.1"))
            .file("/var/lib/dpkg/info/libz.list", packaged("libz.so.1"));
    install("2.36-9");
    makeJdk();
    Files.createDirectories(cache().resolve("records"));
    copy(known.resolve("records/jdk-modules"), cache().resolve("records/jdk-modules"));
    byte[] code = TestLibrary.needing("libz.so.1").bytes();
    Blob jar = Blob.of(TestJars.jar().add("linux/libjz.so", code).bytes());
    libraries.add(new ScannedJar("zlib.jar", false, jar));
  }

  /** Finds out the modules of the running JDK. */
  static Path known(Path cache) {
    FileDigests digests = FileDigests.unkept();
    ScannedJar jar = new ScannedJar("a.jar", true, Blob.of(TestJars.jar().add("a", "a").bytes()));
    ModuleScan.scan(
        TestJdks.running(),
        ClassPath.of(List.of(jar), digests),
        ModuleSelection.FOUND,
        List.of(),
        EarlierBuilds.in(cache, digests),
        new RecordedLog());
    return cache;
  }

  private static String packaged(String... libraries) {
    StringBuilder list = new StringBuilder("/etc/os-release\n/lib64/ld-linux-x86-64.so.2\n");
    list.append("/usr/lib/locale/C.utf8/LC_CTYPE\n");
    for (String library : libraries) {
      list.append(LIBRARIES).append('/').append(library).append('\n');
    }
    return list.toString();
  }

  /** Has {@code dpkg} write its status. */
  void install(String version) {
    system.file("/var/lib/dpkg/status", status(version));
  }

  static String status(String version) {
    return STATUS.formatted(version);
  }

  private void makeJdk() throws IOException {
    Jdk real = TestJdks.running();
    for (String directory : new String[] {"bin", "lib/security", "lib/server"}) {
      Files.createDirectories(home.resolve(directory));
    }
    Files.copy(real.home().resolve("release"), home.resolve("release"));
    Files.writeString(home.resolve("lib/modules"), "modules");
    Files.copy(system.runtime().resolve("bin/java"), home.resolve("bin/java"));
    copy(system.runtime(), home.resolve("small"));
    jlink(JLINK);
  }

  void jlink(String script) throws IOException {
    Path tool = Files.writeString(home.resolve("bin/jlink"), script);
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Puts certificates into the JDK's trust store. */
  void trust(List<X509Certificate> trusted) throws IOException {
    Files.write(home.resolve("lib/security/cacerts"), JksWriter.write(trusted));
  }

  /** Returns a plan as the next build makes it. */
  RuntimePlan plan() {
    FileDigests digests = FileDigests.unkept();
    List<ScannedJar> jars = new ArrayList<>();
    jars.add(new ScannedJar("app.jar", true, Blob.of(own.bytes())));
    jars.addAll(libraries);
    RuntimeRequest request =
        new RuntimeRequest(
            Jdk.at(home),
            jars,
            selection,
            locales,
            form,
            certificates,
            new RuntimeRequest.Container(user, userHome, system.extra(), base, directories),
            system.root());
    return new RuntimePlan(request, EarlierBuilds.in(cache(), digests), log);
  }

  Digest key() throws IOException {
    return plan().key();
  }

  /** Returns the entries of a layer by their paths, with what they hold. */
  static TreeMap<String, String> entries(RuntimePlan plan) throws IOException {
    TreeMap<String, String> entries = new TreeMap<>();
    for (LayerEntry entry : plan.layer().entries()) {
      String content =
          entry instanceof LayerEntry.File file
              ? file.mode() + " " + Digest.sha256(file.content())
              : entry.toString();
      entries.put(entry.path(), content);
    }
    return entries;
  }

  Path cache() {
    return work.resolve("cache");
  }

  /** Returns how often the JDK was linked. */
  long links() throws IOException {
    Path linked = home.resolve("linked");
    return Files.exists(linked) ? Files.readAllLines(linked).size() : 0;
  }

  /** Takes away the runtimes that were linked, so that whoever needs one has to link again. */
  void forgetRuntimes() throws IOException {
    DirectoryTree.delete(cache().resolve("runtimes"));
  }

  /** Returns the records of a kind. */
  List<Path> records(String kind) throws IOException {
    try (Stream<Path> files = Files.walk(cache().resolve("records").resolve(kind))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /** A jar that earlier builds have looked into, and that nobody may open. */
  record Closed(Digest digest, long size) implements Blob {

    static Closed of(Blob blob) throws IOException {
      return new Closed(Digest.sha256(blob), blob.size());
    }

    @Override
    public Digest key(FileDigests digests) {
      return digest;
    }

    @Override
    public InputStream open() {
      throw new AssertionError("the jar is read again");
    }

    @Override
    public SeekableByteChannel openChannel() {
      throw new AssertionError("the jar is opened again");
    }
  }

  /**
   * Takes away what is needed to make a layer, and not to find that nothing has changed: the
   * libraries, the runtimes that were linked, and the lists of packages' files.
   */
  void takeAwayWhatOnlyWorkNeeds() throws IOException {
    forgetRuntimes();
    system.file("/var/lib/dpkg/info/libc6.list", "");
    libraries.replaceAll(
        jar -> {
          try {
            return new ScannedJar(jar.name(), jar.own(), Closed.of(jar.content()));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
