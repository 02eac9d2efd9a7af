package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;

/**
 * What of the host's Maven call reaches the Maven in the builder stage.
 *
 * @param options options of every call: profiles
 * @param properties what the POMs refer to of the command line's properties
 */
record Forwarding(List<String> options, Map<String, String> properties) {

  /** Versions that a CI server sets: they reach the build, but not the step that is cached. */
  private static final Pattern VOLATILE =
      Pattern.compile(
          "revision|sha1|changelist|.*build.?(number|id|time|date).*|.*timestamp.*|.*commit.*",
          Pattern.CASE_INSENSITIVE);

  private static final Set<String> ALWAYS = Set.of("revision", "sha1", "changelist");
  private static final Pattern SECRET =
      Pattern.compile(
          ".*(passw|passphrase|pwd|secret|token|credential|login"
              + "|(api|access|private|signing|auth).?key).*|(.*[._-])?pass");
  private static final Pattern USER_IN_URL = Pattern.compile("://[^/?#\\s]*@");
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]+)}");
  private static final Pattern ACTIVATION =
      Pattern.compile("<property>\\s*<name>\\s*!?([^<\\s]+)\\s*</name>");

  Forwarding {
    options = List.copyOf(options);
    properties = new TreeMap<>(properties);
  }

  /**
   * Reads the session.
   *
   * @param poms the POMs whose references count
   * @param also names that the user wants to be forwarded
   */
  static Forwarding of(
      MavenSession session, Collection<Path> poms, Collection<String> also, BuildLog log) {
    Set<String> referred = referred(poms);
    Properties commandLine = session.getUserProperties();
    Map<String, String> properties = new TreeMap<>();
    for (String name : commandLine.stringPropertyNames()) {
      boolean wanted = ALWAYS.contains(name) || referred.contains(name) || also.contains(name);
      if (wanted
          && !isOwn(name)
          && !also.contains(name)
          && looksSecret(name, commandLine.getProperty(name))) {
        log.warn(
            "The property '"
                + name
                + "' looks like a secret and stays out of the builder stage; name it in"
                + " 'slimimage.builder.properties' if it is none");
      } else if (wanted && !isOwn(name)) {
        properties.put(name, oneLine(name, commandLine.getProperty(name)));
      }
    }
    return new Forwarding(profiles(session.getRequest()), properties);
  }

  /** Returns whether a name tells that the value is to be kept to oneself, or the value does. */
  static boolean looksSecret(String name, String value) {
    return SECRET.matcher(name.toLowerCase(Locale.ROOT)).matches()
        || USER_IN_URL.matcher(value).find();
  }

  /** Returns the options for the step that fetches dependencies: nothing that varies by build. */
  List<String> warmUpOptions() {
    return properties.entrySet().stream()
        .filter(property -> !VOLATILE.matcher(property.getKey()).matches())
        .map(Forwarding::option)
        .toList();
  }

  /** Returns the options for the steps that build. */
  List<String> buildOptions() {
    return properties.entrySet().stream().map(Forwarding::option).toList();
  }

  /** A Dockerfile has no way to write a line break within a word. */
  private static String oneLine(String name, String value) {
    if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
      throw new SlimImageException(
          SlimImageException.advise(
              "The value of the property '"
                  + name
                  + "' has a line break, with which it cannot reach the builder stage",
              "write it on one line, or put the text into a file of the project"));
    }
    return value;
  }

  private static String option(Map.Entry<String, String> property) {
    return "-D" + property.getKey() + "=" + property.getValue();
  }

  private static boolean isOwn(String name) {
    return name.startsWith(ParameterReader.PREFIX) || name.equals("maven.repo.local");
  }

  private static List<String> profiles(MavenExecutionRequest request) {
    List<String> profiles = new ArrayList<>(request.getActiveProfiles());
    request.getInactiveProfiles().forEach(profile -> profiles.add("!" + profile));
    return profiles.isEmpty() ? List.of() : List.of("-P" + String.join(",", profiles));
  }

  private static Set<String> referred(Collection<Path> poms) {
    Set<String> names = new LinkedHashSet<>();
    for (Path pom : poms) {
      String text;
      try {
        // Any encoding will do: the names of properties are ASCII.
        text = Files.readString(pom, StandardCharsets.ISO_8859_1);
      } catch (IOException e) {
        throw new SlimImageException("The POM " + pom + " cannot be read: " + e.getMessage(), e);
      }
      for (Pattern pattern : List.of(REFERENCE, ACTIVATION)) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
          names.add(matcher.group(1));
        }
      }
    }
    return names;
  }
}
