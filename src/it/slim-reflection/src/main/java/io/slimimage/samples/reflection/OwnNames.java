package io.slimimage.samples.reflection;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.ResourceBundle;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** What the application has of its own and finds by name only. */
final class OwnNames {

  private OwnNames() {}

  static Map<String, Callable<Object>> facts() {
    Map<String, Callable<Object>> facts = new LinkedHashMap<>();
    facts.put("english", () -> text(Locale.ENGLISH, "hello", "world"));
    facts.put("korean", () -> text(Locale.KOREA, "hello", "세계"));
    facts.put("plural", () -> text(Locale.ENGLISH, "plural", 3));
    facts.put("services", OwnNames::services);
    facts.put("configured", () -> configured().say("Hello"));
    facts.put("proxy", () -> proxy().say("x"));
    facts.put("record", OwnNames::components);
    facts.put("handle", OwnNames::handle);
    facts.put("serialized", () -> copy(new Point(3, 4)));
    return facts;
  }

  private static String text(Locale locale, String key, Object argument) {
    ResourceBundle texts =
        ResourceBundle.getBundle(OwnNames.class.getPackageName() + ".Texts", locale);
    return new MessageFormat(texts.getString(key), locale).format(new Object[] {argument});
  }

  private static String services() {
    return ServiceLoader.load(Voice.class).stream()
        .map(ServiceLoader.Provider::type)
        .sorted(Comparator.comparing(type -> type.getAnnotation(Voice.Loudness.class).value()))
        .map(Class::getSimpleName)
        .collect(Collectors.joining(","));
  }

  private static Voice configured() throws IOException, ReflectiveOperationException {
    Properties properties = new Properties();
    try (InputStream in =
        Thread.currentThread().getContextClassLoader().getResourceAsStream("plugin.properties")) {
      properties.load(in);
    }
    Class<?> type = Class.forName(properties.getProperty("class"));
    return (Voice) type.getDeclaredConstructor().newInstance();
  }

  private static Voice proxy() {
    return (Voice)
        Proxy.newProxyInstance(
            Voice.class.getClassLoader(),
            new Class<?>[] {Voice.class},
            (self, method, arguments) -> method.getName() + Arrays.toString(arguments));
  }

  private static String components() {
    return Arrays.stream(Point.class.getRecordComponents())
        .map(RecordComponent::getName)
        .collect(Collectors.joining(","));
  }

  private static Object handle() throws Exception {
    try {
      return MethodHandles.lookup()
          .findVirtual(Point.class, "distance", MethodType.methodType(double.class))
          .invoke(new Point(3, 4));
    } catch (Throwable e) {
      throw new Exception(e);
    }
  }

  private static Object copy(Object original) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(original);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }

  private record Point(int x, int y) implements Serializable {

    double distance() {
      return Math.sqrt(x * x + y * y);
    }
  }
}
