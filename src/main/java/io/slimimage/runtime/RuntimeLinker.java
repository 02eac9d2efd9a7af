package io.slimimage.runtime;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.blob.Digest;
import io.slimimage.blob.Records;
import io.slimimage.modules.JdkContent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Links runtimes with {@code jlink} and keeps them for later builds. */
public final class RuntimeLinker {

  private RuntimeLinker() {}

  /**
   * Links a runtime, or returns the one that an earlier build has linked from the same JDK.
   *
   * <p>The same JDK and request give the same files, byte for byte, with one exception: the trust
   * store of a JDK without {@code jmods} is the one that this machine has given it.
   *
   * @param request which runtime
   * @param cache the directory that keeps what later builds can use again; need not exist
   * @return the directory of the runtime, which has {@code bin/java}; nobody may change it
   * @throws SlimImageException if {@code jlink} is missing or fails, a locale does not exist, or
   *     the cache cannot be written
   */
  public static Path link(LinkRequest request, Path cache, BuildLog log) {
    Path directory = cache.toAbsolutePath();
    Records records = new Records(directory.resolve("records"));
    return link(request, JdkContent.digest(request.jdk(), records), directory, log);
  }

  /**
   * Does the same for a JDK whose content is known.
   *
   * @param jdk the content of the JDK
   */
  static Path link(LinkRequest request, Digest jdk, Path cache, BuildLog log) {
    String key = LinkKey.of(request, jdk);
    RuntimeCache runtimes = new RuntimeCache(cache.resolve("runtimes"));
    try {
      Optional<Path> known = runtimes.find(key);
      if (known.isPresent()) {
        log.debug("Using the Java runtime [" + known.get() + "]");
        return known.get();
      }
      return runtimes.add(key, runtime -> make(request, runtime, log));
    } catch (IOException e) {
      throw unwritable(cache, e);
    }
  }

  private static void make(LinkRequest request, Path runtime, BuildLog log) throws IOException {
    new Jlink(request, log).run(runtime);
    if (request.form() == JimageForm.PULL) {
      StoredArchives.store(runtime);
    }
    RuntimeTrim.trim(runtime, request.features());
  }

  private static SlimImageException unwritable(Path cache, IOException e) {
    return new SlimImageException(
        SlimImageException.advise(
            "the Java runtime cannot be written to [" + cache + "] (" + e + ")",
            "check the permissions and the free space there"),
        e);
  }
}
