package io.slimimage.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The request line of a build.
 *
 * <p>There is never a {@code session}, since we serve none and newer engines then look for the
 * context there, nor {@code pull}, which needs a session to authenticate.
 *
 * @see <a
 *     href="https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Image/operation/ImageBuild">
 *     Engine API, build an image</a>
 */
final class BuildQuery {

  private final StringJoiner query = new StringJoiner("&", "/build?", "");

  private BuildQuery() {}

  /** Returns path and query for the classic builder or BuildKit. */
  static String of(BuildRequest request, boolean buildKit) {
    BuildQuery query = new BuildQuery();
    query.add("version", buildKit ? "2" : "1");
    // Without them every classic step leaves a stopped container behind; BuildKit has none.
    query.add("rm", "1");
    query.add("forcerm", "1");
    request.tags().forEach(tag -> query.add("t", tag));
    query.add("dockerfile", request.dockerfile());
    query.add("target", request.target());
    query.add("buildargs", request.buildArgs());
    query.add("labels", request.labels());
    query.add("networkmode", request.network());
    query.add("platform", request.platform());
    query.add("nocache", request.noCache() ? "1" : null);
    return query.query.toString();
  }

  private void add(String name, Map<String, String> values) {
    try {
      add(name, values.isEmpty() ? null : new ObjectMapper().writeValueAsString(values));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void add(String name, String value) {
    if (value != null && !value.isEmpty()) {
      query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
    }
  }
}
