package io.slimimage.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.slimimage.RecordedLog;
import io.slimimage.TestJdks;
import io.slimimage.layer.LayerEntry;
import io.slimimage.modules.Jdk;
import io.slimimage.modules.RuntimeFeature;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The libraries of this machine's own JDKs, beside what its own loader says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostLibrariesTest {

  /** What ldd writes: a name and where it was found, or the loader, which is found by its path. */
  private static final Pattern FOUND = Pattern.compile("\\s(?:(\\S+) => )?(/\\S+) \\(0x.*");

  @TempDir Path work;

  @BeforeAll
  void needsTheGnuLoader() {
    assumeTrue(Files.exists(Path.of("/usr/bin/ldd")), "no ldd");
    assumeTrue(SystemFiles.untraceable(Path.of("/")).isEmpty(), "no dpkg");
  }

  static List<Jdk> jdks() {
    return TestJdks.all();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void areThoseThatTheLoaderFinds(Jdk jdk) throws Exception {
    Path runtime =
        TestJdks.link(jdk, work.resolve(Integer.toString(jdk.feature())), "java.desktop");
    Set<String> expected = new TreeSet<>(Set.of("libgcc_s.so.1"));
    try (Stream<Path> files = Files.walk(runtime)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.toString().matches(".*\\.so|.*/bin/.*|.*/jexec|.*/jspawnhelper")) {
          expected.addAll(namesOfLdd(file, runtime));
        }
      }
    }
    RecordedLog log = new RecordedLog();
    Map<String, LayerEntry> entries = new TreeMap<>();
    SystemFiles.of(request(jdk.home(), runtime), HostReads.unnoted(), log)
        .forEach(entry -> entries.put(entry.path(), entry));

    assertThat(entries.keySet().stream().filter(path -> path.contains(".so")))
        .extracting(path -> path.substring(path.lastIndexOf('/') + 1))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(entries)
        .containsKeys("etc/passwd", "etc/os-release", "tmp", "usr/lib/locale/C.utf8/LC_CTYPE");
    assertThat(log.warnings()).noneMatch(warning -> warning.contains("belongs to no package"));
    assertThat(entries.keySet().stream().filter(path -> path.contains("status.d/libc6")).toList())
        .hasSize(2);
  }

  private Set<String> namesOfLdd(Path file, Path runtime) throws Exception {
    Process ldd = new ProcessBuilder("ldd", file.toString()).redirectErrorStream(true).start();
    String output = new String(ldd.getInputStream().readAllBytes());
    ldd.waitFor();
    return output
        .lines()
        .map(FOUND::matcher)
        .filter(Matcher::matches)
        .map(hit -> hit.group(2))
        .filter(path -> !Path.of(path).normalize().startsWith(runtime))
        .map(path -> path.substring(path.lastIndexOf('/') + 1))
        .collect(Collectors.toSet());
  }

  private SystemRequest request(Path jdk, Path runtime) {
    return new SystemRequest(
        Path.of("/"),
        jdk,
        runtime,
        List.of(),
        work.resolve("none"),
        Set.<RuntimeFeature>of(),
        BaseSystem.SCRATCH,
        "65532",
        "home/nonroot");
  }
}
