package io.slimimage.maven;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.slimimage.system.BaseSystem;
import java.util.List;

/**
 * How the goal {@code layers} links the runtime.
 *
 * @param only the modules to link instead of those found
 * @param add modules besides
 * @param exclude modules to leave out
 * @param locales the languages besides English
 * @param caCertificates certificates to trust besides the JDK's, each in DER and Base64
 * @param user the container's user
 * @param home its home, without a slash in front; empty where it has none
 * @param base what the base image has, or null where that is not known
 * @param cache the directory that keeps what later builds can use again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RuntimeConfiguration(
    List<String> only,
    List<String> add,
    List<String> exclude,
    List<String> locales,
    List<String> caCertificates,
    String user,
    String home,
    BaseSystem base,
    String cache) {

  RuntimeConfiguration {
    only = List.copyOf(only);
    add = List.copyOf(add);
    exclude = List.copyOf(exclude);
    locales = List.copyOf(locales);
    caCertificates = List.copyOf(caCertificates);
  }

  RuntimeConfiguration withBase(BaseSystem found) {
    return new RuntimeConfiguration(
        only, add, exclude, locales, caCertificates, user, home, found, cache);
  }

  RuntimeConfiguration withCache(String directory) {
    return new RuntimeConfiguration(
        only, add, exclude, locales, caCertificates, user, home, base, directory);
  }
}
