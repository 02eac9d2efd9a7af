package io.slimimage.registry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A token service and the registry that asks for its tokens: anybody may read public repositories,
 * the user may do everything.
 */
public final class TokenScript {

  static final String IDENTITY = "identity-token-SECRET";

  private final String basic;
  private final String identity;
  private final String token;

  private final Map<String, Set<String>> tokens = new ConcurrentHashMap<>();
  private final List<String> given = new CopyOnWriteArrayList<>();
  private final AtomicInteger number = new AtomicInteger();
  private String form = "{\"token\":\"%s\",\"expires_in\":300,\"new\":{\"field\":[1]}}";

  TokenScript() {
    this(TestClient.USER, TestClient.PASSWORD, IDENTITY, "token-SECRET");
  }

  /**
   * Creates a service that knows one user.
   *
   * @param identity the identity token of the user
   * @param token what all its tokens begin with
   */
  public TokenScript(String user, String password, String identity, String token) {
    String pair = user + ":" + password;
    this.basic =
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    this.identity = identity;
    this.token = token;
  }

  /** Answers with this JSON, in which a {@code %s} stands for the token. */
  TokenScript form(String json) {
    form = json;
    return this;
  }

  /** Makes a registry ask for tokens of this service, which answers at the same port. */
  public void guard(ScriptedRegistry registry) {
    registry.always("(GET|POST) /token.*", this::give);
    registry.always(
        ".*/v2/.*",
        exchange -> {
          if (allows(exchange)) {
            registry.memory().play(exchange);
          } else {
            refuse(registry, exchange);
          }
        });
  }

  private static void refuse(ScriptedRegistry registry, Exchange exchange) throws IOException {
    exchange.body();
    String challenge =
        "Bearer realm=\"http://%s/token\",service=\"lab\",scope=\"%s\""
            .formatted(registry.host(), String.join(" ", needed(exchange)));
    exchange.head(401, List.of("WWW-Authenticate: " + challenge), Map.of("Content-Length", "0"));
  }

  private static List<String> needed(Exchange exchange) {
    String name = exchange.path().replaceAll("/v2/(.*)/(manifests|blobs)/.*", "$1");
    boolean reads = exchange.method().equals("GET") || exchange.method().equals("HEAD");
    List<String> needed = new ArrayList<>();
    needed.add("repository:" + name + (reads ? ":pull" : ":pull,push"));
    if (!exchange.query("from").isEmpty()) {
      needed.add("repository:" + exchange.query("from") + ":pull");
    }
    return needed;
  }

  private boolean allows(Exchange exchange) {
    Set<String> rights =
        tokens.getOrDefault(exchange.header("Authorization").replace("Bearer ", ""), Set.of());
    return needed(exchange).stream()
        .allMatch(it -> rights.contains(it) || rights.contains(it.replace(":pull", ":pull,push")));
  }

  private void give(Exchange exchange) throws IOException {
    String body = new String(exchange.body(), StandardCharsets.UTF_8);
    boolean post = exchange.method().equals("POST");
    List<String> scopes =
        post
            ? Arrays.asList(String.join(" ", Exchange.parameters(body, "scope")).split(" "))
            : exchange.queries("scope");
    boolean known =
        post
            ? Exchange.parameters(body, "refresh_token").equals(List.of(identity))
            : exchange.header("Authorization").equals(basic);
    if (!known && (post || exchange.hasHeader("Authorization"))) {
      exchange.json(401, "{\"details\":\"incorrect username or password\"}");
      return;
    }
    String next = token + "-" + number.incrementAndGet();
    given.add((known ? "user " : "anonymous ") + String.join(" ", scopes));
    tokens.put(
        next,
        Set.copyOf(
            scopes.stream()
                .filter(it -> known || it.startsWith("repository:public/") && it.endsWith(":pull"))
                .toList()));
    exchange.json(200, form.formatted(next));
  }

  /** Returns for whom and for what tokens were given. */
  public List<String> given() {
    return given;
  }

  /** Lets no token count any more. */
  void revoke() {
    tokens.clear();
  }
}
