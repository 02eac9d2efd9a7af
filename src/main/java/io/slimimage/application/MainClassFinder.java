package io.slimimage.application;

import io.slimimage.blob.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;

/**
 * Finds the classes that {@code java} can start, by reading headers of methods and no code.
 *
 * <p>Inherited main methods are not found: the class that declares them is.
 */
public final class MainClassFinder {

  /**
   * What was found.
   *
   * @param mainClasses binary names, sorted, such as {@code com.example.Main$Nested}
   * @param unreadable names of class files that are corrupt or newer than this plugin knows, sorted
   */
  public record Result(List<String> mainClasses, List<String> unreadable) {
    /** Copies the lists. */
    public Result {
      mainClasses = List.copyOf(mainClasses);
      unreadable = List.copyOf(unreadable);
    }
  }

  private final SortedSet<String> mainClasses = new TreeSet<>();
  private final SortedSet<String> unreadable = new TreeSet<>();

  private MainClassFinder() {}

  /** Looks into the application's own classes, not into its libraries. */
  public static Result find(PackagedJar jar) {
    MainClassFinder finder = new MainClassFinder();
    for (PackagedJar.Entry entry : jar.entries()) {
      if (!entry.directory()) {
        finder.scan(entry.name(), entry.content());
      }
    }
    return finder.result();
  }

  /**
   * Looks into a jar or a directory of classes; a directory that does not exist holds no classes.
   */
  public static Result find(Path jarOrDirectory) {
    if (Files.isRegularFile(jarOrDirectory)) {
      return find(PackagedJar.open(jarOrDirectory));
    }
    MainClassFinder finder = new MainClassFinder();
    for (Path file : classFiles(jarOrDirectory)) {
      String name = jarOrDirectory.relativize(file).toString();
      finder.scan(name.replace(file.getFileSystem().getSeparator(), "/"), Blob.of(file));
    }
    return finder.result();
  }

  private static List<Path> classFiles(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return new ArrayList<>(files.filter(Files::isRegularFile).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Result result() {
    return new Result(List.copyOf(mainClasses), List.copyOf(unreadable));
  }

  private void scan(String name, Blob content) {
    // Classes under META-INF/versions replace others of the same name.
    if (!name.endsWith(".class") || name.startsWith("META-INF/") || isDescriptor(name)) {
      return;
    }
    try (InputStream in = content.open()) {
      ClassReader reader = new ClassReader(in.readAllBytes());
      MainMethodVisitor visitor = new MainMethodVisitor();
      reader.accept(
          visitor, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
      if (visitor.isMainClass()) {
        mainClasses.add(reader.getClassName().replace('/', '.'));
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException | NegativeArraySizeException e) {
      // ASM checks nothing: these are what it runs into with a newer or a damaged class file.
      unreadable.add(name);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  private static boolean isDescriptor(String name) {
    return name.endsWith("module-info.class") || name.endsWith("package-info.class");
  }
}
