package io.slimimage.output;

import io.slimimage.BuildLog;
import io.slimimage.blob.Digest;
import io.slimimage.image.Descriptor;
import io.slimimage.image.ImageReference;
import io.slimimage.image.TaskThreads;
import io.slimimage.output.PushableImage.Origin;
import io.slimimage.output.PushableImage.Part;
import io.slimimage.output.Pushed.Transfer;
import io.slimimage.registry.Access;
import io.slimimage.registry.ManifestBytes;
import io.slimimage.registry.Registries;
import io.slimimage.registry.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/** One push of an image to one repository, under one or more tags. */
final class RepositoryPush {

  /** Each that a registry refuses costs a request; a blob of a base has two places at most. */
  private static final int MOST_MOUNTS = 2;

  private final PushableImage image;
  private final Map<Digest, Part> blobs = new LinkedHashMap<>();
  private final Map<Digest, Transfer> done = new LinkedHashMap<>();
  private final ImageReference name;
  private final List<String> tags;
  private final Repository repository;
  private final BlobPlaces places;
  private final TaskThreads threads;
  private final BuildLog log;

  /**
   * Prepares a push; no request is made yet.
   *
   * @param names that differ in their tags only
   */
  RepositoryPush(
      PushableImage image,
      List<ImageReference> names,
      Registries registries,
      BlobPlaces places,
      TaskThreads threads,
      BuildLog log) {
    this.image = image;
    image.parts().forEach(part -> blobs.putIfAbsent(part.descriptor().digest(), part));
    blobs.keySet().forEach(blob -> done.put(blob, Transfer.PRESENT));
    this.name = names.get(0);
    this.tags = names.stream().map(ImageReference::tag).distinct().toList();
    this.repository = registries.repository(name, Access.PUSH);
    this.places = places;
    this.threads = threads;
    this.log = log;
  }

  Pushed run() throws IOException {
    List<String> stale = staleTags();
    long bytes = 0;
    // With one tag of it the repository has all of it.
    if (stale.size() == tags.size()) {
      transferBlobs();
      bytes += pushNestedManifests();
    }
    for (String tag : stale) {
      repository.pushManifest(tag, image.root(), this::complete);
      bytes += image.root().bytes().length;
    }
    for (Part part : blobs.values()) {
      Descriptor blob = part.descriptor();
      bytes += done.get(blob.digest()) == Transfer.SENT ? blob.size() : 0;
    }
    return new Pushed(name.canonicalName(), image.digest(), tags, bytes, done);
  }

  /** Returns the tags that stand for something else, or for nothing. */
  private List<String> staleTags() throws IOException {
    List<Callable<Boolean>> questions =
        tags.stream().<Callable<Boolean>>map(tag -> () -> isOurs(tag)).toList();
    List<Boolean> ours = threads.all(questions);
    List<String> stale = new ArrayList<>();
    for (int i = 0; i < tags.size(); i++) {
      if (!ours.get(i)) {
        stale.add(tags.get(i));
      }
    }
    return stale;
  }

  private boolean isOurs(String tag) {
    return repository.find(tag).filter(it -> it.digest().equals(image.digest())).isPresent();
  }

  /** The largest first, so that none of them is left over for the end. */
  private void transferBlobs() throws IOException {
    List<Part> largestFirst = new ArrayList<>(blobs.values());
    largestFirst.sort(Comparator.comparingLong((Part part) -> part.descriptor().size()).reversed());
    List<Callable<Transfer>> transfers =
        largestFirst.stream().<Callable<Transfer>>map(part -> () -> transfer(part)).toList();
    List<Transfer> results = threads.all(transfers);
    for (int i = 0; i < results.size(); i++) {
      // What is there now may have been sent before.
      if (results.get(i) != Transfer.PRESENT) {
        done.put(largestFirst.get(i).descriptor().digest(), results.get(i));
      }
    }
  }

  /** Sends what the repository turns out to lack of the whole image. */
  private void complete() {
    completeBlobs();
    pushNestedManifests();
  }

  private void completeBlobs() {
    try {
      transferBlobs();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot push " + name, e);
    }
  }

  private Transfer transfer(Part part) {
    Descriptor blob = part.descriptor();
    Transfer done = Transfer.PRESENT;
    if (!repository.hasBlob(blob.digest())) {
      done = mount(part) ? Transfer.MOUNTED : Transfer.SENT;
      if (done == Transfer.SENT) {
        repository.push(blob, part.content());
      }
    }
    places.know(name.registry(), blob.digest(), name.repository());
    log.debug(
        done + " blob " + blob.digest() + ", " + blob.size() + " bytes: " + name.canonicalName());
    return done;
  }

  private boolean mount(Part part) {
    Digest digest = part.descriptor().digest();
    Set<String> others = new LinkedHashSet<>();
    part.origins().stream()
        .filter(origin -> origin.registry().equals(name.registry()))
        .map(Origin::repository)
        .forEach(others::add);
    places.find(name.registry(), digest).ifPresent(others::add);
    others.remove(name.repository());
    return others.stream().limit(MOST_MOUNTS).anyMatch(other -> repository.mount(digest, other));
  }

  /** Those that the image's own refers to, by their digests. */
  private long pushNestedManifests() {
    List<ManifestBytes> nested = image.manifests().subList(0, image.manifests().size() - 1);
    long bytes = 0;
    for (ManifestBytes manifest : nested) {
      repository.pushManifest(manifest.digest().toString(), manifest, this::completeBlobs);
      bytes += manifest.bytes().length;
    }
    return bytes;
  }
}
