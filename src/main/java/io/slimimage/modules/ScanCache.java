package io.slimimage.modules;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.slimimage.BuildLog;
import io.slimimage.blob.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * Keeps small results for later builds, one file each: the SHA-256 of the rest as 64 hexadecimal
 * digits, then the result in JSON. A file that does not match its digest counts as none, so that
 * several builds can share a directory. What cannot be kept costs the next build time, no more.
 */
final class ScanCache {

  private static final int DIGITS = 64;

  private final Path directory;
  private final BuildLog log;
  private final ObjectMapper json = new ObjectMapper();

  ScanCache(Path directory, BuildLog log) {
    this.directory = directory;
    this.log = log;
  }

  <T> Optional<T> read(String key, Class<T> type) {
    try {
      byte[] file = Files.readAllBytes(file(key));
      byte[] body = Arrays.copyOfRange(file, Math.min(DIGITS, file.length), file.length);
      byte[] digest = Digest.sha256(body).hex().getBytes(UTF_8);
      if (Arrays.equals(file, 0, Math.min(DIGITS, file.length), digest, 0, DIGITS)) {
        return Optional.of(json.readValue(body, type));
      }
      log.debug("[" + file(key) + "] is damaged, and written anew");
    } catch (IOException e) {
      // Not there yet, or unreadable: found again.
    }
    return Optional.empty();
  }

  void write(String key, Object result) {
    try {
      Files.createDirectories(directory);
      byte[] body = json.writeValueAsBytes(result);
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      file.writeBytes(Digest.sha256(body).hex().getBytes(UTF_8));
      file.writeBytes(body);
      Path beside = Files.createTempFile(directory, "scan", ".tmp");
      try {
        Files.write(beside, file.toByteArray());
        Files.move(beside, file(key), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      log.debug("cannot keep the module scan in [" + directory + "]: " + e);
    }
  }

  private Path file(String key) {
    return directory.resolve(key + ".json");
  }
}
