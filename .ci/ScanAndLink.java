import io.slimimage.BuildLog;
import io.slimimage.blob.Blob;
import io.slimimage.blob.EarlierBuilds;
import io.slimimage.blob.FileDigests;
import io.slimimage.modules.ClassPath;
import io.slimimage.modules.Jdk;
import io.slimimage.modules.ModuleScan;
import io.slimimage.modules.ModuleSelection;
import io.slimimage.modules.ModuleSet;
import io.slimimage.modules.ScannedJar;
import io.slimimage.runtime.JimageForm;
import io.slimimage.runtime.LinkRequest;
import io.slimimage.runtime.RuntimeLinker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The plugin's scan, and its link too, without Maven: what .ci/measure times.
 *
 * <p>Arguments: the JDK, the application's jar, a directory with it and its dependencies, the
 * cache, {@code scan} or {@code link}.
 */
final class ScanAndLink {

  private ScanAndLink() {}

  public static void main(String[] arguments) throws IOException {
    Jdk jdk = Jdk.at(Path.of(arguments[0]));
    Path application = Path.of(arguments[1]);
    List<ScannedJar> jars = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(arguments[2]))) {
      files.sorted().forEach(file -> jars.add(jar(file, file.equals(application))));
    }
    Path cache = Path.of(arguments[3]);
    FileDigests digests = FileDigests.at(cache.resolve("digests"));
    ModuleSet modules =
        ModuleScan.scan(
            jdk,
            ClassPath.of(jars, digests),
            ModuleSelection.FOUND,
            List.of(),
            EarlierBuilds.in(cache, digests),
            new Quiet());
    digests.save();
    System.out.println(String.join(",", modules.names()));
    if (arguments[4].equals("link")) {
      LinkRequest request =
          new LinkRequest(
              jdk, modules.names(), modules.features(), List.of(), JimageForm.PULL);
      System.out.println(RuntimeLinker.link(request, cache, new Quiet()));
    }
  }

  private static ScannedJar jar(Path file, boolean own) {
    return new ScannedJar(file.getFileName().toString(), own, Blob.of(file));
  }

  private record Quiet() implements BuildLog {

    @Override
    public void info(String message) {}

    @Override
    public void warn(String message) {
      System.out.println(message);
    }

    @Override
    public void debug(String message) {}

    @Override
    public boolean isDebugEnabled() {
      return false;
    }
  }
}
