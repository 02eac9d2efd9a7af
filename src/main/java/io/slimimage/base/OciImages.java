package io.slimimage.base;

import com.fasterxml.jackson.databind.JsonNode;
import io.slimimage.image.Descriptor;
import io.slimimage.image.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds one image in an index, and in indexes of that.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-index.md">OCI image
 *     index</a>
 */
final class OciImages {

  private static final String INDEX = "its index";

  /** Indexes in indexes, which nobody needs more than two of. */
  private static final int MOST_NESTED = 4;

  private static final int MOST_MANIFESTS = 1000;

  /** How Docker and containerd mark what BuildKit says about how an image was built. */
  private static final String ATTESTATION = "vnd.docker.reference.type";

  private static final List<String> NAMES =
      List.of("org.opencontainers.image.ref.name", "io.containerd.image.name");

  private final BlobReader blobs;
  private final BaseFailures failures;
  private final Documents documents;
  private final OciManifests manifests;
  private final Platform platform;

  /**
   * Creates a reader.
   *
   * @param platform what the image is to be for
   */
  OciImages(BlobReader blobs, BaseFailures failures, Platform platform) {
    this.blobs = blobs;
    this.failures = failures;
    this.documents = new Documents(failures);
    this.manifests = new OciManifests(blobs, failures);
    this.platform = platform;
  }

  /** A manifest, with what it is for as far as an index says that. */
  private record Candidate(Descriptor manifest, Optional<Platform> platform, String name) {}

  /**
   * Reads an image of a layout, which may have several that have nothing to do with each other.
   *
   * @param index the bytes of {@code index.json}
   * @param tag which image is meant, or empty
   */
  FoundImage read(byte[] index, String tag) throws IOException {
    List<Candidate> all = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (JsonNode entry : entries(documents.object(index, INDEX))) {
      List<String> tags = names(entry);
      names.addAll(tags);
      if (tag.isEmpty() || tags.stream().anyMatch(name -> isTag(name, tag))) {
        collect(entry, tags.isEmpty() ? "" : tags.get(0), 0, all);
      }
    }
    if (all.isEmpty() && !tag.isEmpty()) {
      throw failures.unusable(
          "has no image with the tag [" + tag + "]",
          names.isEmpty()
              ? "leave the tag out, since it names no images"
              : "use one of those it has: " + String.join(", ", names));
    }
    Map<String, Candidate> fitting = fitting(all);
    if (fitting.size() > 1) {
      List<String> several =
          fitting.entrySet().stream()
              .map(it -> it.getValue().name().isEmpty() ? it.getKey() : it.getValue().name())
              .toList();
      throw severalImages(failures, several, platform);
    }
    return first(fitting);
  }

  /**
   * Reads an image that is known by the digest of its manifest, or of the index that it is in. Of
   * several that fit equally well the first one is meant, as OCI says.
   */
  FoundImage read(Descriptor root) throws IOException {
    if (DocumentKind.MANIFEST.is(root.mediaType())) {
      return manifests.image(root);
    }
    List<Candidate> all = new ArrayList<>();
    for (JsonNode entry : entries(documents.object(blobs.document(root, INDEX), INDEX))) {
      collect(entry, "", 0, all);
    }
    return first(fitting(all));
  }

  private FoundImage first(Map<String, Candidate> fitting) throws IOException {
    return manifests.image(fitting.values().iterator().next().manifest());
  }

  /** A tag may be given alone, or with the whole name of the image as containerd writes it. */
  private static boolean isTag(String name, String tag) {
    return name.equals(tag) || name.endsWith(":" + tag);
  }

  private static List<String> names(JsonNode entry) {
    return NAMES.stream()
        .map(name -> entry.path("annotations").path(name).asText())
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private List<JsonNode> entries(JsonNode index) {
    documents.checkFormat(index, DocumentKind.INDEX, INDEX);
    if (index.has("config") || index.has("layers")) {
      // What one reader takes for an index and another one for an image.
      throw failures.damaged(INDEX + " is a manifest at the same time");
    }
    return documents.objects(index.path("manifests"), INDEX);
  }

  private void collect(JsonNode entry, String name, int depth, List<Candidate> all)
      throws IOException {
    Optional<Platform> itsPlatform = Documents.platform(entry.path("platform"));
    if (isAttestation(entry) || entry.hasNonNull("artifactType")) {
      return;
    }
    Descriptor descriptor = documents.descriptor(entry, "an entry of " + INDEX);
    if (DocumentKind.INDEX.is(descriptor.mediaType())) {
      if (depth == MOST_NESTED) {
        throw failures.damaged(INDEX + " leads to indexes without an end");
      }
      byte[] nested = blobs.document(descriptor, "an index");
      for (JsonNode inner : entries(documents.object(nested, "an index"))) {
        collect(inner, name, depth + 1, all);
      }
    } else if (DocumentKind.MANIFEST.is(descriptor.mediaType())) {
      all.add(new Candidate(descriptor, itsPlatform, name));
    } else if (descriptor.mediaType().isEmpty()) {
      throw failures.damaged("an entry of " + INDEX + " has no media type");
    }
    if (all.size() > MOST_MANIFESTS) {
      throw failures.damaged(INDEX + " has more than " + MOST_MANIFESTS + " images");
    }
  }

  private static boolean isAttestation(JsonNode entry) {
    JsonNode itsPlatform = entry.path("platform");
    return entry.path("annotations").has(ATTESTATION)
        || itsPlatform.path("os").asText().equals("unknown")
            && itsPlatform.path("architecture").asText().equals("unknown");
  }

  /** Returns those that fit best, by their digests and at least one. */
  private Map<String, Candidate> fitting(List<Candidate> all) throws IOException {
    Map<String, Candidate> fitting = new LinkedHashMap<>();
    List<Platform> others = new ArrayList<>();
    List<Platform> compatible = platform.compatible();
    int best = compatible.size();
    for (Candidate candidate : all) {
      if (candidate.platform().isEmpty() && !manifests.isImage(candidate.manifest())) {
        continue;
      }
      Optional<Platform> its =
          candidate.platform().isPresent()
              ? candidate.platform()
              : manifests.platform(candidate.manifest());
      int rank = its.map(compatible::indexOf).orElse(0);
      if (rank < 0) {
        others.add(its.get());
      } else if (rank <= best) {
        if (rank < best) {
          fitting.clear();
          best = rank;
        }
        fitting.putIfAbsent(candidate.manifest().digest().toString(), candidate);
      }
    }
    if (fitting.isEmpty()) {
      throw others.isEmpty()
          ? failures.unusable("has no container image", "name another one")
          : ImageCheck.isFor(failures, others, platform);
    }
    return fitting;
  }

  /** Returns the failure of what has more than one image for the platform. */
  static RuntimeException severalImages(
      BaseFailures failures, List<String> names, Platform platform) {
    return failures.unusable(
        "has " + names.size() + " images for " + platform + ": " + String.join(", ", names),
        failures.name().startsWith("oci://")
            ? "name one by its tag: [oci://DIRECTORY:TAG]"
            : "save the one that is wanted alone");
  }
}
