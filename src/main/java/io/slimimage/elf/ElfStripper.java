package io.slimimage.elf;

import io.slimimage.blob.Blob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes out of ELF files what is never loaded: symbol tables for debuggers, comments and the like.
 *
 * <p>{@code jlink} leaves them in, and its own option for them needs {@code objcopy}, which images
 * for builds seldom have. All that is loaded keeps its bytes and its place in the file.
 */
public final class ElfStripper {

  /** More than a linker leaves between the parts of a file. */
  private static final int MOST_PADDING = 64;

  private static final int HEADER = 64;
  private static final int SECTIONS_OFFSET = 40;
  private static final int SECTIONS_COUNT = 60;
  private static final int NAMES_NUMBER = 62;

  private ElfStripper() {}

  /**
   * Strips a file, which keeps its permissions.
   *
   * <p>It stays as it is where it is no 64-bit little-endian executable or shared library, has
   * bytes behind its last part that belong to no section (as self-extracting programs have), has
   * nothing to strip, or is built in any other way that this does not know.
   *
   * @return how many bytes shorter it is now
   */
  public static long strip(Path file) throws IOException {
    if (!ElfFile.isElf(Blob.of(file))) {
      return 0;
    }
    try (FileChannel channel = FileChannel.open(file)) {
      Optional<Stripped> stripped = plan(ElfHeader.read(channel));
      if (stripped.isEmpty() || stripped.get().size() >= channel.size()) {
        return 0;
      }
      replace(file, channel, stripped.get());
      return channel.size() - stripped.get().size();
    } catch (DamagedElfException e) {
      return 0;
    }
  }

  /**
   * The new form of a file.
   *
   * @param header its first bytes
   * @param kept how many bytes of the old file it begins with, those of the header among them
   * @param tail what follows
   */
  private record Stripped(ByteBuffer header, long kept, ByteBuffer tail) {

    long size() {
      return kept + tail.limit();
    }
  }

  private static Optional<Stripped> plan(ElfHeader header) throws IOException {
    boolean known =
        header.wide()
            && header.bytes().order() == ByteOrder.LITTLE_ENDIAN
            && (header.type() == ElfHeader.EXECUTABLE || header.type() == ElfHeader.SHARED)
            && header.sections().entry() == ElfSection.ENTRY
            && header.names() < header.sections().count();
    if (!known) {
      return Optional.empty();
    }
    List<ElfSection> sections = readSections(header);
    int allocated = countAllocated(sections);
    if (allocated < 0
        || sections.get(header.names()).allocated()
        || hasBytesBehind(header, sections)) {
      return Optional.empty();
    }
    return Optional.of(
        withoutOthers(
            header, sections.subList(0, allocated), sections.get(header.names()), sections));
  }

  private static List<ElfSection> readSections(ElfHeader header) throws IOException {
    ByteBuffer table = header.read(header.sections(), ElfSection.ENTRY, "its table of sections");
    List<ElfSection> sections = new ArrayList<>();
    for (int i = 0; i < header.sections().count(); i++) {
      sections.add(
          new ElfSection(
              table.slice(i * ElfSection.ENTRY, ElfSection.ENTRY).order(ByteOrder.LITTLE_ENDIAN)));
    }
    return sections;
  }

  /**
   * Returns how many sections there are up to the last that is loaded, or -1 unless those are all
   * loaded and need no others: symbols refer to sections by their numbers, so these must not
   * change.
   */
  private static int countAllocated(List<ElfSection> sections) {
    int count = 1;
    while (count < sections.size() && sections.get(count).allocated()) {
      count++;
    }
    if (sections.stream().skip(count).anyMatch(ElfSection::allocated)) {
      return -1;
    }
    for (ElfSection section : sections.subList(0, count)) {
      if (isOutside(section.link(), count) || isOutside(section.secondLink(), count)) {
        return -1;
      }
    }
    return count;
  }

  private static boolean isOutside(int number, int count) {
    return number < 0 || number >= count;
  }

  private static boolean hasBytesBehind(ElfHeader header, List<ElfSection> sections)
      throws IOException {
    long end = Math.max(loadedEnd(header, sections), end(header.sections()));
    return header.bytes().size() - end > MOST_PADDING;
  }

  /** Returns where the last of the given sections, the segments and the headers end. */
  private static long loadedEnd(ElfHeader header, List<ElfSection> sections) throws IOException {
    long end = Math.max(HEADER, end(header.segments()));
    for (ElfSegment segment : header.readSegments()) {
      end = Math.max(end, end(header, segment.offset(), segment.size(), "a segment"));
    }
    for (ElfSection section : sections) {
      if (section.size() != 0) {
        end = Math.max(end, end(header, section.offset(), section.size(), "a section"));
      }
    }
    return end;
  }

  private static long end(ElfHeader.Table table) {
    return table.offset() + (long) table.entry() * table.count();
  }

  private static long end(ElfHeader header, long offset, long size, String what)
      throws DamagedElfException {
    if (offset < 0 || size < 0 || offset > header.bytes().size() - size) {
      throw new DamagedElfException(what + " is outside of the file");
    }
    return offset + size;
  }

  private static Stripped withoutOthers(
      ElfHeader header, List<ElfSection> kept, ElfSection names, List<ElfSection> all)
      throws IOException {
    long keptBytes = loadedEnd(header, kept);
    SectionNames newNames = new SectionNames();
    List<Integer> places = new ArrayList<>();
    for (ElfSection section : kept) {
      places.add(newNames.add(name(header, names, section)));
    }
    int place = newNames.add(name(header, names, names));
    byte[] nameBytes = newNames.bytes();
    long tableAt = roundUp(keptBytes + nameBytes.length);
    ByteBuffer tail =
        ByteBuffer.allocate((int) (tableAt - keptBytes) + (kept.size() + 1) * ElfSection.ENTRY)
            .order(ByteOrder.LITTLE_ENDIAN);
    tail.put(nameBytes).position((int) (tableAt - keptBytes));
    for (int i = 0; i < kept.size(); i++) {
      kept.get(i).write(tail, places.get(i));
    }
    names.write(tail, place, keptBytes, nameBytes.length);
    ByteBuffer start = header.bytes().read(0, HEADER, "its header");
    start.putLong(SECTIONS_OFFSET, tableAt);
    start.putShort(SECTIONS_COUNT, (short) (kept.size() + 1));
    start.putShort(NAMES_NUMBER, (short) kept.size());
    return new Stripped(start, keptBytes, tail.flip());
  }

  private static String name(ElfHeader header, ElfSection names, ElfSection section)
      throws IOException {
    long at = Integer.toUnsignedLong(section.nameOffset());
    if (at >= names.size()) {
      throw new DamagedElfException("the name of a section is outside of their table");
    }
    long start = names.offset();
    return header.bytes().text(start + at, start + names.size(), "the name of a section");
  }

  private static long roundUp(long offset) {
    return (offset + 7) / 8 * 8;
  }

  private static void replace(Path file, FileChannel from, Stripped stripped) throws IOException {
    Path copy = file.resolveSibling(file.getFileName() + ".stripped");
    try {
      try (FileChannel to =
          FileChannel.open(
              copy,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        writeAll(to, stripped.header());
        for (long at = HEADER; at < stripped.kept(); ) {
          long copied = from.transferTo(at, stripped.kept() - at, to);
          if (copied <= 0) {
            throw new IOException(file + " has become shorter meanwhile");
          }
          at += copied;
        }
        writeAll(to, stripped.tail());
      }
      keepPermissions(file, copy);
      Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private static void writeAll(FileChannel to, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }

  private static void keepPermissions(Path from, Path to) throws IOException {
    PosixFileAttributeView old = Files.getFileAttributeView(from, PosixFileAttributeView.class);
    if (old != null) {
      Files.setPosixFilePermissions(to, old.readAttributes().permissions());
    }
  }
}
