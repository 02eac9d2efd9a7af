package io.slimimage.image;

import io.slimimage.blob.DeferredBlob;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Gets those layers that are not on this machine yet, for who needs all of them. */
public final class LayerDownloads {

  /** What registries and most lines serve well; more of them only share what there is. */
  private static final int AT_ONCE = 4;

  private LayerDownloads() {}

  /**
   * Brings the layers into the store of blobs, some at a time, the largest first. A failure ends
   * them all, as does an interrupt.
   *
   * @throws io.slimimage.SlimImageException if a layer cannot be got, or on an interrupt
   */
  public static void run(Collection<ImageLayer> layers) throws IOException {
    List<DeferredBlob> missing =
        layers.stream()
            .map(ImageLayer::content)
            .filter(DeferredBlob.class::isInstance)
            .map(DeferredBlob.class::cast)
            .filter(blob -> !blob.isStored())
            .distinct()
            .sorted(Comparator.comparingLong(DeferredBlob::size).reversed())
            .toList();
    if (missing.isEmpty()) {
      return;
    }
    Queue<DeferredBlob> queue = new ConcurrentLinkedQueue<>(missing);
    Callable<Void> downloads =
        () -> {
          for (DeferredBlob blob = queue.poll(); blob != null; blob = queue.poll()) {
            blob.stored();
          }
          return null;
        };
    try (LayerThreads threads = new LayerThreads()) {
      threads.all(Collections.nCopies(Math.min(AT_ONCE, missing.size()), downloads));
    }
  }
}
