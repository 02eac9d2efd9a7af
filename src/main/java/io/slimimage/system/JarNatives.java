package io.slimimage.system;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.blob.FieldLines;
import io.slimimage.blob.ZipCatalog;
import io.slimimage.blob.ZipItem;
import io.slimimage.elf.ElfFile;
import io.slimimage.modules.ScannedJar;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The native code inside jars. Their entries are found by name, and of those for other systems not
 * more than the first bytes are unpacked.
 */
final class JarNatives {

  private static final Pattern LIBRARY = Pattern.compile(".*\\.so(?:[._-][^/]*)?");
  private static final Pattern FOREIGN = Pattern.compile(".*\\.(?:dll|dylib|jnilib)");

  private final Target target;
  private final BuildLog log;
  private final List<NativeCode> code = new ArrayList<>();
  private final Set<String> names = new TreeSet<>();
  private final List<Foreign> foreign = new ArrayList<>();

  /** A jar that has native code, but none for the target. */
  private record Foreign(String jar, Set<String> libraries, Set<String> platforms) {}

  private JarNatives(Target target, BuildLog log) {
    this.target = target;
    this.log = log;
  }

  /** Finds the native code of a class path. */
  static JarNatives in(List<ScannedJar> jars, Target target, BuildLog log) {
    JarNatives natives = new JarNatives(target, log);
    jars.forEach(natives::add);
    natives.foreign.forEach(natives::report);
    return natives;
  }

  /** Returns the libraries for the target. */
  List<NativeCode> code() {
    return List.copyOf(code);
  }

  /** Returns the names by which one library of a jar may need another one. */
  Set<String> names() {
    return names;
  }

  /**
   * Returns what {@link #in} would make something of in a jar: the content of the libraries for the
   * target's processor, and of those for others the names and the processors.
   */
  static String describe(ScannedJar jar, Target target) {
    FieldLines lines = new FieldLines();
    for (ZipItem item : ZipCatalog.read(jar.content(), jar.name()).items()) {
      if (LIBRARY.matcher(item.name()).matches()) {
        byte[] header = header(item.content());
        if (NativePlatforms.isElf(header)) {
          boolean ours = NativePlatforms.hasMachine(header, target);
          lines.add(item.name(), ours ? digest(item.content()) : HexFormat.of().formatHex(header));
        }
      } else if (FOREIGN.matcher(item.name()).matches()) {
        lines.add(item.name());
      }
    }
    return lines.toString();
  }

  private void add(ScannedJar jar) {
    Set<String> libraries = new TreeSet<>();
    Set<String> platforms = new TreeSet<>();
    boolean fits = false;
    for (ZipItem item : ZipCatalog.read(jar.content(), jar.name()).items()) {
      if (LIBRARY.matcher(item.name()).matches()) {
        Platform platform = platform(item, jar);
        if (platform.fits()) {
          fits = true;
        } else if (!platform.name().isEmpty()) {
          libraries.add(NativePlatforms.plainName(item.name()));
          platforms.add(platform.name());
        }
      } else if (FOREIGN.matcher(item.name()).matches()) {
        libraries.add(NativePlatforms.plainName(item.name()));
        platforms.add(item.name().endsWith(".dll") ? "Windows" : "macOS");
      }
    }
    if (!fits && !platforms.isEmpty()) {
      foreign.add(new Foreign(jar.name(), libraries, platforms));
    }
  }

  private record Platform(boolean fits, String name) {}

  private Platform platform(ZipItem item, ScannedJar jar) {
    byte[] header = header(item.content());
    if (!NativePlatforms.isElf(header)) {
      return new Platform(false, "");
    }
    if (!NativePlatforms.hasMachine(header, target)) {
      return new Platform(false, NativePlatforms.nameOf(header));
    }
    ElfFile elf = ElfFile.read(unpacked(item.content()), jar.name() + "!/" + item.name()).get();
    String system = NativePlatforms.systemOf(elf, item.name());
    if (!system.isEmpty() && !system.equals(NativePlatforms.systemOf(target))) {
      return new Platform(false, NativePlatforms.nameOf(header) + " with " + system);
    }
    String name = item.name().substring(item.name().lastIndexOf('/') + 1);
    code.add(new NativeCode(name + "] in [" + jar.name(), NativeCode.Origin.JAR, "", elf));
    names.add(name);
    elf.soname().ifPresent(names::add);
    return new Platform(true, "");
  }

  private void report(Foreign jar) {
    String found =
        "The jar [" + jar.jar() + "] has native code for " + String.join(", ", jar.platforms());
    boolean elsewhere =
        names.stream().map(NativePlatforms::plainName).anyMatch(jar.libraries()::contains);
    if (elsewhere || NativePlatforms.namesOtherSystem(jar.jar())) {
      log.debug(found + ", and none that this image could use");
    } else {
      log.warn(
          SlimImageException.advise(
              found + ", but none for " + NativePlatforms.nameOf(target),
              "use its variant for that platform, if the application needs it"));
    }
  }

  private static byte[] header(Blob content) {
    try (InputStream in = content.open()) {
      return in.readNBytes(NativePlatforms.HEADER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(Blob content) {
    try {
      return Digest.sha256(content).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Random access to a compressed entry would need a temporary file. */
  private static Blob unpacked(Blob content) {
    try (InputStream in = content.open()) {
      return Blob.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
