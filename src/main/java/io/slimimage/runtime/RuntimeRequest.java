package io.slimimage.runtime;

import io.slimimage.layer.LayerEntry;
import io.slimimage.modules.Jdk;
import io.slimimage.modules.ModuleSelection;
import io.slimimage.modules.ScannedJar;
import io.slimimage.system.BaseSystem;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which runtime an application is to get.
 *
 * @param jdk the JDK to link it from
 * @param jars the application's class path in its order, its own jar first
 * @param selection what the user decides about the modules
 * @param locales the languages that the application is to know besides English, as BCP 47 tags
 * @param form how the runtime's classes are written
 * @param caCertificates certificates to trust besides the JDK's
 * @param container what the container's user and base image ask for
 * @param host the root of the system that has the libraries, {@code /} unless in a test
 */
public record RuntimeRequest(
    Jdk jdk,
    List<ScannedJar> jars,
    ModuleSelection selection,
    List<String> locales,
    JimageForm form,
    List<X509Certificate> caCertificates,
    Container container,
    Path host) {

  /** Copies the lists and checks that nothing is null. */
  public RuntimeRequest {
    Objects.requireNonNull(jdk, "jdk");
    jars = List.copyOf(jars);
    Objects.requireNonNull(selection, "selection");
    locales = List.copyOf(locales);
    Objects.requireNonNull(form, "form");
    caCertificates = List.copyOf(caCertificates);
    Objects.requireNonNull(container, "container");
    Objects.requireNonNull(host, "host");
  }

  /**
   * What the container's user and base image ask for.
   *
   * @param user the user, as uid and where wanted {@code :gid}
   * @param home the home of that user, without a slash in front; empty where it has none
   * @param extra a directory with the project's own files for the image; need not exist
   * @param base what the base image has; empty where that is not known, and then the runtime relies
   *     on it for every system file
   * @param directories directories of the container's configuration
   */
  public record Container(
      String user,
      String home,
      Path extra,
      Optional<BaseSystem> base,
      List<LayerEntry.Directory> directories) {
    /** Copies the list and checks that nothing is null. */
    public Container {
      Objects.requireNonNull(user, "user");
      Objects.requireNonNull(home, "home");
      Objects.requireNonNull(extra, "extra");
      Objects.requireNonNull(base, "base");
      directories = List.copyOf(directories);
    }
  }
}
