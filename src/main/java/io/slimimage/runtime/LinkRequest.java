package io.slimimage.runtime;

import io.slimimage.modules.Jdk;
import io.slimimage.modules.RuntimeFeature;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Which runtime to link.
 *
 * @param jdk the JDK to link it from
 * @param modules the modules, sorted
 * @param features what else of the JDK it needs
 * @param locales the languages that it is to know besides English, as BCP 47 tags
 * @param form how its classes are written
 */
public record LinkRequest(
    Jdk jdk,
    List<String> modules,
    Set<RuntimeFeature> features,
    List<String> locales,
    JimageForm form) {

  /** Copies the collections. */
  public LinkRequest {
    Objects.requireNonNull(jdk, "jdk");
    modules = List.copyOf(modules);
    features = Set.copyOf(features);
    locales = List.copyOf(locales);
    Objects.requireNonNull(form, "form");
  }
}
