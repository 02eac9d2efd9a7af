package io.slimimage.elf;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an ELF executable or shared library says to the dynamic loader.
 *
 * @param machine the {@code e_machine} of its header, such as 62 for x86-64 and 183 for AArch64
 * @param bits 32 or 64
 * @param interpreter the dynamic loader's path; only executables name one
 * @param soname the name that others need it by
 * @param needed the sonames that it needs, in the order of its dynamic section
 * @param searchPaths the directories of {@code DT_RUNPATH}, else of {@code DT_RPATH}, as they are
 *     written, with {@code $ORIGIN} in them
 * @param versions the symbol versions that it needs, such as {@code GLIBC_2.34}, by the soname that
 *     has them; without those that it can do without
 * @param definedVersions the symbol versions that others may need of it
 * @see <a href="https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html">System V ABI</a>
 */
public record ElfFile(
    int machine,
    int bits,
    Optional<String> interpreter,
    Optional<String> soname,
    List<String> needed,
    List<String> searchPaths,
    SortedMap<String, SortedSet<String>> versions,
    SortedSet<String> definedVersions) {

  private static final byte[] MAGIC = {0x7f, 'E', 'L', 'F'};

  /** Copies the collections. */
  public ElfFile {
    Objects.requireNonNull(interpreter, "interpreter");
    Objects.requireNonNull(soname, "soname");
    needed = List.copyOf(needed);
    searchPaths = List.copyOf(searchPaths);
    SortedMap<String, SortedSet<String>> copy = new TreeMap<>();
    versions.forEach((library, names) -> copy.put(library, copyOf(names)));
    versions = Collections.unmodifiableSortedMap(copy);
    definedVersions = copyOf(definedVersions);
  }

  /**
   * Reads a file; of a large one only the parts that matter.
   *
   * @return nothing if it is no ELF file
   * @throws SlimImageException if it is damaged or cannot be read
   */
  public static Optional<ElfFile> read(Path file) {
    try {
      return read(Blob.of(file), file.toString());
    } catch (UncheckedIOException e) {
      throw unreadable(file.toString(), e.getCause());
    }
  }

  /**
   * Reads a file that may be inside of another one.
   *
   * @param name what error messages call it
   * @return nothing if it is no ELF file
   * @throws SlimImageException if it is damaged or cannot be read
   */
  public static Optional<ElfFile> read(Blob blob, String name) {
    try {
      if (!isElf(blob)) {
        return Optional.empty();
      }
      try (SeekableByteChannel channel = blob.openChannel()) {
        return Optional.of(parse(ElfHeader.read(channel)));
      }
    } catch (DamagedElfException e) {
      throw new SlimImageException(
          SlimImageException.advise(
              "[" + name + "] is damaged: " + e.getMessage(), "get it again from where it is from"),
          e);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /**
   * Returns whether this is an ELF file. Looks at the first bytes alone, since others of a
   * compressed file can be expensive.
   */
  public static boolean isElf(Blob blob) throws IOException {
    if (blob.size() < MAGIC.length) {
      return false;
    }
    try (InputStream in = blob.open()) {
      return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
    }
  }

  private static ElfFile parse(ElfHeader header) throws IOException {
    boolean linked = header.type() == ElfHeader.EXECUTABLE || header.type() == ElfHeader.SHARED;
    List<ElfSegment> segments = linked ? header.readSegments() : List.of();
    DynamicSection dynamic = DynamicSection.read(header, segments);
    VersionTables versions = new VersionTables(dynamic);
    return new ElfFile(
        header.machine(),
        header.wide() ? 64 : 32,
        interpreter(header, segments),
        dynamic.texts(DynamicSection.SONAME).stream().findFirst(),
        dynamic.texts(DynamicSection.NEEDED),
        searchPaths(dynamic),
        versions.needed(),
        versions.defined());
  }

  private static Optional<String> interpreter(ElfHeader header, List<ElfSegment> segments)
      throws IOException {
    for (ElfSegment segment : segments) {
      if (segment.type() == ElfSegment.INTERPRETER && segment.size() != 0) {
        return Optional.of(
            header.bytes().text(segment.offset(), Long.MAX_VALUE, "the path of its interpreter"));
      }
    }
    return Optional.empty();
  }

  private static List<String> searchPaths(DynamicSection dynamic) throws IOException {
    List<String> paths = dynamic.texts(DynamicSection.RUNPATH);
    if (paths.isEmpty()) {
      paths = dynamic.texts(DynamicSection.RPATH);
    }
    return paths.stream()
        .flatMap(path -> Arrays.stream(path.split(":")))
        .filter(directory -> !directory.isEmpty())
        .toList();
  }

  private static SortedSet<String> copyOf(SortedSet<String> names) {
    return Collections.unmodifiableSortedSet(new TreeSet<>(names));
  }

  private static SlimImageException unreadable(String name, IOException e) {
    return new SlimImageException(
        SlimImageException.advise(
            "[" + name + "] cannot be read (" + e + ")", "check that it is there and readable"),
        e);
  }
}
