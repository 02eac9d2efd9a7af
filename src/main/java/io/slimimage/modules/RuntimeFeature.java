package io.slimimage.modules;

/** A part of a Java runtime that is no module of its own, and left out unless it is needed. */
public enum RuntimeFeature {
  /** Drawing without a screen: the native code of Java 2D, a font and what finds it. */
  DRAWING,
  /** Sound, which needs a library of the system. */
  SOUND,
  /** Windows on a screen, which needs the libraries of X11. */
  SCREEN
}
