package io.slimimage.runtime;

import io.slimimage.SlimImageException;
import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The languages of a runtime, English always among them.
 *
 * @param codes their subtags, such as {@code ko}
 */
record Languages(SortedSet<String> codes) {

  /**
   * What the JDK's own messages are translated into, besides the data of {@code jdk.localedata}:
   * 3.3 MB of the classes of a Spring service.
   */
  private static final List<String> TRANSLATIONS =
      List.of(
          "ca", "cs", "de", "es", "fr", "it", "ja", "ko", "pl", "pt", "ru", "sk", "sv", "tr", "zh");

  private static final Set<String> TWO_LETTERS =
      Arrays.stream(Locale.getISOLanguages()).collect(Collectors.toUnmodifiableSet());

  /**
   * Takes the languages of tags such as {@code ko-KR}. Data of all their regions and scripts stays
   * together: it is small, and one region falls back to another.
   *
   * @throws SlimImageException if a tag is none
   */
  static Languages of(List<String> tags) {
    SortedSet<String> codes = new TreeSet<>(Set.of("en"));
    tags.forEach(tag -> codes.add(language(tag)));
    return new Languages(codes);
  }

  private static String language(String tag) {
    try {
      String language = new Locale.Builder().setLanguageTag(tag).build().getLanguage();
      if (language.length() > 2 || TWO_LETTERS.contains(language)) {
        return language;
      }
    } catch (IllformedLocaleException e) {
      // Reported below.
    }
    throw new SlimImageException(
        SlimImageException.advise(
            "the locale [" + tag + "] does not exist",
            "give it as a BCP 47 tag such as ko or pt-BR"));
  }

  /**
   * Returns a pattern of the translated messages in other languages, as {@code jlink} takes it.
   *
   * <p>{@code XResources} are no messages, but the digits and letters of XSLT's numbering.
   */
  String others() {
    String others =
        TRANSLATIONS.stream()
            .filter(language -> !codes.contains(language))
            .collect(Collectors.joining("|"));
    return "regex:/(?!jdk\\.localedata/|.*/XResources_).*_("
        + others
        + ")(_[A-Z][A-Z])?\\.(class|properties)";
  }
}
