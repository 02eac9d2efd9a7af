package io.slimimage.image;

/**
 * A number of a JSON text as it is written there, since no type of number keeps them all.
 *
 * @param text such as {@code 1e400}
 */
record JsonNumber(String text) {

  static JsonNumber of(long value) {
    return new JsonNumber(Long.toString(value));
  }
}
