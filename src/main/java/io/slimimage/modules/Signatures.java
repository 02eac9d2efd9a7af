package io.slimimage.modules;

import java.util.function.Consumer;

/** Finds the classes in descriptors and generic signatures. */
final class Signatures {

  private Signatures() {}

  /**
   * Hands over the internal name of each class that a text names if it is a descriptor or a generic
   * signature; of a nested class in a generic one, that is the name of the outermost.
   */
  static void forEachClass(String text, Consumer<String> sink) {
    if ("(<L[T".indexOf(text.charAt(0)) < 0) {
      return;
    }
    int at = text.indexOf('L');
    while (at >= 0) {
      int end = nameEnd(text, at + 1);
      if (end < text.length() && (text.charAt(end) == ';' || text.charAt(end) == '<')) {
        sink.accept(text.substring(at + 1, end));
      }
      at = text.indexOf('L', end);
    }
  }

  private static int nameEnd(String text, int from) {
    int end = from;
    while (end < text.length() && isNamePart(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isNamePart(char c) {
    return c == '/' || Character.isJavaIdentifierPart(c) || c == '-';
  }
}
