package io.slimimage.registry;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Digest;
import java.util.Optional;

/** Digests as answers and references have them. */
final class Digests {

  private static final String HEADER = "Docker-Content-Digest";

  private Digests() {}

  /** Returns what an answer says the digest is; nothing where that is none. */
  static Optional<Digest> of(Answer answer) {
    return answer.header(HEADER).flatMap(Digest::ifValid);
  }

  /**
   * Checks every digest of an answer; digests by another algorithm cannot be compared.
   *
   * @throws RegistryException if the answer is about something else
   */
  static void check(String what, Digest expected, Answer answer) {
    for (String value : answer.headers(HEADER)) {
      Optional<Digest> digest = Digest.ifValid(value.strip());
      if (digest.isPresent()
          && digest.get().algorithm().equals(expected.algorithm())
          && !digest.get().equals(expected)) {
        throw new RegistryException(
            SlimImageException.advise(
                "Cannot "
                    + what
                    + ": ["
                    + Locations.host(answer.uri())
                    + "] has the digest ["
                    + digest.get()
                    + "] for it instead of ["
                    + expected
                    + "]",
                "ask whoever runs the registry what changes its content"),
            answer.status(),
            null);
      }
    }
  }
}
