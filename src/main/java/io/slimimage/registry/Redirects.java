package io.slimimage.registry;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Goes where answers lead; the authorization stays with whom it is for. */
final class Redirects {

  private static final int MAX = 5;
  private static final int SEE_OTHER = 303;

  private final Transport transport;

  Redirects(Transport transport) {
    this.transport = transport;
  }

  /**
   * Returns the answer at the end of the way.
   *
   * @param first the answer to the request, which is closed if it is not the one
   * @throws RegistryException if the way is too long, or leads nowhere
   */
  Answer follow(Answer first, Request request) throws IOException, InterruptedException {
    Answer answer = first;
    Optional<Authorization> authorization = first.authorization();
    for (int hops = 0; isRedirect(answer, request); hops++) {
      URI next;
      try (Answer redirect = answer) {
        if (hops == MAX) {
          throw new RegistryException(
              "The registry ["
                  + Locations.host(first.uri())
                  + "] redirects more than "
                  + MAX
                  + " times",
              redirect.status(),
              null);
        }
        next = Locations.of(redirect);
        if (!Locations.sameServer(redirect.uri(), next)) {
          authorization = Optional.empty();
        }
      }
      answer = transport.send(next, request, authorization);
    }
    return answer;
  }

  private static boolean isRedirect(Answer answer, Request request) {
    return switch (answer.status()) {
      case 301, 302, 307, 308 -> true;
      // It says that the request was done, and where its result is.
      case SEE_OTHER -> request.reads();
      default -> false;
    };
  }
}
