package io.slimimage.system;

import io.slimimage.elf.ElfFile;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the shared libraries that native code needs, and those that they need, as the dynamic
 * loader of the host would.
 *
 * <p>A library goes into the image where the loader has found it on the host, unless only the
 * host's configuration led there: then beside the C library, where any loader looks.
 */
final class LibraryClosure {

  /** What musl's loader takes for itself, whatever comes after it. */
  private static final Pattern INSIDE_MUSL =
      Pattern.compile("lib(?:c|pthread|rt|m|dl|util|xnet)\\..*");

  private final HostSystem host;
  private final Target target;
  private final LoaderDirectories directories;
  private final BaseLibraries base;
  private final Map<NativeCode.Origin, Set<String>> own;
  private final Map<String, SystemFile> libraries = new LinkedHashMap<>();
  private final List<NativeCode> carried = new ArrayList<>();
  private final Set<Missing> missing = new LinkedHashSet<>();
  private final Deque<NativeCode> waiting = new ArrayDeque<>();

  /** A library that was not found, and what needs it. */
  record Missing(NativeCode code, String library) {}

  /** A library as the loader has found it. */
  private record Found(String directory, boolean stays, String source, Path file, ElfFile elf) {}

  /**
   * Prepares a search.
   *
   * @param base what need not be found, since the image has it already
   * @param own the names by which code of the same origin finds other code of it, which the image
   *     has at other places than the host
   */
  LibraryClosure(
      HostSystem host, Target target, BaseLibraries base, Map<NativeCode.Origin, Set<String>> own) {
    this.host = host;
    this.target = target;
    this.directories = LoaderDirectories.of(host, target);
    this.base = base;
    this.own = own;
  }

  /** Adds the dynamic loader, and returns whether the host has it. */
  boolean addLoader() {
    if (base.hasLoader()) {
      return true;
    }
    return host.realPath(target.interpreter())
        .map(
            real -> {
              String path = target.interpreter().substring(1);
              Path file = host.find(real).orElseThrow();
              libraries.put(target.loader(), new SystemFile(path, real, file, "bin/java"));
              return true;
            })
        .orElse(false);
  }

  /** Adds everything that the code needs. */
  void add(Collection<NativeCode> code) {
    waiting.addAll(code);
    while (!waiting.isEmpty()) {
      NativeCode next = waiting.remove();
      for (String library : next.elf().needed()) {
        if (!require(library, next)) {
          missing.add(new Missing(next, library));
        }
      }
    }
  }

  /** Adds a library that no ELF header tells of, and returns whether the host has it. */
  boolean addLoadedAtRunTime(String library, NativeCode by) {
    boolean found = require(library, by);
    add(List.of());
    return found;
  }

  Collection<SystemFile> libraries() {
    return List.copyOf(libraries.values());
  }

  /** Returns the native code of the libraries. */
  List<NativeCode> carried() {
    return List.copyOf(carried);
  }

  /** Returns the version of the host's GNU C library, or nothing if it does not tell. */
  String versionOfLibc() {
    return directories.inOrder().stream()
        .flatMap(directory -> at(directory, "libc.so.6", true).stream())
        .findFirst()
        .flatMap(libc -> BaseLibraries.newest(List.of(libc.elf().definedVersions())))
        .orElse("");
  }

  Set<Missing> missing() {
    return missing;
  }

  private boolean require(String library, NativeCode by) {
    if (libraries.containsKey(library) || isElsewhere(library, by)) {
      return true;
    }
    Optional<Found> found = search(library, by);
    found.ifPresent(
        hit -> {
          String directory = hit.stays() ? hit.directory() : moved();
          String path = (directory + "/" + library).substring(1);
          libraries.put(library, new SystemFile(path, hit.source(), hit.file(), by.name()));
          NativeCode code =
              new NativeCode(library, NativeCode.Origin.SYSTEM, hit.directory(), hit.elf());
          carried.add(code);
          waiting.add(code);
        });
    return found.isPresent();
  }

  private boolean isElsewhere(String library, NativeCode by) {
    return library.equals(target.loader())
        || !target.isGlibc() && INSIDE_MUSL.matcher(library).matches()
        || own.getOrDefault(by.origin(), Set.of()).contains(library)
        || base.has(library);
  }

  private Optional<Found> search(String library, NativeCode by) {
    if (library.startsWith("/")) {
      int slash = library.lastIndexOf('/');
      return at(library.substring(0, slash), library.substring(slash + 1), true);
    }
    for (String path : by.elf().searchPaths()) {
      String directory = expand(path, by);
      if (directory.startsWith("/")) {
        Optional<Found> found = at(directory, library, true);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    for (String directory : directories.inOrder()) {
      boolean stays = directories.certain().contains(directory) && !base.hasLibc();
      Optional<Found> found = at(directory, library, stays);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Returns the directory of a search path; one beside code that the image moves is none. */
  private static String expand(String path, NativeCode by) {
    if (!by.directory().isEmpty()) {
      return path.replace("${ORIGIN}", by.directory()).replace("$ORIGIN", by.directory());
    }
    return path;
  }

  private String moved() {
    return base.directoryFor(directories.certain().stream().findFirst().orElse("/lib"));
  }

  private Optional<Found> at(String directory, String library, boolean stays) {
    String path = directory + "/" + library;
    Optional<Path> file = host.find(path);
    Optional<ElfFile> elf = file.flatMap(ElfFile::read).filter(target::hasMachineOf);
    return elf.map(
        found -> new Found(directory, stays, host.realPath(path).orElseThrow(), file.get(), found));
  }
}
