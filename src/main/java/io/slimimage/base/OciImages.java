package io.slimimage.base;

import com.fasterxml.jackson.databind.JsonNode;
import io.slimimage.blob.StoredBlob;
import io.slimimage.image.Descriptor;
import io.slimimage.image.LayerFormat;
import io.slimimage.image.MediaTypes;
import io.slimimage.image.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one image of an OCI image layout.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-index.md">OCI image
 *     index</a>
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/manifest.md">OCI image
 *     manifest</a>
 */
final class OciImages {

  private static final String INDEX = "its index";
  private static final String MANIFEST = "its manifest";

  /** Indexes in indexes, which nobody needs more than two of. */
  private static final int MOST_NESTED = 4;

  private static final int MOST_MANIFESTS = 1000;

  /** How Docker and containerd mark what BuildKit says about how an image was built. */
  private static final String ATTESTATION = "vnd.docker.reference.type";

  private static final List<String> NAMES =
      List.of("org.opencontainers.image.ref.name", "io.containerd.image.name");

  private static final Set<String> INDEXES = Set.of(MediaTypes.INDEX, MediaTypes.DOCKER_INDEX);
  private static final Set<String> MANIFESTS =
      Set.of(MediaTypes.MANIFEST, MediaTypes.DOCKER_MANIFEST);
  private static final Set<String> CONFIGS = Set.of(MediaTypes.CONFIG, MediaTypes.DOCKER_CONFIG);

  private final BlobReader blobs;
  private final BaseFailures failures;
  private final Documents documents;
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
    this.platform = platform;
  }

  /** A manifest, with what it is for as far as an index says that. */
  private record Candidate(Descriptor manifest, Optional<Platform> platform, String name) {}

  /**
   * Reads the image.
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
    return image(choose(all));
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
    checkFormat(index, INDEXES, INDEX);
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
    if (INDEXES.contains(descriptor.mediaType())) {
      if (depth == MOST_NESTED) {
        throw failures.damaged(INDEX + " leads to indexes without an end");
      }
      byte[] nested = blobs.document(descriptor, "an index");
      for (JsonNode inner : entries(documents.object(nested, "an index"))) {
        collect(inner, name, depth + 1, all);
      }
    } else if (MANIFESTS.contains(descriptor.mediaType())) {
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

  private Descriptor choose(List<Candidate> all) throws IOException {
    Map<String, Candidate> fitting = new LinkedHashMap<>();
    List<Platform> others = new ArrayList<>();
    for (Candidate candidate : all) {
      if (candidate.platform().isEmpty() && !isImage(candidate.manifest())) {
        continue;
      }
      Optional<Platform> its =
          candidate.platform().isPresent() ? candidate.platform() : platform(candidate.manifest());
      if (its.isEmpty() || its.get().equals(platform)) {
        fitting.putIfAbsent(candidate.manifest().digest().toString(), candidate);
      } else {
        others.add(its.get());
      }
    }
    if (fitting.isEmpty()) {
      throw others.isEmpty()
          ? failures.unusable("has no container image", "name another one")
          : ImageCheck.isFor(failures, others, platform);
    }
    if (fitting.size() > 1) {
      List<String> names =
          fitting.entrySet().stream()
              .map(it -> it.getValue().name().isEmpty() ? it.getKey() : it.getValue().name())
              .toList();
      throw severalImages(failures, names, platform);
    }
    return fitting.values().iterator().next().manifest();
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

  /** Signatures and charts have manifests too. */
  private boolean isImage(Descriptor manifest) throws IOException {
    JsonNode config = manifest(manifest).path("config");
    return CONFIGS.contains(config.path("mediaType").asText());
  }

  private Optional<Platform> platform(Descriptor manifest) throws IOException {
    byte[] config = config(manifest(manifest));
    return Documents.platform(documents.object(config, "its configuration"));
  }

  private JsonNode manifest(Descriptor descriptor) throws IOException {
    JsonNode manifest = documents.object(blobs.document(descriptor, MANIFEST), MANIFEST);
    checkFormat(manifest, MANIFESTS, MANIFEST);
    if (manifest.has("manifests")) {
      throw failures.damaged(MANIFEST + " is an index at the same time");
    }
    return manifest;
  }

  private byte[] config(JsonNode manifest) throws IOException {
    Descriptor config = documents.descriptor(manifest.path("config"), "[config] of " + MANIFEST);
    if (!CONFIGS.contains(config.mediaType())) {
      throw failures.unusable(
          "is no container image: its configuration is [" + config.mediaType() + "]",
          "name another image");
    }
    return blobs.document(config, "its configuration");
  }

  private FoundImage image(Descriptor descriptor) throws IOException {
    JsonNode manifest = manifest(descriptor);
    byte[] config = config(manifest);
    List<FoundImage.Layer> layers = new ArrayList<>();
    for (JsonNode layer : documents.objects(manifest.path("layers"), "[layers] of " + MANIFEST)) {
      layers.add(layer(layer, "layer " + (layers.size() + 1)));
    }
    return new FoundImage(config, layers);
  }

  private FoundImage.Layer layer(JsonNode json, String what) throws IOException {
    Descriptor descriptor = documents.descriptor(json, what);
    String mediaType = descriptor.mediaType();
    boolean foreign = mediaType.contains(".foreign.") || mediaType.contains(".nondistributable.");
    if (foreign || json.path("urls").size() > 0 && !blobs.has(descriptor)) {
      throw failures.unusable(
          "has a foreign layer, which is not in it but at an address of its vendor: " + what,
          "use a base image without foreign layers");
    }
    LayerFormat format =
        LayerFormat.of(mediaType)
            .orElseThrow(
                () ->
                    failures.unusable(
                        "has a layer of the unknown media type [" + mediaType + "]: " + what,
                        "use a base image whose layers are tar archives, with gzip, zstd or none"));
    StoredBlob blob = blobs.layer(descriptor, what);
    if (LayerFormat.of(blob) != format) {
      throw failures.damaged(what + " is not in the format of its media type [" + mediaType + "]");
    }
    return new FoundImage.Layer(blob, format);
  }

  private void checkFormat(JsonNode document, Set<String> mediaTypes, String what) {
    JsonNode version = document.path("schemaVersion");
    String mediaType = document.path("mediaType").asText();
    if (!version.isMissingNode() && version.asInt() != 2) {
      throw failures.unusable(
          "has the unknown schema version " + version + " in " + what,
          "have a newer tool write it, as OCI image or by Docker's schema 2");
    }
    if (!mediaType.isEmpty() && !mediaTypes.contains(mediaType)) {
      throw failures.unusable(
          "has the unknown media type [" + mediaType + "] in " + what,
          "have it written as OCI image or by Docker's schema 2");
    }
  }
}
