package io.slimimage.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import io.slimimage.layer.LayerEntry;
import io.slimimage.modules.RuntimeFeature;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts together the files for one image. */
final class SystemCollection {

  private static final int PLAIN = 0644;
  private static final int SHARED = 01777;

  /** What newer versions of the GNU C library do by themselves: older ones ask DNS first. */
  private static final String NAME_SERVICES = "passwd: files\ngroup: files\nhosts: files dns\n";

  private static final String WITH_THESE_NAME_SERVICES = "2.36";

  private final SystemRequest request;
  private final BuildLog log;
  private final HostSystem host;
  private final Target target;
  private final BaseLibraries baseLibraries;
  private final SortedMap<String, LayerEntry> entries = new TreeMap<>();
  private final List<SystemFile> files = new ArrayList<>();

  SystemCollection(SystemRequest request, HostReads reads, BuildLog log) {
    this.request = request;
    this.log = log;
    this.host = new HostSystem(request.host(), reads);
    this.target = Target.of(request.runtime());
    this.baseLibraries = new BaseLibraries(request.base(), target);
  }

  List<LayerEntry> collect() {
    baseLibraries.check();
    NativeNeeds.Found needs = new NativeNeeds(request, host, target, baseLibraries, log).find();
    files.addAll(needs.libraries());
    if (needsFonts()) {
      addFonts();
    }
    addLocale();
    if (!baseLibraries.hasLibc()) {
      addSystem();
      if (needs.isOlderThan(WITH_THESE_NAME_SERVICES)) {
        add(
            new LayerEntry.File(
                "etc/nsswitch.conf", PLAIN, Blob.of(NAME_SERVICES.getBytes(UTF_8))));
      }
    }
    if (!request.base().has("etc/passwd")) {
      Accounts.of(request.user(), request.home()).entries().forEach(this::add);
    }
    files.removeIf(file -> request.base().has(file.path()));
    for (SystemFile file : files) {
      log.debug("[/" + file.path() + "] is needed by [" + file.neededBy() + "]");
      add(file.entry());
    }
    addPackages();
    return List.copyOf(entries.values());
  }

  private boolean needsFonts() {
    Set<RuntimeFeature> features = request.features();
    return features.contains(RuntimeFeature.DRAWING) || features.contains(RuntimeFeature.SCREEN);
  }

  private void addFonts() {
    List<SystemFile> fonts = Fonts.of(host);
    boolean brought = Fonts.isIn(request.extra()) || request.base().hasBelow("usr/share/fonts/");
    if (fonts.isEmpty() && !brought) {
      throw Fonts.none("font in [/usr/share/fonts]");
    }
    if (!request.base().hasBelow("usr/share/fonts/")) {
      files.addAll(fonts);
    }
    add(Fonts.configuration());
  }

  private void addLocale() {
    if (!target.isGlibc() || LocaleFile.isIn(request.base())) {
      return;
    }
    List<SystemFile> locale = LocaleFile.of(host);
    files.addAll(locale);
    if (locale.isEmpty()) {
      log.warn(
          SlimImageException.advise(
              "This system has no locale [C.UTF-8], so the image will not know file names other"
                  + " than ASCII",
              "install libc-bin (Debian, Ubuntu) or glibc-minimal-langpack (Fedora)"));
    }
  }

  /** Adds what a base image with a C library has, too. */
  private void addSystem() {
    add(new LayerEntry.Directory("tmp", SHARED));
    OsRelease.find(host)
        .ifPresent(
            real ->
                files.add(
                    new SystemFile(
                        OsRelease.PATH.substring(1),
                        real,
                        host.find(real).orElseThrow(),
                        "scanners of images")));
  }

  private void addPackages() {
    Optional<PackageDatabase> database = PackageDatabase.of(host);
    if (database.isEmpty()) {
      return;
    }
    PackageDatabase.Metadata metadata =
        database.get().describe(files, libraryOf(request.jdk(), host).stream().toList());
    metadata.entries().forEach(this::add);
    log.debug("Packages of the system in the image: " + String.join(", ", metadata.packages()));
    for (SystemFile file : metadata.unowned()) {
      log.warn(
          SlimImageException.advise(
              "["
                  + file.source()
                  + "], which goes into the image for ["
                  + file.neededBy()
                  + "], belongs to no package, so no scanner will know it",
              "install it as a package"));
    }
  }

  /** Returns the path of a file that every JDK has, by which its package is found if it has one. */
  static Optional<String> libraryOf(Path jdk, HostSystem host) {
    return host.pathOf(jdk).flatMap(home -> host.realPath(home + "/lib/server/libjvm.so"));
  }

  /** Adds an entry where links of the base image lead, unless the base image has it. */
  private void add(LayerEntry entry) {
    String path = request.base().realPath(entry.path());
    if (request.base().files().contains(path)) {
      log.debug("/" + path + " stays as the base image has it");
      return;
    }
    entries.put(path, at(path, entry));
  }

  private static LayerEntry at(String path, LayerEntry entry) {
    if (entry instanceof LayerEntry.File file) {
      return new LayerEntry.File(path, file.mode(), file.content());
    }
    if (entry instanceof LayerEntry.Directory directory) {
      return new LayerEntry.Directory(path, directory.mode());
    }
    return new LayerEntry.Symlink(path, ((LayerEntry.Symlink) entry).target());
  }
}
