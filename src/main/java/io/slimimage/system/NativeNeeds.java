package io.slimimage.system;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.modules.RuntimeFeature;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the native code of an image needs of a system, and what it means where that is missing. */
final class NativeNeeds {

  /** What the GNU C library opens when a thread ends. */
  private static final String UNWINDER = "libgcc_s.so.1";

  /** What older versions of the GNU C library open to find users and hosts. */
  private static final List<String> NAME_SERVICES =
      List.of("libnss_files.so.2", "libnss_dns.so.2", "libresolv.so.2");

  /** Since this one they are part of the C library itself. */
  private static final String WITH_NAME_SERVICES = "2.34";

  private final SystemRequest request;
  private final HostSystem host;
  private final Target target;
  private final BaseLibraries base;
  private final BuildLog log;

  NativeNeeds(
      SystemRequest request, HostSystem host, Target target, BaseLibraries base, BuildLog log) {
    this.request = request;
    this.host = host;
    this.target = target;
    this.base = base;
    this.log = log;
  }

  /**
   * What was found.
   *
   * @param libraries those that the image lacks
   * @param libcVersion the version of the host's GNU C library, empty if it does not tell
   */
  record Found(Collection<SystemFile> libraries, String libcVersion) {
    /** Returns whether the host's GNU C library is older than a version. */
    boolean isOlderThan(String version) {
      return !libcVersion.isEmpty() && BaseLibraries.compare(libcVersion, version) < 0;
    }
  }

  /**
   * Finds all libraries.
   *
   * @throws SlimImageException if the runtime cannot start without one that is missing
   */
  Found find() {
    DirectoryNatives runtime = DirectoryNatives.ofRuntime(request.runtime(), target);
    JarNatives jars = JarNatives.in(request.jars(), target, log);
    DirectoryNatives extra = DirectoryNatives.ofExtra(request.extra(), target);
    LibraryClosure closure =
        new LibraryClosure(
            host,
            target,
            base,
            Map.of(
                NativeCode.Origin.CORE, runtime.names(),
                NativeCode.Origin.RUNTIME, runtime.names(),
                NativeCode.Origin.JAR, union(runtime.names(), jars.names()),
                NativeCode.Origin.EXTRA, union(runtime.names(), extra.names())));
    if (!closure.addLoader()) {
      throw missing("bin/java", target.interpreter());
    }
    closure.add(runtime.code());
    closure.add(jars.code());
    closure.add(extra.code());
    NativeCode jvm = jvm(runtime);
    if (target.isGlibc()) {
      addOpenedByGlibc(closure, jvm);
    }
    addOpenedByJdk(closure, jvm);
    closure.missing().forEach(this::report);
    List<NativeCode> all = new ArrayList<>(runtime.code());
    all.addAll(jars.code());
    all.addAll(extra.code());
    all.addAll(closure.carried());
    String libcVersion = closure.versionOfLibc();
    checkVersions(all, libcVersion);
    return new Found(closure.libraries(), libcVersion);
  }

  private static Set<String> union(Set<String> some, Set<String> more) {
    Set<String> all = new HashSet<>(some);
    all.addAll(more);
    return all;
  }

  private NativeCode jvm(DirectoryNatives runtime) {
    return runtime.code().stream()
        .filter(code -> code.name().equals("libjvm.so"))
        .findFirst()
        .orElseThrow(
            () ->
                new SlimImageException(
                    SlimImageException.advise(
                        "The Java runtime [" + request.runtime() + "] has no [libjvm.so]",
                        "delete it, so that it is linked again")));
  }

  private void addOpenedByGlibc(LibraryClosure closure, NativeCode jvm) {
    if (!closure.addLoadedAtRunTime(UNWINDER, jvm)) {
      log.warn(
          SlimImageException.advise(
              "This system has no [" + UNWINDER + "], which the C library needs to end a thread",
              "install libgcc-s1 (Debian, Ubuntu) or libgcc (Fedora)"));
    }
    String version = closure.versionOfLibc();
    if (!version.isEmpty() && BaseLibraries.compare(version, WITH_NAME_SERVICES) < 0) {
      for (String library : NAME_SERVICES) {
        if (!closure.addLoadedAtRunTime(library, jvm)) {
          log.warn("This system has no [" + library + "], so the image may not find hosts by name");
        }
      }
    }
  }

  private void addOpenedByJdk(LibraryClosure closure, NativeCode jvm) {
    Set<RuntimeFeature> features = request.features();
    if ((features.contains(RuntimeFeature.DRAWING) || features.contains(RuntimeFeature.SCREEN))
        && !closure.addLoadedAtRunTime(Fonts.LIBRARY, jvm)) {
      throw Fonts.none("[" + Fonts.LIBRARY + "]");
    }
  }

  private void report(LibraryClosure.Missing missing) {
    if (missing.code().origin() == NativeCode.Origin.CORE) {
      throw missing(missing.code().name(), missing.library());
    }
    log.warn(
        SlimImageException.advise(
            "["
                + missing.code().name()
                + "] needs ["
                + missing.library()
                + "], which this system does not have",
            "install it where the image is built, if the application needs it"));
  }

  private static SlimImageException missing(String code, String library) {
    return new SlimImageException(
        SlimImageException.advise(
            "The Java runtime's [" + code + "] needs [" + library + "], which this system lacks",
            "install it where the image is built, or set slimimage.runtime=jre"));
  }

  private void checkVersions(List<NativeCode> all, String versionOnHost) {
    for (NativeCode code : all) {
      String refusal = base.refusal(code, versionOnHost).orElse("");
      if (!refusal.isEmpty()) {
        if (code.origin() == NativeCode.Origin.JAR || code.origin() == NativeCode.Origin.EXTRA) {
          log.warn(refusal);
        } else {
          throw new SlimImageException(refusal);
        }
      }
    }
  }
}
