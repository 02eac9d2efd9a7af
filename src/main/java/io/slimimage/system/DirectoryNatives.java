package io.slimimage.system;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import io.slimimage.blob.FieldLines;
import io.slimimage.blob.FileDigests;
import io.slimimage.elf.ElfFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The native code of a directory.
 *
 * @param code the executables and libraries for the target
 * @param names the names of all its libraries and links, by which others may need them
 */
record DirectoryNatives(List<NativeCode> code, Set<String> names) {

  /** What the JVM loads before any class of an application. */
  private static final Set<String> CORE =
      Set.of(
          "java",
          "jspawnhelper",
          "libjava.so",
          "libjimage.so",
          "libjli.so",
          "libjvm.so",
          "libnet.so",
          "libnio.so",
          "libverify.so",
          "libzip.so");

  /** Finds the native code of a Java runtime. */
  static DirectoryNatives ofRuntime(Path directory, Target target) {
    return of(directory, target, NativeCode.Origin.RUNTIME);
  }

  /** Finds the native code among the project's own files. */
  static DirectoryNatives ofExtra(Path directory, Target target) {
    return of(directory, target, NativeCode.Origin.EXTRA);
  }

  private static DirectoryNatives of(Path directory, Target target, NativeCode.Origin origin) {
    List<NativeCode> code = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    for (Path file : files(directory)) {
      String name = file.getFileName().toString();
      if (Files.isSymbolicLink(file)) {
        names.add(name);
        continue;
      }
      ElfFile elf = ElfFile.read(file).filter(target::hasMachineOf).orElse(null);
      if (elf != null) {
        names.add(name);
        elf.soname().ifPresent(names::add);
        code.add(new NativeCode(name, originOf(name, origin), "", elf));
      }
    }
    return new DirectoryNatives(List.copyOf(code), names);
  }

  /**
   * Returns what {@link #ofExtra} would make something of in a directory: the names of links, and
   * the content of executables and libraries for whatever processor.
   */
  static String describe(Path directory, FileDigests digests) {
    FieldLines lines = new FieldLines();
    for (Path file : files(directory)) {
      String path = directory.relativize(file).toString();
      try {
        if (Files.isSymbolicLink(file)) {
          lines.add("link", path);
        } else if (Files.isRegularFile(file) && ElfFile.isElf(Blob.of(file))) {
          lines.add("file", path, digests.of(file).hex());
        }
      } catch (IOException e) {
        throw unreadable(file, e);
      }
    }
    return lines.toString();
  }

  /** Returns the paths of all files, and what stands for the content of each. */
  static String list(Path directory, FileDigests digests) {
    FieldLines lines = new FieldLines();
    for (Path file : files(directory)) {
      String path = directory.relativize(file).toString();
      try {
        boolean regular = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
        lines.add(path, regular ? digests.of(file).hex() : "");
      } catch (IOException e) {
        throw unreadable(file, e);
      }
    }
    return lines.toString();
  }

  private static SlimImageException unreadable(Path file, IOException e) {
    return new SlimImageException(
        SlimImageException.advise(
            "[" + file + "] cannot be read (" + e + ")", "check its permissions with ls -l"),
        e);
  }

  private static NativeCode.Origin originOf(String name, NativeCode.Origin origin) {
    return origin == NativeCode.Origin.RUNTIME && CORE.contains(name)
        ? NativeCode.Origin.CORE
        : origin;
  }

  private static List<Path> files(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + directory, e);
    }
  }
}
