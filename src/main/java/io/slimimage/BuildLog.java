package io.slimimage;

/** Where the packages below {@code maven} report to; the Mojos map it to Maven's own log. */
public interface BuildLog {

  /** Tells something that every user wants to see once per build. */
  void info(String message);

  /** Tells something that the user should act upon, although the build goes on. */
  void warn(String message);

  /** Tells something that helps to find a mistake. */
  void debug(String message);

  /** Returns whether {@link #debug} goes anywhere. */
  boolean isDebugEnabled();
}
