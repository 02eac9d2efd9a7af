package io.slimimage.samples.reflection;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * What the application needs of the JDK without that a class of the JDK, or its module, stands in
 * the byte code: only strings do.
 */
final class JdkNames {

  private JdkNames() {}

  static Map<String, Callable<Object>> facts() {
    Map<String, Callable<Object>> facts = new LinkedHashMap<>();
    facts.put("date", JdkNames::date);
    facts.put("zip", JdkNames::zip);
    facts.put("charset", () -> "한글".getBytes("MS949").length);
    facts.put("ebcdic", () -> new String(new byte[] {(byte) 0xC1}, "IBM037"));
    facts.put("names", JdkNames::names);
    facts.put("script", () -> className("javax.script.ScriptEngineManager"));
    facts.put("optional", () -> className("org.example.NotThere"));
    return facts;
  }

  /** A date of java.sql, of which nothing but the name of its class stands here. */
  private static Object date() throws ReflectiveOperationException {
    Class<?> type = Class.forName("java.sql.Date");
    return type.getMethod("valueOf", String.class).invoke(null, "2026-11-22");
  }

  private static Object zip() throws IOException {
    Path file = Files.createTempDirectory("slim").resolve("한글.zip");
    URI address = URI.create("jar:" + file.toUri());
    try (FileSystem zip = FileSystems.newFileSystem(address, Map.of("create", "true"))) {
      Files.writeString(zip.getPath("/안녕.txt"), "in a zip file");
    }
    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      return Files.readString(zip.getPath("/안녕.txt"), StandardCharsets.UTF_8);
    } finally {
      Files.delete(file);
    }
  }

  /** Asks for the name servers' context, which the JDK makes without asking any of them. */
  private static Object names() throws ReflectiveOperationException {
    Class<?> type = Class.forName("javax.naming.InitialContext");
    Hashtable<String, String> environment = new Hashtable<>();
    environment.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
    environment.put("java.naming.provider.url", "dns://127.0.0.1");
    Object context = type.getConstructor(Hashtable.class).newInstance(environment);
    return type.getMethod("getNameInNamespace").invoke(context);
  }

  private static String className(String name) {
    try {
      return Class.forName(name).getSimpleName();
    } catch (ClassNotFoundException e) {
      return "none";
    }
  }
}
