package io.slimimage.it;

/**
 * The builder image with this machine's JDK and system libraries. What is built with it and what is
 * built on this machine must be equal; with any other builder image, runtimes differ rightly.
 */
public final class HostImage {

  private static final String REPORTED = "slimimage.it.hostImage.reported";

  private HostImage() {}

  /**
   * Decides whether a sample's images are compared that were built inside of an engine and on this
   * machine, and tells once per Maven run that they are not.
   *
   * @param image the image's name, null or empty where there is none
   */
  public static boolean isGiven(String image) {
    boolean given = image != null && !image.isBlank();
    if (!given) {
      Console.warnOnce(
          REPORTED,
          "Images of the docker engine and of the embedded engine are not compared: no builder image"
              + " with this machine's JDK and libraries (set slimimage.it.hostImage to one, such as"
              + " the lab's)");
    }
    return given;
  }
}
