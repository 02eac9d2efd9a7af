package io.slimimage.system;

import io.slimimage.blob.Digest;
import io.slimimage.blob.EarlierBuilds;
import io.slimimage.blob.FieldLines;
import io.slimimage.modules.ClassPath;
import io.slimimage.modules.JarFindings;
import io.slimimage.modules.ScannedJar;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Names the native code that an application brings: as long as it is the same, it needs the same of
 * a system. Whatever else changes in a jar or a file does not show here.
 */
public final class NativeKeys {

  /** Goes up with each change of what is looked at. */
  private static final String FORMAT = "1";

  private static final Digest NOTHING = Digest.sha256(new byte[0]);

  private NativeKeys() {}

  /**
   * Names the native code inside jars; no jar is opened that an earlier build has looked into.
   *
   * @param jdk the home of the JDK, by which the processor is known
   * @param content the content of that JDK
   */
  public static Digest ofJars(
      ClassPath classPath, Path jdk, Digest content, EarlierBuilds earlier) {
    JarFindings natives =
        new JarFindings(
            classPath, earlier.records(), "natives", FORMAT + " " + content, new Look(jdk));
    List<Digest> digests = natives.digests();
    FieldLines text = new FieldLines();
    for (int i = 0; i < digests.size(); i++) {
      if (!digests.get(i).equals(NOTHING)) {
        text.add(classPath.jars().get(i).jar().name(), digests.get(i).hex());
      }
    }
    return digest(text.toString());
  }

  /**
   * Names the native code and the fonts among the project's own files; none of them is opened that
   * an earlier build has looked into.
   *
   * @param directory need not exist
   */
  public static Digest ofExtra(Path directory, EarlierBuilds earlier) {
    String files = DirectoryNatives.list(directory, earlier.digests());
    if (files.isEmpty()) {
      return NOTHING;
    }
    Digest key = digest(FORMAT + "\n" + files);
    String text =
        earlier
            .records()
            .find("extra-natives", key)
            .orElseGet(
                () -> {
                  String found =
                      DirectoryNatives.describe(directory, earlier.digests())
                          + (Fonts.isIn(directory) ? "fonts\n" : "");
                  earlier.records().put("extra-natives", key, found);
                  return found;
                });
    return digest(text);
  }

  private static Digest digest(String text) {
    return Digest.sha256(text);
  }

  /** Looks into jars; the JDK's processor is found out with the first of them. */
  private static final class Look implements Function<ScannedJar, String> {

    private final Path jdk;
    private Target target;

    Look(Path jdk) {
      this.jdk = jdk;
    }

    @Override
    public String apply(ScannedJar jar) {
      return JarNatives.describe(jar, target());
    }

    private synchronized Target target() {
      if (target == null) {
        target = Target.of(jdk);
      }
      return target;
    }
  }
}
