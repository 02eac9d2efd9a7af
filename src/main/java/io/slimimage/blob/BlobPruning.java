package io.slimimage.blob;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Makes a {@link BlobStore} smaller. Other builds may use, fill and prune it meanwhile. */
final class BlobPruning {

  private static final Duration KEEP = Duration.ofHours(1).plus(LastUse.STEP);
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  private final Path blobs;
  private final LastUse lastUse;

  BlobPruning(Path blobs, LastUse lastUse) {
    this.blobs = blobs;
    this.lastUse = lastUse;
  }

  private record Candidate(Path file, long size, Instant used) {}

  /** Removes the blobs that were not used for the longest time, until the rest has the size. */
  void run(long limit) throws IOException {
    List<Candidate> candidates = candidates();
    long total = candidates.stream().mapToLong(Candidate::size).sum();
    candidates.sort(Comparator.comparing(Candidate::used).thenComparing(Candidate::file));
    for (Candidate candidate : candidates) {
      if (total <= limit) {
        return;
      }
      if (remove(candidate.file())) {
        total -= candidate.size();
      }
    }
  }

  private List<Candidate> candidates() throws IOException {
    List<Candidate> candidates = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            blobs, file -> HEX.matcher(file.getFileName().toString()).matches())) {
      for (Path file : files) {
        try {
          candidates.add(new Candidate(file, Files.size(file), lastUse.of(file)));
        } catch (NoSuchFileException e) {
          // Another build prunes as well.
        }
      }
    }
    return candidates;
  }

  private boolean remove(Path file) {
    try {
      if (lastUse.of(file).isAfter(Instant.now().minus(KEEP))) {
        return false;
      }
      Files.delete(file);
      lastUse.forget(file);
      return true;
    } catch (NoSuchFileException e) {
      return true;
    } catch (IOException e) {
      // It belongs to somebody else.
      return false;
    }
  }
}
