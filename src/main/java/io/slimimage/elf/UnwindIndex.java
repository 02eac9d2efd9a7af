package io.slimimage.elf;

import io.slimimage.blob.Blob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The sorted table by which the frame of a function is found when a stack is unwound.
 *
 * <p>It repeats what the frames themselves say, and as it is nearly random it is a fortieth of a
 * compressed JVM. Its header may say that there is no table: then whoever unwinds searches the
 * frames one by one, with the same result. Only C++ exceptions and debuggers do that, and a JVM is
 * built without exceptions.
 *
 * @see <a
 *     href="https://refspecs.linuxfoundation.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/ehframechpt.html">
 *     Linux Standard Base, the section .eh_frame_hdr</a>
 */
public final class UnwindIndex {

  private static final int HEADER = 12;
  private static final int ENTRY = 8;
  private static final int COUNT_ENCODING = 2;
  private static final int TABLE_ENCODING = 3;
  private static final int FRAMES = 4;
  private static final int COUNT = 8;

  /** The only form that linkers write: version and encodings of 32 bits each. */
  private static final int KNOWN = 0x3b031b01;

  private static final byte OMITTED = (byte) 0xff;

  private UnwindIndex() {}

  /**
   * Fills the table of a file with zeros.
   *
   * <p>The file stays as it is where it has no table, is no 64-bit little-endian file, or its
   * frames are not as many as the table has, followed by the zero that ends a search.
   *
   * @return how many bytes are zeros now that were not meant to be before
   */
  public static long clear(Path file) throws IOException {
    if (!ElfFile.isElf(Blob.of(file))) {
      return 0;
    }
    try (FileChannel channel = FileChannel.open(file)) {
      ElfHeader header = ElfHeader.read(channel);
      Optional<ElfSegment> index = find(header);
      if (index.isEmpty()) {
        return 0;
      }
      ByteBuffer empty = emptied(header, index.get());
      write(file, index.get().offset(), empty);
      return empty.limit() - HEADER;
    } catch (DamagedElfException e) {
      return 0;
    }
  }

  private static Optional<ElfSegment> find(ElfHeader header) throws IOException {
    if (!header.wide() || header.bytes().order() != ByteOrder.LITTLE_ENDIAN) {
      return Optional.empty();
    }
    for (ElfSegment segment : header.readSegments()) {
      if (segment.type() == ElfSegment.UNWIND_INDEX && isRedundant(header, segment)) {
        return Optional.of(segment);
      }
    }
    return Optional.empty();
  }

  private static boolean isRedundant(ElfHeader header, ElfSegment index) throws IOException {
    if (index.size() < HEADER) {
      return false;
    }
    ByteBuffer start = header.bytes().read(index.offset(), HEADER, "its unwind index");
    long count = ElfHeader.u32(start, COUNT);
    return start.getInt(0) == KNOWN
        && count == (index.size() - HEADER) / ENTRY
        && count == countFrames(header, index.address() + FRAMES + start.getInt(FRAMES));
  }

  /** Returns the number of the frames up to the zero that ends them. */
  private static long countFrames(ElfHeader header, long address) throws IOException {
    ByteBuffer frames = loaded(header, address);
    long count = 0;
    for (int length = next(frames); length != 0; length = next(frames)) {
      if (length < Integer.BYTES || length > frames.remaining()) {
        throw new DamagedElfException("a frame is longer than all of them");
      }
      // What frames have in common precedes them, marked with a zero.
      if (frames.getInt(frames.position()) != 0) {
        count++;
      }
      frames.position(frames.position() + length);
    }
    return count;
  }

  private static int next(ByteBuffer frames) throws DamagedElfException {
    if (frames.remaining() < Integer.BYTES) {
      throw new DamagedElfException("its frames have no end");
    }
    return frames.getInt();
  }

  /** Reads what the loader puts at an address and behind. */
  private static ByteBuffer loaded(ElfHeader header, long address) throws IOException {
    for (ElfSegment segment : header.readSegments()) {
      if (segment.holds(address)) {
        long skipped = address - segment.address();
        long length = segment.size() - skipped;
        if (length <= header.bytes().size()) {
          return header.bytes().read(segment.offset() + skipped, (int) length, "its frames");
        }
      }
    }
    throw new DamagedElfException("its frames are not loaded");
  }

  private static ByteBuffer emptied(ElfHeader header, ElfSegment index) throws IOException {
    ByteBuffer start = header.bytes().read(index.offset(), COUNT, "its unwind index");
    return ByteBuffer.allocate((int) index.size())
        .put(start)
        .put(COUNT_ENCODING, OMITTED)
        .put(TABLE_ENCODING, OMITTED)
        .clear();
  }

  private static void write(Path file, long offset, ByteBuffer bytes) throws IOException {
    try (FileChannel to = FileChannel.open(file, StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        to.write(bytes, offset + bytes.position());
      }
    }
  }
}
