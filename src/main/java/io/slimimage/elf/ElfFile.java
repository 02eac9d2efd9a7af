package io.slimimage.elf;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

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
 *     has them
 * @see <a href="https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html">System V ABI</a>
 */
public record ElfFile(
    int machine,
    int bits,
    Optional<String> interpreter,
    Optional<String> soname,
    List<String> needed,
    List<String> searchPaths,
    SortedMap<String, SortedSet<String>> versions) {

  /** Copies the collections. */
  public ElfFile {
    Objects.requireNonNull(interpreter, "interpreter");
    Objects.requireNonNull(soname, "soname");
    needed = List.copyOf(needed);
    searchPaths = List.copyOf(searchPaths);
    versions = new TreeMap<>(versions);
  }
}
