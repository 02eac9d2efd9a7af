package io.slimimage.system;

import io.slimimage.layer.LayerEntry;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a distribution knows of the packages whose files are on a system. */
interface PackageDatabase {

  /**
   * Metadata for an image with files of some packages.
   *
   * @param entries what scanners read, and the packages' licences
   * @param packages the packages' names, sorted
   * @param unowned the files that belong to no package
   */
  record Metadata(List<LayerEntry> entries, Set<String> packages, List<SystemFile> unowned) {}

  /** Returns the database of a system, if it has one that is known here. */
  static Optional<PackageDatabase> of(HostSystem host) {
    return DpkgDatabase.of(host).or(() -> ApkDatabase.of(host));
  }

  /**
   * Describes the packages of files.
   *
   * @param files the files that go into the image
   * @param others paths of the host without links, whose packages count too if they have any
   */
  Metadata describe(Collection<SystemFile> files, Collection<String> others);
}
