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
 * so an older JDK can look into a newer one, and the other way round. Opened when it is first used.
 *
 * @see <a href="https://openjdk.org/jeps/220">JEP 220</a>
 */
final class JdkImage implements Closeable {

  private final Jdk jdk;
  private FileSystem files;

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
        Map<String, String> home = Map.of("java.home", jdk.home().toString());
        files = FileSystems.newFileSystem(URI.create("jrt:/"), home);
      } catch (IOException e) {
        throw unreadable(e);
      }
    }
    return files;
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
      if (files != null) {
        files.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
