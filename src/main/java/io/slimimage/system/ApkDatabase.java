package io.slimimage.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.slimimage.blob.Blob;
import io.slimimage.layer.LayerEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The packages of Alpine. An image gets the part of their database that tells of its files; the
 * licence of each package is in there.
 *
 * @see <a href="https://wiki.alpinelinux.org/wiki/Apk_spec">its format</a>
 */
final class ApkDatabase implements PackageDatabase {

  private static final List<String> PLACES =
      List.of("/lib/apk/db/installed", "/usr/lib/apk/db/installed");
  private static final int PLAIN = 0644;

  private final HostSystem host;
  private final String place;

  private ApkDatabase(HostSystem host, String place) {
    this.host = host;
    this.place = place;
  }

  static Optional<PackageDatabase> of(HostSystem host) {
    return PLACES.stream()
        .filter(place -> host.find(place).isPresent())
        .<PackageDatabase>map(place -> new ApkDatabase(host, place))
        .findFirst();
  }

  @Override
  public Metadata describe(Collection<SystemFile> files, Collection<String> others) {
    Set<String> sources = new HashSet<>();
    files.forEach(file -> sources.add(file.source().substring(1)));
    Set<String> wanted = new HashSet<>(sources);
    others.forEach(path -> wanted.add(path.substring(1)));
    Set<String> packages = new TreeSet<>();
    Set<String> owned = new HashSet<>();
    StringBuilder database = new StringBuilder();
    for (String paragraph : database().split("\n\n+")) {
      Stanza stanza = Stanza.read(paragraph.strip(), wanted, sources);
      if (!stanza.owned().isEmpty()) {
        packages.add(stanza.name());
        owned.addAll(stanza.owned());
        database.append(stanza.text()).append('\n');
      }
    }
    List<SystemFile> unowned =
        files.stream().filter(file -> !owned.contains(file.source().substring(1))).toList();
    List<LayerEntry> entries =
        packages.isEmpty()
            ? List.of()
            : List.of(
                new LayerEntry.File(
                    place.substring(1), PLAIN, Blob.of(database.toString().getBytes(UTF_8))));
    return new Metadata(entries, packages, unowned);
  }

  private String database() {
    try {
      return Files.readString(host.find(place).orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + place, e);
    }
  }

  /**
   * A package, with only those of its files that are in the image.
   *
   * @param owned the wanted paths that it has, also those of files that are not in the image
   */
  private record Stanza(String name, Set<String> owned, String text) {

    /** Reads lines: of the package, then for each directory (F) itself and its files (R). */
    static Stanza read(String paragraph, Set<String> wanted, Set<String> kept) {
      String name = "";
      String directory = "";
      List<String> ofDirectory = new ArrayList<>();
      boolean inDirectory = false;
      boolean keep = true;
      Set<String> owned = new HashSet<>();
      List<String> text = new ArrayList<>();
      for (String line : paragraph.split("\n")) {
        String value = line.substring(Math.min(2, line.length()));
        if (line.startsWith("P:")) {
          name = value;
        } else if (line.startsWith("F:")) {
          directory = value;
          ofDirectory.clear();
          inDirectory = true;
        } else if (line.startsWith("R:")) {
          String path = directory + "/" + value;
          if (wanted.contains(path)) {
            owned.add(path);
          }
          inDirectory = false;
          keep = kept.contains(path);
          if (keep) {
            text.addAll(ofDirectory);
            ofDirectory.clear();
          }
        }
        if (inDirectory) {
          ofDirectory.add(line);
        } else if (keep) {
          text.add(line);
        }
      }
      return new Stanza(name, owned, String.join("\n", text) + "\n");
    }
  }
}
