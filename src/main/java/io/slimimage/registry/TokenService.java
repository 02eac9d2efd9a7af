package io.slimimage.registry;

import io.slimimage.SlimImageException;
import io.slimimage.credentials.Credentials;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Gets tokens for rights.
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/token/">Token
 *     authentication</a>
 */
final class TokenService {

  private static final int LIMIT = 1 << 20;

  /** What a service means that does not say how long its tokens live. */
  private static final long USUAL_SECONDS = 60;

  private static final long MOST_SECONDS = TimeUnit.DAYS.toSeconds(1);

  private final Transport transport;
  private final Redirects redirects;

  TokenService(Transport transport) {
    this.transport = transport;
    this.redirects = new Redirects(transport);
  }

  /**
   * Gets a token.
   *
   * @param challenge with the address of the service
   * @param from the registry's own address, which has given the challenge
   * @param rights to ask for
   * @param credentials whose rights; nobody's for an anonymous token
   * @throws RegistryException with the status of the answer if the service refuses it
   */
  Authorization token(
      Challenge challenge, URI from, List<String> rights, Optional<Credentials> credentials)
      throws IOException, InterruptedException {
    URI realm = realm(challenge, from);
    Optional<String> identity =
        credentials.map(Credentials::identityToken).filter(it -> !it.isEmpty());
    long asked = transport.timing().nanos();
    Request request =
        identity.isPresent()
            ? refresh(realm, challenge.parameter("service"), rights, identity.get())
            : Request.get(query(realm, challenge.parameter("service"), rights)).forLittle();
    Optional<Authorization> basic =
        identity.isPresent() ? Optional.empty() : credentials.map(Authorization::basic);
    try (Answer answer =
        redirects.follow(transport.send(URI.create(request.target()), request, basic), request)) {
      Redaction redaction = answer.redaction();
      credentials.ifPresent(redaction::credentials);
      Statuses.throwIfTemporary(answer, redaction, transport.timing());
      if (!answer.isSuccess()) {
        throw refused(realm, answer, redaction, credentials);
      }
      return authorization(realm, answer, credentials, asked);
    }
  }

  private static URI realm(Challenge challenge, URI from) {
    try {
      URI realm = from.resolve(new URI(challenge.parameter("realm")));
      String scheme = realm.getScheme();
      if (realm.getHost() != null && ("http".equals(scheme) || "https".equals(scheme))) {
        return realm;
      }
    } catch (URISyntaxException e) {
      // Reported below.
    }
    throw new RegistryException(
        "The registry ["
            + Locations.host(from)
            + "] names ["
            + challenge.parameter("realm")
            + "] as its token service, which is no address of a server");
  }

  private static String query(URI realm, String service, List<String> rights) {
    String address = realm.toString();
    if (!service.isEmpty()) {
      address = Locations.with(address, "service", service);
    }
    for (String right : rights) {
      address = Locations.with(address, "scope", right);
    }
    return address;
  }

  private static Request refresh(URI realm, String service, List<String> rights, String identity) {
    String form =
        "grant_type=refresh_token&client_id=slimimage&refresh_token="
            + encoded(identity)
            + (service.isEmpty() ? "" : "&service=" + encoded(service))
            + "&scope="
            + encoded(String.join(" ", rights));
    return new Request(
        "POST",
        realm.toString(),
        Map.of("Content-Type", "application/x-www-form-urlencoded"),
        Content.of(form.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static RegistryException refused(
      URI realm, Answer answer, Redaction redaction, Optional<Credentials> credentials) {
    String fact =
        "The token service ["
            + Locations.host(realm)
            + "] answers "
            + Statuses.describe(answer, redaction)
            + credentials.map(it -> " to the " + it).orElse("");
    return new RegistryException(
        credentials.isPresent()
            ? SlimImageException.advise(fact, "check whether they are right, and not expired")
            : fact,
        answer.status(),
        null);
  }

  private static Authorization authorization(
      URI realm, Answer answer, Optional<Credentials> credentials, long asked) throws IOException {
    Map<?, ?> json = Json.object(answer.read(LIMIT));
    String token = Json.text(json, "token");
    if (token.isEmpty()) {
      token = Json.text(json, "access_token");
    }
    // It goes into a header, and would be shown by the failure to put it there.
    if (token.isEmpty() || !token.chars().allMatch(it -> it > ' ' && it < 127)) {
      throw new RegistryException(
          "The token service [" + Locations.host(realm) + "] answers without a token",
          answer.status(),
          null);
    }
    long seconds = json.get("expires_in") instanceof Number number ? number.longValue() : 0;
    long lifetime = seconds <= 0 ? USUAL_SECONDS : Math.min(seconds, MOST_SECONDS);
    return Authorization.bearer(token, credentials, asked, TimeUnit.SECONDS.toNanos(lifetime));
  }
}
