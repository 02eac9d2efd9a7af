package io.slimimage.samples.skiplibrary;

/** A class without a main method. */
public final class Library {

  private Library() {}

  /** Returns the answer. */
  public static int answer() {
    return 42;
  }
}
