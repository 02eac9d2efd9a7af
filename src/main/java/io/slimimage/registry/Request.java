package io.slimimage.registry;

import java.util.Map;
import java.util.TreeMap;

/**
 * What is asked of a registry.
 *
 * @param method of HTTP
 * @param target a path at the registry, with its query, or a whole address
 * @param headers besides those that say who asks
 * @param content the body
 * @param small whether the answer is
 */
record Request(
    String method, String target, Map<String, String> headers, Content content, boolean small) {

  Request(String method, String target, Map<String, String> headers, Content content) {
    this(method, target, headers, content, false);
  }

  /** In bytes. */
  private static final int LITTLE = 1 << 16;

  static Request head(String target) {
    return new Request("HEAD", target, Map.of(), Content.NONE);
  }

  static Request get(String target) {
    return new Request("GET", target, Map.of(), Content.NONE);
  }

  static Request post(String target) {
    return new Request("POST", target, Map.of(), Content.NONE);
  }

  static Request put(String target, String mediaType, Content content) {
    return new Request("PUT", target, Map.of("Content-Type", mediaType), content);
  }

  Request with(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new Request(method, target, more, content, small);
  }

  /** Returns the same request, one whose answer is small. */
  Request forLittle() {
    return new Request(method, target, headers, content, true);
  }

  /** Returns whether neither the request nor its answer has more than a little to carry. */
  boolean isLittle() {
    return small
        || method.equals("HEAD")
        || method.equals("POST") && content.length() == 0
        || method.equals("PUT") && content.length() <= LITTLE;
  }

  /** Returns whether the request only asks, so that it may be sent wherever a redirect leads. */
  boolean reads() {
    return method.equals("GET") || method.equals("HEAD");
  }

  @Override
  public String toString() {
    return method;
  }
}
