package io.slimimage.modules;

import io.slimimage.SlimImageException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The classes of a JDK in its file {@code lib/modules}, read by that JDK's own {@code jrt-fs.jar}:
 * so an older JDK can look into a newer one, and the other way round. The JDK that runs this code
 * has its own open already, which is faster. Opened when it is first used.
 *
 * @see <a href="https://openjdk.org/jeps/220">JEP 220</a>
 */
final class JdkImage implements Closeable {

  private final Jdk jdk;
  private FileSystem files;
  private boolean running;

  JdkImage(Jdk jdk) {
    this.jdk = jdk;
  }

  /** Returns all modules. */
  JdkModules modules() {
    Map<String, ModuleInfo> modules = new TreeMap<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(files().getPath("/modules"))) {
      for (Path module : all) {
        modules.put(
            module.getFileName().toString(),
            ModuleInfo.read(Files.readAllBytes(module.resolve("module-info.class"))));
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    return new JdkModules(new TreeMap<>(modules));
  }

  /** Returns whether a module has a class of that name, with slashes. */
  boolean hasClass(String module, String name) {
    return Files.exists(files().getPath("/modules", module, name + ".class"));
  }

  private synchronized FileSystem files() {
    if (files == null) {
      try {
        URI uri = URI.create("jrt:/");
        running = isRunning();
        files =
            running
                ? FileSystems.getFileSystem(uri)
                : FileSystems.newFileSystem(uri, Map.of("java.home", jdk.home().toString()));
      } catch (IOException e) {
        throw unreadable(e);
      }
    }
    return files;
  }

  /** The version tells that the JDK has not been replaced since it was started. */
  private boolean isRunning() throws IOException {
    String version = System.getProperty("java.runtime.version");
    return version != null
        && version.equals(jdk.release().get("JAVA_RUNTIME_VERSION"))
        && Files.isSameFile(jdk.home(), Path.of(System.getProperty("java.home")));
  }

  private SlimImageException unreadable(IOException cause) {
    return new SlimImageException(
        SlimImageException.advise(
            "The modules of the JDK at [" + jdk.home() + "] cannot be read: " + cause.getMessage(),
            "install it again or run Maven on another one"),
        cause);
  }

  @Override
  public void close() {
    try {
      if (files != null && !running) {
        files.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
