package io.slimimage.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import io.slimimage.layer.LayerEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The fonts for drawing without a screen, and the configuration by which the JDK finds them.
 *
 * <p>The JDK asks {@code libfontconfig}, which is opened at run time. A configuration of our own
 * takes the place of a distribution's, which is about many fonts that an image does not have. It
 * names the directories where a project can put more fonts of its own.
 */
final class Fonts {

  /** What the JDK opens at run time. */
  static final String LIBRARY = "libfontconfig.so.1";

  private static final String DIRECTORY = "/usr/share/fonts";
  private static final String CONFIGURATION_PATH = "etc/fonts/fonts.conf";
  private static final int PLAIN = 0644;

  /** The families to choose from, the best first: each file that the host has of the first one. */
  private static final List<Family> FAMILIES =
      List.of(
          new Family(
              "DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSansMono.ttf", "DejaVuSerif.ttf"),
          new Family(
              "LiberationSans-Regular.ttf",
              "LiberationSans-Bold.ttf",
              "LiberationMono-Regular.ttf",
              "LiberationSerif-Regular.ttf"),
          new Family(
              "NotoSans-Regular.ttf",
              "NotoSans-Bold.ttf",
              "NotoSansMono-Regular.ttf",
              "NotoSerif-Regular.ttf"),
          new Family("FreeSans.ttf", "FreeSansBold.ttf", "FreeMono.ttf", "FreeSerif.ttf"));

  /** Fonts of one look: without serifs, which must be there, bold, of fixed width, with serifs. */
  private record Family(List<String> files) {
    Family(String... files) {
      this(Arrays.asList(files));
    }
  }

  private static final String CONFIGURATION =
      """
      <?xml version="1.0"?>
      <!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
      <fontconfig>
        <dir>/usr/share/fonts</dir>
        <dir>/usr/local/share/fonts</dir>
        <cachedir>/tmp/fontconfig</cachedir>
        <alias>
          <family>sans-serif</family>
          <prefer>
            <family>DejaVu Sans</family>
            <family>Liberation Sans</family>
            <family>Noto Sans</family>
            <family>FreeSans</family>
          </prefer>
        </alias>
        <alias>
          <family>serif</family>
          <prefer>
            <family>DejaVu Serif</family>
            <family>Liberation Serif</family>
            <family>Noto Serif</family>
            <family>FreeSerif</family>
          </prefer>
        </alias>
        <alias>
          <family>monospace</family>
          <prefer>
            <family>DejaVu Sans Mono</family>
            <family>Liberation Mono</family>
            <family>Noto Sans Mono</family>
            <family>FreeMono</family>
          </prefer>
        </alias>
      </fontconfig>
      """;

  private Fonts() {}

  /** Returns the configuration of fontconfig. */
  static LayerEntry configuration() {
    return new LayerEntry.File(CONFIGURATION_PATH, PLAIN, Blob.of(CONFIGURATION.getBytes(UTF_8)));
  }

  /** Returns one family of the host's fonts, or else its first font; none if it has no font. */
  static List<SystemFile> of(HostSystem host) {
    SortedMap<String, String> fonts = fonts(host);
    for (Family family : FAMILIES) {
      if (fonts.containsKey(family.files().get(0))) {
        return family.files().stream()
            .filter(fonts::containsKey)
            .map(name -> font(fonts.get(name), host))
            .toList();
      }
    }
    return fonts.values().stream().limit(1).map(path -> font(path, host)).toList();
  }

  /** Returns whether a directory with files for an image brings a font. */
  static boolean isIn(Path directory) {
    return Stream.of("usr/share/fonts", "usr/local/share/fonts")
        .map(directory::resolve)
        .anyMatch(Fonts::hasFont);
  }

  static SlimImageException none(String what) {
    return new SlimImageException(
        SlimImageException.advise(
            "The application draws text, but this system has no " + what,
            "install fontconfig and a font where the image is built, such as the packages"
                + " fontconfig and fonts-dejavu-core of Debian, or font-dejavu of Alpine"));
  }

  private static SystemFile font(String path, HostSystem host) {
    String real = host.realPath(path).orElseThrow();
    return new SystemFile(path.substring(1), real, host.find(path).orElseThrow(), "drawing");
  }

  /** Returns the paths of fonts by their file names; of several the first. */
  private static SortedMap<String, String> fonts(HostSystem host) {
    SortedMap<String, String> fonts = new TreeMap<>();
    for (String path : host.tree(DIRECTORY)) {
      if (isFont(path) && host.realPath(path).isPresent()) {
        fonts.putIfAbsent(path.substring(path.lastIndexOf('/') + 1), path);
      }
    }
    return fonts;
  }

  private static boolean hasFont(Path directory) {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.anyMatch(file -> isFont(file.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + directory, e);
    }
  }

  private static boolean isFont(String path) {
    return path.matches(".*\\.(?:ttf|otf|ttc)");
  }
}
