package io.slimimage.runtime;

import io.slimimage.modules.RuntimeFeature;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Native code of {@code java.desktop} that a runtime goes without unless a feature needs it.
 *
 * <p>{@code libawt.so} and {@code libawt_headless.so} are in no list: {@code java.awt.Color},
 * {@code Rectangle}, {@code BufferedImage} and the search for image readers load them, and
 * libraries without a drop of graphics use those. Where another one is missing, the JVM says so in
 * an {@code UnsatisfiedLinkError} with its name; of {@code libmlib_image.so}, which scales
 * pictures, only in an {@code ImagingOpException}.
 */
final class NativeParts {

  /** The libraries in {@code lib}, by the feature that needs them; not every JDK has them all. */
  private static final Map<RuntimeFeature, List<String>> LIBRARIES =
      Map.of(
          RuntimeFeature.DRAWING,
          List.of(
              "libfontmanager.so",
              "libfreetype.so",
              "libjavajpeg.so",
              "liblcms.so",
              "libmlib_image.so"),
          RuntimeFeature.SCREEN,
          List.of("libawt_xawt.so", "libjawt.so", "libsplashscreen.so"),
          RuntimeFeature.SOUND,
          List.of("libjsound.so"));

  /** What a feature is nothing without. */
  private static final Map<RuntimeFeature, RuntimeFeature> REQUIRES =
      Map.of(RuntimeFeature.SCREEN, RuntimeFeature.DRAWING);

  private NativeParts() {}

  /** Returns the names of the files in {@code lib} that none of the features needs. */
  static Set<String> without(Set<RuntimeFeature> features) {
    Set<String> unneeded = new HashSet<>();
    LIBRARIES.values().forEach(unneeded::addAll);
    for (RuntimeFeature feature : features) {
      unneeded.removeAll(LIBRARIES.get(feature));
      if (REQUIRES.containsKey(feature)) {
        unneeded.removeAll(LIBRARIES.get(REQUIRES.get(feature)));
      }
    }
    return unneeded;
  }
}
