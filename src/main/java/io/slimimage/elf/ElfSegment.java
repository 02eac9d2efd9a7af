package io.slimimage.elf;

/**
 * A part of an ELF file that the dynamic loader looks at.
 *
 * @param type such as {@link #LOAD}
 * @param offset where it begins in the file
 * @param address where the loader puts it
 * @param size its bytes in the file
 */
record ElfSegment(int type, long offset, long address, long size) {

  static final int LOAD = 1;
  static final int DYNAMIC = 2;
  static final int INTERPRETER = 3;
  static final int UNWIND_INDEX = 0x6474e550;

  boolean holds(long wanted) {
    return type == LOAD && wanted >= address && wanted - address < size;
  }
}
