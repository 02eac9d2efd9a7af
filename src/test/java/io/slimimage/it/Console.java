package io.slimimage.it;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/** The console of the Maven run that builds the samples. */
final class Console {

  private Console() {}

  /**
   * Prints a warning, once per Maven run.
   *
   * @param property the system property that remembers it: each script has a class loader of its
   *     own, and with it static fields of its own
   */
  static void warnOnce(String property, String message) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, "true");
      // The invoker sends System.out of a script to the sample's own log, which nobody reads.
      PrintStream console =
          new PrintStream(new FileOutputStream(FileDescriptor.out), true, Charset.defaultCharset());
      console.println("[WARNING] " + message);
    }
  }
}
