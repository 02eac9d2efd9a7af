package io.slimimage.samples.reflection;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
    facts.put("sql", JdkNames::sql);
    facts.put("zip", JdkNames::zip);
    facts.put("charset", () -> "한글".getBytes("MS949").length);
    facts.put("ebcdic", () -> new String(new byte[] {(byte) 0xC1}, "IBM037"));
    facts.put("names", JdkNames::names);
    facts.put("script", () -> className("javax.script.ScriptEngineManager"));
    facts.put("optional", () -> className("org.example.NotThere"));
    return facts;
  }

  /** Asks a database in memory, with java.sql and its driver by reflection alone. */
  private static Object sql() throws ReflectiveOperationException {
    Class<?> manager = Class.forName("java.sql.DriverManager");
    Object connection =
        manager
            .getMethod("getConnection", String.class)
            .invoke(null, "jdbc:h2:mem:sample;MODE=PostgreSQL");
    Object statement = call("java.sql.Connection", connection, "createStatement");
    call("java.sql.Statement", statement, "execute", "create table t as select x from system_range(1, 9)");
    Object rows =
        call("java.sql.Statement", statement, "executeQuery", "select listagg(x, '+') || '=' || sum(x) from t");
    call("java.sql.ResultSet", rows, "next");
    return Class.forName("java.sql.ResultSet").getMethod("getString", int.class).invoke(rows, 1);
  }

  private static Object call(String type, Object target, String name, String... arguments)
      throws ReflectiveOperationException {
    Class<?>[] types = new Class<?>[arguments.length];
    Arrays.fill(types, String.class);
    Method method = Class.forName(type).getMethod(name, types);
    return method.invoke(target, (Object[]) arguments);
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
