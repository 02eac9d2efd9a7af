package io.slimimage.system;

import io.slimimage.elf.ElfFile;
import java.util.Objects;

/**
 * An executable or library whose needs an image must meet.
 *
 * @param name what messages call it
 * @param origin where it comes from
 * @param directory where it lies on the host, for libraries of the system; empty for others, which
 *     lie elsewhere in the image
 * @param elf what it says to the loader
 */
record NativeCode(String name, Origin origin, String directory, ElfFile elf) {

  NativeCode {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(elf, "elf");
  }

  /** Where native code comes from, which decides what it means that something is missing. */
  enum Origin {
    /** The part of the Java runtime that no application can do without. */
    CORE,
    /** Another part of the Java runtime. */
    RUNTIME,
    /** A jar of the class path. */
    JAR,
    /** The project's own files. */
    EXTRA,
    /** The system. */
    SYSTEM
  }
}
