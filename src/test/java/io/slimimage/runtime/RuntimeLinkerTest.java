package io.slimimage.runtime;

import static io.slimimage.runtime.LinkedRuntimes.copy;
import static io.slimimage.runtime.LinkedRuntimes.describe;
import static io.slimimage.runtime.LinkedRuntimes.modules;
import static io.slimimage.runtime.LinkedRuntimes.probe;
import static io.slimimage.runtime.LinkedRuntimes.run;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.slimimage.RecordedLog;
import io.slimimage.SlimImageException;
import io.slimimage.TestJdks;
import io.slimimage.blob.Digest;
import io.slimimage.elf.ElfStripper;
import io.slimimage.elf.UnwindIndex;
import io.slimimage.modules.Jdk;
import io.slimimage.modules.RuntimeFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links real runtimes; the tests share them by the cache. */
class RuntimeLinkerTest {

  private static final List<String> SMALL = List.of("java.base");
  private static final List<String> DESKTOP =
      List.of(
          "java.base",
          "java.datatransfer",
          "java.desktop",
          "java.prefs",
          "java.xml",
          "jdk.localedata");

  private static final RecordedLog LOG = new RecordedLog();

  @TempDir static Path directory;

  static List<Jdk> jdks() {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "no Linux");
    return TestJdks.all();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void runsWithTheWantedModulesOnly(Jdk jdk) throws Exception {
    assertThat(modules(small(jdk))).containsExactlyElementsOf(SMALL);
    assertThat(modules(desktop(jdk))).containsExactlyElementsOf(DESKTOP);
    assertThat(probe(small(jdk), RuntimeProbe.class, "vm").get("vm")).contains("Server VM");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void knowsTheWantedLanguagesAndEnglish(Jdk jdk) throws Exception {
    Map<String, String> wanted =
        probe(desktop(jdk), RuntimeProbe.class, "korean", "german", "english");

    assertThat(wanted.get("korean")).contains("월요일");
    assertThat(wanted.get("english")).contains("Monday");
    assertThat(wanted.get("german")).doesNotContain("Montag");
    assertThat(probe(small(jdk), RuntimeProbe.class, "korean").get("korean")).doesNotContain("월요일");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void drawsWithTheFeature(Jdk jdk) throws Exception {
    assumeThat(probe(jdk.home(), DrawingProbe.class, "text").get("text"))
        .as("text, for which this machine needs fonts")
        .isEqualTo("drawn");
    Map<String, String> drawn =
        probe(desktop(jdk), DrawingProbe.class, "text", "jpeg", "scaled", "gray", "blurred");

    assertThat(drawn)
        .containsEntry("text", "drawn")
        .containsEntry("jpeg", "true")
        .containsEntry("scaled", "20")
        .containsEntry("gray", "true")
        .containsEntry("blurred", "true");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void doesWithoutDrawingWhatNeedsNoFont(Jdk jdk) throws Exception {
    Map<String, String> found =
        probe(
            withoutDrawing(jdk),
            DrawingProbe.class,
            "beans",
            "color",
            "rectangle",
            "readers",
            "png");

    assertThat(found).containsEntry("color", "-5111808").containsEntry("png", "true");
    assertThat(found).containsEntry("rectangle", "2.5").doesNotContainEntry("readers", "0");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void namesTheLibrariesThatDrawingMisses(Jdk jdk) throws Exception {
    Map<String, String> missing =
        probe(withoutDrawing(jdk), DrawingProbe.class, "text", "jpeg", "scaled", "gray");

    assertThat(missing.get("text")).contains("fontmanager");
    assertThat(missing.get("jpeg")).contains("javajpeg");
    assertThat(missing.get("scaled")).contains("Unable to transform");
    assertThat(missing.get("gray")).contains("lcms");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void hasNoSymbolTables(Jdk jdk) throws IOException {
    Path jvm = small(jdk).resolve("lib/server/libjvm.so");
    Path copy = Files.copy(jvm, Files.createTempDirectory(directory, "jvm").resolve("libjvm.so"));

    assertThat(ElfStripper.strip(copy)).isZero();
    assertThat(Files.size(jvm)).isLessThan(Files.size(original(jdk)) - 3_000_000);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void hasNoUnwindIndex(Jdk jdk) throws IOException {
    Path jvm = small(jdk).resolve("lib/server/libjvm.so");
    Path copy = Files.copy(jvm, Files.createTempDirectory(directory, "jvm").resolve("libjvm.so"));

    assertThat(UnwindIndex.clear(copy)).isZero();
    assertThat(UnwindIndex.clear(Files.copy(original(jdk), copy, REPLACE_EXISTING)))
        .isGreaterThan(100_000);
  }

  /** The JDK reads the list of suffixes as a stream, which takes stored entries with sizes only. */
  @ParameterizedTest
  @MethodSource("jdks")
  void storesWhatItsArchivesHold(Jdk jdk) throws IOException {
    for (String archive : List.of("lib/jrt-fs.jar", "lib/security/public_suffix_list.dat")) {
      Path small = small(jdk).resolve(archive);

      assertThat(unzip(small)).isNotEmpty().isEqualTo(unzip(jdk.home().resolve(archive)));
      assertThat(gzipped(small)).isLessThan(gzipped(jdk.home().resolve(archive)) * 95 / 100);
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void keepsWhatAContainerMayAskFor(Jdk jdk) {
    assertThat(
            Stream.of(
                "bin/java",
                "bin/keytool",
                "conf/security/java.security",
                "legal/java.base",
                "lib/jspawnhelper",
                "lib/security/cacerts",
                "release"))
        .allSatisfy(file -> assertThat(small(jdk).resolve(file)).exists());
  }

  /** What jlink compresses takes less space on disk, and more of a layer. */
  @Test
  void isSmallestWhereTheFormSaysSo() throws IOException {
    Jdk jdk = jdks().get(0);
    Path pull = small(jdk).resolve("lib/modules");
    Path disk =
        link(new LinkRequest(jdk, SMALL, Set.of(), List.of(), JimageForm.DISK))
            .resolve("lib/modules");

    assertThat(Files.size(disk)).isLessThan(Files.size(pull) * 8 / 10);
    assertThat(gzipped(pull)).isLessThan(gzipped(disk) * 8 / 10);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void leavesToLayersWhatTheyCompressBetter(Jdk jdk) throws IOException {
    Path pull = small(jdk).resolve("lib/modules");
    Path disk = desktop(jdk).resolve("lib/modules");

    assertThat(gzipped(pull)).isLessThan(Files.size(pull) / 2);
    assertThat(gzipped(disk)).isGreaterThan(Files.size(disk) * 8 / 10);
  }

  /** Here without {@code objcopy} on the path, and as another user of another country would. */
  @ParameterizedTest
  @MethodSource("jdks")
  void linksTheSameBytesElsewhere(Jdk jdk) throws IOException {
    Path home = Files.createTempDirectory(directory, "my jdk's ");
    Path tool = Files.createDirectories(home.resolve("bin")).resolve("jlink");
    Files.writeString(
        tool,
        "#!/bin/sh\numask 077\nexport PATH=/none TZ=Asia/Seoul LC_ALL=C\nexec '"
            + jdk.home().resolve("bin/jlink")
            + "' \"$@\"\n");
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
    Jdk wrapped = new Jdk(home, jdk.feature(), jdk.release());

    Path other =
        RuntimeLinker.link(
            new LinkRequest(wrapped, SMALL, Set.of(), List.of(), JimageForm.PULL),
            home.resolve("other cache"),
            new RecordedLog());

    assertThat(describe(other)).containsExactlyInAnyOrderEntriesOf(describe(small(jdk)));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void leavesOutOnlyTranslationsOfWhatStays(Jdk jdk) throws Exception {
    List<String> all = list(jdk, jdk.home().resolve("lib/modules"));
    List<String> kept = list(jdk, desktop(jdk).resolve("lib/modules"));
    List<String> removed =
        all.stream()
            .filter(name -> DESKTOP.contains(name.split("/")[1]))
            .filter(name -> !name.startsWith("/jdk.localedata/"))
            .filter(name -> !kept.contains(name) && !name.contains("/SystemModules$"))
            .filter(name -> !name.contains("LambdaForm") && !name.contains("$Holder"))
            .toList();

    assertThat(removed)
        .anyMatch(name -> name.endsWith("_de.class"))
        .noneMatch(name -> name.contains("_ko.") || name.contains("_en."));
    assertThat(removed)
        .allSatisfy(
            name ->
                assertThat(kept)
                    .anyMatch(name.replaceFirst("_[a-z]{2}(_[A-Z]{2})?\\.", ".")::equals));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void doesNotRepeatWarningsOfJlink(Jdk jdk) {
    small(jdk);

    assertThat(LOG.infos()).isEmpty();
    assertThat(LOG.warnings()).isEmpty();
  }

  @Test
  void refusesAnUnknownModule() {
    LinkRequest request =
        new LinkRequest(
            jdks().get(0), List.of("no.such.module"), Set.of(), List.of(), JimageForm.PULL);

    assertThatThrownBy(() -> link(request))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("jlink failed")
        .hasMessageContaining("Module no.such.module not found");
  }

  @Test
  void keepsTheNativeCodeThatAFeatureNeeds() {
    assertThat(NativeParts.without(Set.of()))
        .contains("libfontmanager.so", "libawt_xawt.so", "libjsound.so")
        .doesNotContain("libawt.so", "libawt_headless.so");
    assertThat(NativeParts.without(Set.of(RuntimeFeature.DRAWING)))
        .containsExactlyInAnyOrder(
            "libawt_xawt.so", "libjawt.so", "libsplashscreen.so", "libjsound.so");
    assertThat(NativeParts.without(Set.of(RuntimeFeature.SCREEN))).containsExactly("libjsound.so");
    assertThat(NativeParts.without(Set.of(RuntimeFeature.values()))).isEmpty();
  }

  private static Path small(Jdk jdk) {
    return link(new LinkRequest(jdk, SMALL, Set.of(), List.of(), JimageForm.PULL));
  }

  /** In the other form, which takes half the time to link. */
  private static Path desktop(Jdk jdk) {
    return link(
        new LinkRequest(
            jdk, DESKTOP, Set.of(RuntimeFeature.DRAWING), List.of("ko-KR"), JimageForm.DISK));
  }

  /** Returns what the same modules without the feature make: a link that is spared. */
  private static Path withoutDrawing(Jdk jdk) throws IOException {
    Path copy = directory.resolve("without-drawing-" + jdk.feature());
    if (Files.notExists(copy)) {
      copy(desktop(jdk), copy);
      RuntimeTrim.trim(copy, Set.of());
    }
    return copy;
  }

  private static Path link(LinkRequest request) {
    return RuntimeLinker.link(request, directory.resolve("cache"), LOG);
  }

  private static List<String> list(Jdk jdk, Path jimage) throws Exception {
    List<String> names = new ArrayList<>();
    String module = "";
    String tool = jdk.home().resolve("bin/jimage").toString();
    for (String line : run(tool, "list", jimage.toString()).lines().toList()) {
      if (line.startsWith("Module: ")) {
        module = line.substring(8);
      } else if (line.startsWith("    ")) {
        names.add("/" + module + "/" + line.strip());
      }
    }
    return names;
  }

  private static Path original(Jdk jdk) {
    return jdk.home().resolve("lib/server/libjvm.so");
  }

  private static Map<String, String> unzip(Path archive) throws IOException {
    Map<String, String> entries = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(archive))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), Digest.sha256(in.readAllBytes()).hex());
      }
    }
    return entries;
  }

  private static long gzipped(Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      Files.copy(file, out);
    }
    return bytes.size();
  }
}
