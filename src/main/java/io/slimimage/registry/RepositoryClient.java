package io.slimimage.registry;

import java.io.IOException;

/** The requests about one repository, with the rights that they need. */
final class RepositoryClient {

  private final RegistryClient client;
  private final String path;
  private final Scope scope;

  RepositoryClient(RegistryClient client, String path, Scope scope) {
    this.client = client;
    this.path = path;
    this.scope = scope;
  }

  /** Returns registry and path, as users write it. */
  String name() {
    return client.registry() + "/" + path;
  }

  /** Returns the target of a request, such as {@code manifests/latest}. */
  String target(String rest) {
    return "/v2/" + path + "/" + rest;
  }

  Scope scope() {
    return scope;
  }

  Retries retries() {
    return client.retries();
  }

  Answer send(Request request) throws IOException, InterruptedException {
    return client.send(request, scope);
  }

  Answer send(Request request, Scope other) throws IOException, InterruptedException {
    return client.send(request, other);
  }

  RegistryException unexpected(String what, Answer answer) {
    return unexpected(what, answer, Statuses.describe(answer));
  }

  /**
   * Returns the failure of an answer that is none of those that were expected.
   *
   * @param text what the answer says
   */
  RegistryException unexpected(String what, Answer answer, String text) {
    return Statuses.unexpected(what, client.registry(), answer, text);
  }
}
