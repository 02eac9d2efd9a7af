package io.slimimage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes.Name;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.tools.ToolProvider;

/** Makes jars for tests, from contents given in the order that they are to have. */
public final class TestJars {

  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final List<String> stored = new ArrayList<>();
  private LocalDateTime time = LocalDateTime.of(2024, 2, 29, 13, 37, 42);

  public static TestJars jar() {
    return new TestJars();
  }

  public TestJars at(LocalDateTime newTime) {
    time = newTime;
    return this;
  }

  public TestJars manifest(String... namesAndValues) {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      manifest.getMainAttributes().putValue(namesAndValues[i], namesAndValues[i + 1]);
    }
    return manifest(manifest);
  }

  public TestJars manifest(Manifest manifest) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      manifest.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return add("META-INF/MANIFEST.MF", out.toByteArray());
  }

  public TestJars directory(String name) {
    return add(name, new byte[0]);
  }

  public TestJars add(String name, String text) {
    return add(name, text.getBytes(UTF_8));
  }

  public TestJars add(String name, byte[] bytes) {
    entries.put(name, bytes);
    return this;
  }

  public TestJars addStored(String name, byte[] bytes) {
    stored.add(name);
    return add(name, bytes);
  }

  public TestJars addAll(Map<String, byte[]> files) {
    entries.putAll(files);
    return this;
  }

  public byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        JarEntry header = new JarEntry(entry.getKey());
        header.setTimeLocal(time);
        if (stored.contains(entry.getKey())) {
          CRC32 crc = new CRC32();
          crc.update(entry.getValue());
          header.setMethod(JarEntry.STORED);
          header.setSize(entry.getValue().length);
          header.setCrc(crc.getValue());
        }
        jar.putNextEntry(header);
        jar.write(entry.getValue());
        jar.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  public Path write(Path file) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compiles one source file and returns all class files by their path. */
  public static Map<String, byte[]> compile(Path work, String fileName, String source)
      throws IOException {
    Path sources = Files.createDirectories(work.resolve("src-" + System.nanoTime()));
    Path classes = Files.createDirectories(sources.resolve("classes"));
    Path file = Files.writeString(sources.resolve(fileName), source);
    int exit =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "--release", "17", "-d", classes.toString(), file.toString());
    if (exit != 0) {
      throw new IllegalArgumentException("does not compile: " + fileName);
    }
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(classes)) {
      for (Path path : walk.filter(Files::isRegularFile).toList()) {
        files.put(classes.relativize(path).toString(), Files.readAllBytes(path));
      }
    }
    return files;
  }
}
