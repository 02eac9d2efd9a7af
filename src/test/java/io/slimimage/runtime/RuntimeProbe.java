package io.slimimage.runtime;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/** Runs inside of a linked runtime and prints what it finds. */
final class RuntimeProbe {

  private RuntimeProbe() {}

  public static void main(String[] tests) {
    for (String test : tests) {
      System.out.println(test + "=" + run(test));
    }
  }

  private static Object run(String test) {
    return switch (test) {
      case "vm" -> System.getProperty("java.vm.name");
      case "korean" -> monday(Locale.KOREA);
      case "german" -> monday(Locale.GERMANY);
      case "english" -> monday(Locale.UK);
      default -> throw new IllegalArgumentException(test);
    };
  }

  private static String monday(Locale locale) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL)
        .withLocale(locale)
        .format(LocalDate.of(2026, 11, 23));
  }
}
