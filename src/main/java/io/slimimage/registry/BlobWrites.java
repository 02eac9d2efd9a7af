package io.slimimage.registry;

import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.image.Descriptor;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Sending blobs to a repository, each by an upload session of its own. */
final class BlobWrites {

  private static final String UPLOADS = "blobs/uploads/";
  private static final String BINARY = "application/octet-stream";

  /** What registries say of a session begins so, with a status that may be any of the 4xx. */
  private static final String SESSION = "BLOB_UPLOAD_";

  private final RepositoryClient repository;

  /** Where a registry would not mount a blob, it has begun a session for it. */
  private final Map<String, String> sessions = new ConcurrentHashMap<>();

  BlobWrites(RepositoryClient repository) {
    this.repository = repository;
  }

  boolean mount(Digest digest, String from) {
    String what =
        "mount the blob [" + digest + "] of [" + from + "] in [" + repository.name() + "]";
    String target =
        Locations.with(
            Locations.with(repository.target(UPLOADS), "mount", digest.toString()), "from", from);
    try {
      return repository.retries().run(what, () -> mount(what, digest, from, target));
    } catch (RegistryException e) {
      // It may be that the other repository must not be read, or that the token service does not
      // know it: sending the blob shows whether something else is wrong.
      if (e.status() >= 400 && e.status() < 500) {
        return false;
      }
      throw e;
    }
  }

  private boolean mount(String what, Digest digest, String from, String target)
      throws IOException, InterruptedException {
    try (Answer answer =
        repository.send(Request.post(target), repository.scope().withPullOf(from))) {
      switch (answer.status()) {
        case Statuses.CREATED -> {
          Digests.check(what, digest, answer);
          return true;
        }
        case Statuses.ACCEPTED -> {
          sessions.put(digest.toString(), Locations.of(answer).toString());
          return false;
        }
        default -> throw repository.unexpected(what, answer);
      }
    }
  }

  void push(Descriptor descriptor, Blob content) {
    String what = "push the blob [" + descriptor.digest() + "] to [" + repository.name() + "]";
    if (content.size() != descriptor.size()) {
      throw new RegistryException(
          "Cannot "
              + what
              + ": it has "
              + content.size()
              + " bytes instead of "
              + descriptor.size());
    }
    AtomicBoolean sent = new AtomicBoolean();
    repository
        .retries()
        .run(
            what,
            () -> {
              if (sent.get() && isThere(descriptor.digest())) {
                return descriptor;
              }
              Optional<String> session = session(what, descriptor.digest());
              sent.set(session.isPresent());
              if (session.isPresent()) {
                send(what, descriptor, content, session.get());
              }
              return descriptor;
            });
  }

  /** Perhaps the registry has taken all of it, and only its answer was lost. */
  private boolean isThere(Digest digest) throws IOException, InterruptedException {
    try (Answer answer = repository.send(Request.head(repository.target("blobs/" + digest)))) {
      return answer.status() == Statuses.OK;
    }
  }

  /** Returns where to send the blob to, nothing where the registry turns out to have it. */
  private Optional<String> session(String what, Digest digest)
      throws IOException, InterruptedException {
    String begun = sessions.remove(digest.toString());
    if (begun != null) {
      return Optional.of(begun);
    }
    try (Answer answer = repository.send(Request.post(repository.target(UPLOADS)))) {
      switch (answer.status()) {
        case Statuses.ACCEPTED -> {
          return Optional.of(Locations.of(answer).toString());
        }
        case Statuses.CREATED -> {
          if (Digests.of(answer).filter(digest::equals).isPresent()) {
            return Optional.empty();
          }
          throw repository.unexpected(what, answer);
        }
        default -> throw repository.unexpected(what, answer);
      }
    }
  }

  private void send(String what, Descriptor descriptor, Blob content, String session)
      throws IOException, InterruptedException {
    String target = Locations.with(session, "digest", descriptor.digest().toString());
    Request request = Request.put(target, BINARY, Content.of(descriptor, content));
    try (Answer answer = repository.send(request)) {
      switch (answer.status()) {
        case Statuses.OK, Statuses.CREATED, 204 -> Digests.check(what, descriptor.digest(), answer);
        default -> {
          String text = Statuses.describe(answer);
          if (answer.status() == Statuses.NOT_FOUND || text.contains(SESSION)) {
            // One of several servers does not know of it, or has forgotten it.
            throw new TemporaryFailure(
                "the registry has lost the upload session: " + text,
                answer.status(),
                Duration.ZERO);
          }
          throw repository.unexpected(what, answer, text);
        }
      }
    }
  }
}
