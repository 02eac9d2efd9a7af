package io.slimimage.output;

import io.slimimage.BuildLog;
import io.slimimage.blob.Records;
import io.slimimage.image.ImageReference;
import io.slimimage.image.TaskThreads;
import io.slimimage.registry.Registries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pushes an image to registries, under all its names.
 *
 * <p>A name stands for the image only once the registry has all of it: blobs first, then the
 * manifest, by the first tag, then the other tags. Where every tag stands for it already, to learn
 * that is all that is done.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#push">OCI
 *     distribution specification, pushing</a>
 */
public final class RegistryWriter {

  /** Like Docker's own default it suits a line that others use as well. */
  private static final int AT_ONCE = 4;

  private final Registries registries;
  private final BlobPlaces places;
  private final BuildLog log;

  /**
   * Creates a writer.
   *
   * @param records keeps which repository got which blob, so that others of the same registry need
   *     not be sent it
   */
  public RegistryWriter(Registries registries, Records records, BuildLog log) {
    this.registries = registries;
    this.places = new BlobPlaces(records);
    this.log = log;
  }

  /**
   * Pushes the image; an interrupt of the calling thread ends it.
   *
   * @param references names with tags, the main one first; one repository after the other gets it
   * @return what each repository got, in the order of their first names
   * @throws io.slimimage.registry.RegistryException if a registry refuses anything of it; its tags
   *     then stand for what they stood for before
   * @throws io.slimimage.SlimImageException if a blob cannot be read
   */
  public List<Pushed> push(PushableImage image, List<ImageReference> references) {
    Map<String, List<ImageReference>> repositories = new LinkedHashMap<>();
    for (ImageReference reference : references) {
      repositories
          .computeIfAbsent(reference.canonicalName(), name -> new ArrayList<>())
          .add(reference);
    }
    List<Pushed> pushed = new ArrayList<>();
    try (TaskThreads threads =
        TaskThreads.of(AT_ONCE, "slimimage-push", "The push was interrupted")) {
      for (List<ImageReference> names : repositories.values()) {
        pushed.add(new RepositoryPush(image, names, registries, places, threads, log).run());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot push " + references.get(0), e);
    }
    return pushed;
  }
}
