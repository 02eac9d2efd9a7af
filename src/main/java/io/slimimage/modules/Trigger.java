package io.slimimage.modules;

/**
 * One thing that makes a {@link Rule} hold.
 *
 * @param kind where to look
 * @param pattern the whole of what is looked for, or with {@code *} at the end how it begins;
 *     classes are written with dots
 */
record Trigger(Kind kind, String pattern) {

  /** Where a trigger looks. */
  enum Kind {
    /** The classes that a class refers to. */
    REFERS,
    /** The strings in classes, and the names of the methods and fields that they use or have. */
    TEXT,
    /** Like {@link #TEXT} in whatever case, as the names of charsets are. */
    CHARSET,
    /** The classes in a jar. */
    CONTAINS,
    /** The services that a jar provides by a file in {@code META-INF/services}. */
    PROVIDES,
    /** The attributes that a jar's manifest has. */
    MANIFEST,
    /** The modules that are there already. */
    MODULE,
    /** The wanted languages besides those that {@code java.base} knows. */
    LOCALE
  }

  boolean matches(String value) {
    int length = pattern.length() - 1;
    boolean anyCase = kind == Kind.CHARSET;
    return pattern.charAt(length) == '*'
        ? value.regionMatches(anyCase, 0, pattern, 0, length)
        : value.length() == length + 1 && value.regionMatches(anyCase, 0, pattern, 0, length + 1);
  }

  /** Returns the form in which a {@link JarScan} notes it. */
  @Override
  public String toString() {
    return kind + " " + pattern;
  }
}
