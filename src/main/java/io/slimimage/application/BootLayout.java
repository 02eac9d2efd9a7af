package io.slimimage.application;

import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/**
 * Where Spring Boot's repackaging has put things.
 *
 * @param classes the directory of the application's classes, with a slash at the end
 * @param lib the directory of its libraries, with a slash at the end
 * @param classPathIndex the file that lists the libraries in the class path's order
 * @see <a
 *     href="https://docs.spring.io/spring-boot/specification/executable-jar/nested-jars.html">Nested
 *     jars</a>
 */
record BootLayout(String classes, String lib, String classPathIndex) {

  private static final String CLASSES = "BOOT-INF/classes/";
  private static final String LIB = "BOOT-INF/lib/";
  private static final String INDEX = "BOOT-INF/classpath.idx";

  /** Returns the layout of a repackaged jar, or nothing for any other jar. */
  static Optional<BootLayout> find(Manifest manifest, Set<String> names) {
    Attributes attributes = manifest.getMainAttributes();
    String classes = attributes.getValue("Spring-Boot-Classes");
    if (classes == null && !names.contains(CLASSES)) {
      return Optional.empty();
    }
    return Optional.of(
        new BootLayout(
            directory(classes, CLASSES),
            directory(attributes.getValue("Spring-Boot-Lib"), LIB),
            Optional.ofNullable(attributes.getValue("Spring-Boot-Classpath-Index")).orElse(INDEX)));
  }

  private static String directory(String value, String otherwise) {
    if (value == null) {
      return otherwise;
    }
    return value.endsWith("/") ? value : value + "/";
  }

  /**
   * Returns the path on the class path of an entry of the jar, or nothing for what only the
   * launcher needs. The application's own services are among its classes, those at the root are the
   * loader's.
   */
  Optional<String> onClassPath(String name) {
    if (name.startsWith(classes)) {
      return Optional.of(name.substring(classes.length())).filter(path -> !path.isEmpty());
    }
    boolean own =
        name.startsWith("META-INF/") && !name.startsWith("META-INF/services/")
            || name.equals("module-info.class");
    return own ? Optional.of(name) : Optional.empty();
  }

  /** Returns the file name of a library of the application, or nothing for any other entry. */
  Optional<String> libraryName(String name) {
    if (!name.startsWith(lib) || name.endsWith("/")) {
      return Optional.empty();
    }
    // The launcher's own tools, which -Djarmode runs, are of no use without the launcher.
    return Optional.of(name.substring(lib.length()))
        .filter(file -> !file.contains("/") && !file.startsWith("spring-boot-jarmode-"));
  }
}
