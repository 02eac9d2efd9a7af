package io.slimimage.registry;

import io.slimimage.blob.Digest;
import io.slimimage.image.Descriptor;
import java.io.InputStream;

/** Reading the blobs of a repository. */
final class BlobReads {

  private final RepositoryClient repository;

  BlobReads(RepositoryClient repository) {
    this.repository = repository;
  }

  boolean has(Digest digest) {
    String what = "find the blob [" + digest + "] of [" + repository.name() + "]";
    Request request = Request.head(repository.target("blobs/" + digest));
    return repository
        .retries()
        .run(
            what,
            () -> {
              try (Answer answer = repository.send(request)) {
                return switch (answer.status()) {
                  case Statuses.OK -> {
                    Digests.check(what, digest, answer);
                    yield true;
                  }
                  case Statuses.NOT_FOUND -> false;
                  default -> {
                    if (isStorage(answer, request)) {
                      yield false;
                    }
                    throw repository.unexpected(what, answer);
                  }
                };
              }
            });
  }

  /** A storage that the registry redirects to may allow nothing but GET: then we do not know. */
  private static boolean isStorage(Answer answer, Request request) {
    return !answer.uri().getRawPath().equals(request.target());
  }

  InputStream open(Descriptor descriptor) {
    return new VerifiedBytes(body(descriptor, 0), descriptor, "of [" + repository.name() + "]");
  }

  /** Opens the bytes from a position on; nobody verifies them. */
  InputStream body(Descriptor descriptor, long position) {
    ResumedBody body = new ResumedBody(repository, descriptor, position);
    body.connect();
    return body;
  }
}
