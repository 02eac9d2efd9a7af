package io.slimimage.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.slimimage.blob.Blob;
import io.slimimage.layer.LayerEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The packages of Debian, Ubuntu and their kin. In an image they are described as distroless images
 * do it, which scanners know: one file per package with its stanza of {@code dpkg}'s status, and
 * one with the checksums of its files.
 *
 * @see <a
 *     href="https://github.com/GoogleContainerTools/distroless/blob/main/PACKAGE_METADATA.md">the
 *     metadata of distroless images</a>
 */
final class DpkgDatabase implements PackageDatabase {

  private static final String STATUS = "/var/lib/dpkg/status";
  private static final String DESCRIPTIONS = "var/lib/dpkg/status.d/";
  private static final String DOCUMENTS = "usr/share/doc/";
  private static final String COPYRIGHT = "/copyright";
  private static final int PLAIN = 0644;

  private final HostSystem host;
  private final DpkgFileLists lists;

  private DpkgDatabase(HostSystem host) {
    this.host = host;
    this.lists = new DpkgFileLists(host);
  }

  static Optional<PackageDatabase> of(HostSystem host) {
    return host.find(STATUS).map(status -> new DpkgDatabase(host));
  }

  @Override
  public Metadata describe(Collection<SystemFile> files, Collection<String> others) {
    Set<String> paths =
        Stream.concat(files.stream().map(SystemFile::source), others.stream())
            .collect(Collectors.toCollection(TreeSet::new));
    Map<String, String> owners = lists.owners(paths);
    List<LayerEntry> entries = new ArrayList<>();
    Set<String> packages = new TreeSet<>(owners.values());
    for (String owner : owners.values().stream().sorted().distinct().toList()) {
      packages.addAll(addCopyright(nameOf(owner), entries));
    }
    Map<String, String> stanzas = stanzas(packages);
    stanzas.forEach(
        (name, stanza) -> entries.add(file(DESCRIPTIONS + name, stanza.getBytes(UTF_8))));
    entries.addAll(checksums(files, owners));
    List<SystemFile> unowned =
        files.stream().filter(file -> !owners.containsKey(file.source())).toList();
    return new Metadata(entries, new TreeSet<>(stanzas.keySet()), unowned);
  }

  /** Adds a package's copyright, and returns the package that has it in its place, if so. */
  private Set<String> addCopyright(String name, List<LayerEntry> entries) {
    String path = DOCUMENTS + name + COPYRIGHT;
    Optional<String> real = host.realPath("/" + path).map(file -> file.substring(1));
    if (real.isEmpty()) {
      return Set.of();
    }
    String[] parts = real.get().split("/");
    boolean elsewhere = !real.get().equals(path);
    boolean ofAnother = elsewhere && real.get().startsWith(DOCUMENTS) && parts.length == 5;
    String place = ofAnother ? real.get() : path;
    if (ofAnother) {
      entries.add(new LayerEntry.Symlink(path, "../" + parts[3] + COPYRIGHT));
    }
    if (entries.stream().noneMatch(entry -> entry.path().equals(place))) {
      Path file = host.find("/" + path).orElseThrow();
      entries.add(new LayerEntry.File(place, PLAIN, Blob.of(file)));
    }
    return ofAnother ? Set.of(parts[3]) : Set.of();
  }

  /** Returns the stanzas of installed packages, given with or without their architecture. */
  private Map<String, String> stanzas(Set<String> packages) {
    Map<String, String> found = new TreeMap<>();
    for (String stanza : text(host.find(STATUS).orElseThrow()).split("\n\n+")) {
      String name = field(stanza, "Package");
      String qualified = name + ":" + field(stanza, "Architecture");
      if ((packages.contains(name) || packages.contains(qualified))
          && field(stanza, "Status").endsWith(" installed")) {
        found.putIfAbsent(name, withoutConffiles(stanza.strip()) + "\n");
      }
    }
    return found;
  }

  private static String field(String stanza, String name) {
    return stanza
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  /** The files of a package's configuration are not in the image. */
  private static String withoutConffiles(String stanza) {
    return stanza.replaceAll("(?m)^Conffiles:.*\n(?: .*(?:\n|\\z))*", "").strip();
  }

  private static List<LayerEntry> checksums(
      Collection<SystemFile> files, Map<String, String> owners) {
    Map<String, StringBuilder> lines = new TreeMap<>();
    for (SystemFile file : new TreeMap<>(byPath(files)).values()) {
      String owner = owners.get(file.source());
      if (owner != null) {
        lines
            .computeIfAbsent(nameOf(owner), name -> new StringBuilder())
            .append(md5(file.file()))
            .append("  ")
            .append(file.path())
            .append('\n');
      }
    }
    return lines.entrySet().stream()
        .map(
            entry ->
                file(
                    DESCRIPTIONS + entry.getKey() + ".md5sums",
                    entry.getValue().toString().getBytes(UTF_8)))
        .toList();
  }

  private static Map<String, SystemFile> byPath(Collection<SystemFile> files) {
    return files.stream().collect(Collectors.toMap(SystemFile::path, file -> file, (a, b) -> a));
  }

  private static String nameOf(String qualified) {
    return qualified.replaceFirst(":.*", "");
  }

  private static LayerEntry file(String path, byte[] bytes) {
    return new LayerEntry.File(path, PLAIN, Blob.of(bytes));
  }

  private static String md5(Path file) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("MD5").digest(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
