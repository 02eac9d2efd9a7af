package io.slimimage.credentials;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A user's home with configuration files, and real helper programs on a {@code PATH}. */
final class UserFiles {

  private final Path root;
  private final Map<String, String> variables = new LinkedHashMap<>();

  UserFiles(Path root) {
    this.root = root;
    variables.put("HOME", home().toString());
    // Helpers are shell scripts here, which need sleep, cat and the like.
    variables.put("PATH", programs() + ":/usr/bin:/bin");
  }

  Path home() {
    return root.resolve("home");
  }

  Path programs() {
    return root.resolve("programs");
  }

  UserFiles with(String variable, Object value) {
    variables.put(variable, value.toString());
    return this;
  }

  UserFiles without(String variable) {
    variables.remove(variable);
    return this;
  }

  UserEnvironment environment() {
    return new UserEnvironment(variables, root.resolve("java-home"), false);
  }

  /** Writes a file below the root; single quotes stand for double ones. */
  Path write(String file, String json) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, json.replace('\'', '"'));
  }

  Path dockerConfig(String json) throws IOException {
    return write("home/.docker/config.json", json);
  }

  /** Writes an executable shell script {@code docker-credential-<name>}. */
  Path helper(String name, String... script) throws IOException {
    Path file = programs().resolve("docker-credential-" + name);
    Files.createDirectories(programs());
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", script) + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  static String base64(String pair) {
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
