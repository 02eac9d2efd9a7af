package io.slimimage.image;

import io.slimimage.ConfigurationException;
import io.slimimage.SlimImageException;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The full name of an image: where it is, what it is called, and which version is meant.
 *
 * <p>Names of Docker Hub are normalized the way every engine does it: {@code nginx}, {@code
 * library/nginx} and {@code index.docker.io/library/nginx:latest} are equal references.
 *
 * @param registry host with its port, {@code docker.io} for Docker Hub
 * @param repository path inside the registry, {@code library/nginx} for Docker Hub's {@code nginx}
 * @param tag the tag, empty where only a digest is given
 * @param digest such as {@code sha256:…}, empty where only a tag is given
 * @see <a href="https://github.com/distribution/reference">distribution/reference, the grammar</a>
 */
public record ImageReference(String registry, String repository, String tag, String digest) {

  /** The name under which references and credentials know Docker Hub. */
  public static final String DOCKER_HUB = "docker.io";

  private static final String LIBRARY = "library/";
  private static final String DEFAULT_TAG = "latest";
  private static final int MAX_NAME = 255;

  private static final Pattern REGISTRY =
      Pattern.compile(
          "(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*"
              + "|\\[[a-fA-F0-9:]+])(?::[0-9]{1,5})?");
  private static final String COMPONENT = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
  private static final Pattern REPOSITORY = Pattern.compile(COMPONENT + "(?:/" + COMPONENT + ")*");
  private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");
  private static final Pattern DIGEST =
      Pattern.compile(
          "sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128}"
              + "|(?!sha256:|sha512:)[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-fA-F0-9]{32,}");
  private static final Pattern IMAGE_ID = Pattern.compile("[a-f0-9]{64}");

  /** Checks that nothing is null, and that a tag or a digest says which version is meant. */
  public ImageReference {
    Objects.requireNonNull(registry, "registry");
    Objects.requireNonNull(repository, "repository");
    Objects.requireNonNull(tag, "tag");
    Objects.requireNonNull(digest, "digest");
    if (tag.isEmpty() && digest.isEmpty()) {
      throw new IllegalArgumentException("a reference needs a tag or a digest");
    }
  }

  /**
   * Parses what a user wrote. Without tag and digest the tag is {@code latest}.
   *
   * @throws ConfigurationException if the value is no image reference
   */
  public static ImageReference parse(String value) {
    return parse("image reference", value);
  }

  /**
   * Parses the value of a parameter, whose name goes into the error message.
   *
   * @param parameter such as {@code slimimage.image}
   * @throws ConfigurationException if the value is no image reference
   */
  public static ImageReference parse(String parameter, String value) {
    if (value == null || value.isBlank()) {
      throw new ConfigurationException(
          SlimImageException.advise(
              parameter + " is empty",
              "set it to a name such as [registry.example/team/name:1.0]"));
    }
    int at = value.indexOf('@');
    String digest = at < 0 ? "" : value.substring(at + 1);
    String name = at < 0 ? value : value.substring(0, at);
    int colon = name.indexOf(':', name.lastIndexOf('/') + 1);
    String tag = colon < 0 ? "" : name.substring(colon + 1);
    String path = colon < 0 ? name : name.substring(0, colon);

    String registry = registryOf(path);
    String repository = registry.isEmpty() ? path : path.substring(registry.length() + 1);
    boolean valid =
        (registry.isEmpty() || isRegistry(registry))
            && REPOSITORY.matcher(repository).matches()
            && path.length() <= MAX_NAME
            && !(registry.isEmpty() && IMAGE_ID.matcher(repository).matches())
            && (colon < 0 || TAG.matcher(tag).matches())
            && (at < 0 || DIGEST.matcher(digest).matches());
    if (!valid) {
      throw invalid(parameter, value);
    }
    String version = tag.isEmpty() && digest.isEmpty() ? DEFAULT_TAG : tag;
    return normalize(registry, repository, version, digest);
  }

  /** Returns the whole name, registry, tag and digest included, the same for all spellings. */
  public String canonical() {
    return canonicalName() + version();
  }

  /** Returns the name as users and engines write it: short where it is an image of Docker Hub. */
  public String familiar() {
    return familiarName() + version();
  }

  /** Returns {@link #familiar()} without tag and digest, as an engine's {@code tag} call asks. */
  public String familiarName() {
    if (!isDockerHub()) {
      return registry + "/" + repository;
    }
    return isOfficial() ? repository.substring(LIBRARY.length()) : repository;
  }

  /** Returns the name without tag and digest, registry included, the same for all spellings. */
  public String canonicalName() {
    return registry + "/" + repository;
  }

  /** Returns whether the image is on Docker Hub. */
  public boolean isDockerHub() {
    return registry.equals(DOCKER_HUB);
  }

  /**
   * Returns whether the name is one of Docker Hub's own images, which have no user: what a name
   * without registry and path is taken for.
   */
  public boolean isOfficial() {
    return isDockerHub() && repository.startsWith(LIBRARY) && repository.indexOf('/', 8) < 0;
  }

  /** Returns the same image under another tag, without a digest. */
  public ImageReference withTag(String newTag) {
    if (!TAG.matcher(newTag).matches()) {
      throw new ConfigurationException(
          SlimImageException.advise(
              "tag [" + newTag + "] of image [" + familiarName() + "] is not valid",
              "use up to 128 letters, digits, [_], [.] and [-], beginning with none of the last two"));
    }
    return new ImageReference(registry, repository, newTag, "");
  }

  /** Returns {@link #familiar()}. */
  @Override
  public String toString() {
    return familiar();
  }

  private String version() {
    return (tag.isEmpty() ? "" : ":" + tag) + (digest.isEmpty() ? "" : "@" + digest);
  }

  /** The first component is a host only when it cannot be the name of a Docker Hub user. */
  private static String registryOf(String path) {
    int slash = path.indexOf('/');
    if (slash < 0) {
      return "";
    }
    String first = path.substring(0, slash);
    boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
    return host ? first : "";
  }

  private static boolean isRegistry(String registry) {
    if (!REGISTRY.matcher(registry).matches()) {
      return false;
    }
    int colon = registry.lastIndexOf(':');
    return colon < registry.lastIndexOf(']') + 1
        || Integer.parseInt(registry.substring(colon + 1)) <= 65535;
  }

  private static ImageReference normalize(
      String registry, String repository, String tag, String digest) {
    String host = registry.toLowerCase(Locale.ROOT);
    boolean hub =
        switch (host) {
          case "", DOCKER_HUB, "index.docker.io", "registry-1.docker.io" -> true;
          default -> false;
        };
    if (!hub) {
      return new ImageReference(host, repository, tag, digest);
    }
    String path = repository.contains("/") ? repository : LIBRARY + repository;
    return new ImageReference(DOCKER_HUB, path, tag, digest);
  }

  private static ConfigurationException invalid(String parameter, String value) {
    String fact =
        parameter
            + " ["
            + value
            + "] must be in the form '[host[:port]/]path[:tag][@digest]', with the path in lower case"
            + " letters, digits and single separators [.], [_], [-]";
    String lower = value.toLowerCase(Locale.ROOT).replace(' ', '-');
    boolean helps = !lower.equals(value) && parses(lower);
    return new ConfigurationException(
        helps ? SlimImageException.advise(fact, "write [" + lower + "]") : fact);
  }

  private static boolean parses(String value) {
    try {
      parse(value);
      return true;
    } catch (ConfigurationException e) {
      return false;
    }
  }
}
