package io.slimimage.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.slimimage.RecordedLog;
import io.slimimage.TestJars;
import io.slimimage.blob.Blob;
import io.slimimage.layer.LayerEntry;
import io.slimimage.modules.RuntimeFeature;
import io.slimimage.system.BaseSystem;
import io.slimimage.system.HostReads;
import io.slimimage.system.SystemFiles;
import io.slimimage.system.SystemRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs in containers that have nothing but a linked runtime and its system files. */
@RequiresEngine
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScratchRootEngineTest {

  private static final String REPOSITORY = "slimimage-it/scratch-root";
  private static final String LOCALE = "usr/lib/locale/C.utf8/LC_CTYPE";
  private static final List<String> UTF_8_LOCALE = List.of("LC_CTYPE=C.UTF-8");

  /** Natives for screens and sound, which a headless program does not load. */
  private static final Set<String> SCREEN =
      Set.of("libawt_xawt.so", "libsplashscreen.so", "libjsound.so", "libjawt.so");

  private static final String PROBE =
      """
      import java.awt.*;
      import java.awt.image.BufferedImage;
      import java.io.*;
      import java.net.InetAddress;
      import java.nio.charset.Charset;
      import java.nio.file.*;
      import javax.imageio.ImageIO;

      public class Probe {
        public static void main(String[] args) throws Exception {
          System.out.println("charset=" + Charset.defaultCharset());
          System.out.println("user=" + System.getProperty("user.name"));
          System.out.println("home=" + System.getProperty("user.home"));
          System.out.println("host=" + InetAddress.getByName("known").getHostAddress());
          Path file = Files.writeString(Path.of("/tmp/\\ud55c\\uae00-\\u00fc.txt"), "x");
          try (var files = Files.newDirectoryStream(Path.of("/tmp"), "*.txt")) {
            System.out.println("file=" + files.iterator().next().equals(file));
          }
          if (args.length > 0) {
            Drawing.draw();
          }
        }
      }

      class Drawing {
        static void draw() throws IOException {
          for (String family : new String[] {"SansSerif", "Serif", "Monospaced"}) {
            BufferedImage image = new BufferedImage(200, 50, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            graphics.setFont(new Font(family, Font.PLAIN, 20));
            graphics.drawString("Hello, slim", 5, 30);
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(image, "png", png);
            BufferedImage read = ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
            int drawn = 0;
            for (int x = 0; x < 200; x++) {
              for (int y = 0; y < 50; y++) {
                drawn += (read.getRGB(x, y) & 0xffffff) == 0 ? 0 : 1;
              }
            }
            System.out.println(family + "=" + (drawn > 200));
          }
        }
      }
      """;

  private final Set<String> images = new TreeSet<>();
  private DockerClient client;
  private Path work;
  private Path classes;

  @BeforeAll
  void prepare(@TempDir Path directory) throws IOException {
    work = directory;
    assumeTrue(SystemFiles.untraceable(Path.of("/")).isEmpty(), "no Linux that can be traced");
    DockerClientConfig config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withApiVersion((String) null)
            .build();
    client =
        DockerClientImpl.getInstance(
            config,
            new ZerodepDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .sslConfig(config.getSSLConfig())
                .build());
    classes = Files.createDirectories(work.resolve("classes"));
    for (var file : TestJars.compile(work, "Probe.java", PROBE).entrySet()) {
      Files.write(classes.resolve(file.getKey()), file.getValue());
    }
  }

  @AfterAll
  void removeImages() throws IOException {
    if (client != null) {
      images.forEach(image -> client.removeImageCmd(image).withForce(true).exec());
      client.close();
    }
  }

  static List<Path> jdks() throws IOException {
    Path own = Path.of(System.getProperty("java.home"));
    List<Path> homes = new ArrayList<>(List.of(own));
    try (Stream<Path> siblings = Files.list(own.toRealPath().getParent())) {
      siblings
          .filter(home -> !Files.isSymbolicLink(home) && !home.equals(own))
          .filter(home -> Files.exists(home.resolve("bin/jlink")))
          .forEach(homes::add);
    }
    return homes;
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void runAndDraw(Path jdk) throws Exception {
    Path runtime = link(jdk, "java.desktop");
    String image =
        image(
            runtime,
            system(jdk, runtime, Set.of(RuntimeFeature.DRAWING)),
            "drawing-" + jdk.getFileName());

    assertThat(run(image, UTF_8_LOCALE, "-Djava.awt.headless=true", "Probe", "draw"))
        .contains("charset=UTF-8", "user=nonroot", "home=/home/nonroot", "host=10.11.12.13")
        .contains("file=true", "SansSerif=true", "Serif=true", "Monospaced=true")
        .contains("exit 0");
  }

  @Test
  void knowOnlyAsciiNamesWithoutTheLocale() throws Exception {
    Path jdk = Path.of(System.getProperty("java.home"));
    Path runtime = link(jdk, "java.base");
    List<LayerEntry> system = new ArrayList<>(system(jdk, runtime, Set.of()));

    assertThat(run(image(runtime, system, "whole"), UTF_8_LOCALE, "Probe")).contains("file=true");
    system.removeIf(entry -> entry.path().equals(LOCALE));
    assertThat(run(image(runtime, system, "without-locale"), UTF_8_LOCALE, "Probe"))
        .contains("InvalidPathException")
        .contains("exit 1");
  }

  private Path link(Path jdk, String modules) throws Exception {
    Path runtime = Files.createTempDirectory(work, "runtime").resolve("java");
    Process jlink =
        new ProcessBuilder(
                jdk.resolve("bin/jlink").toString(),
                "--add-modules",
                modules,
                "--output",
                runtime.toString())
            .inheritIO()
            .start();
    assertThat(jlink.waitFor()).isZero();
    for (String name : SCREEN) {
      Files.deleteIfExists(runtime.resolve("lib").resolve(name));
    }
    return runtime;
  }

  private List<LayerEntry> system(Path jdk, Path runtime, Set<RuntimeFeature> features) {
    return SystemFiles.of(
        new SystemRequest(
            Path.of("/"),
            jdk,
            runtime,
            List.of(),
            work.resolve("none"),
            features,
            BaseSystem.SCRATCH,
            "65532",
            "home/nonroot"),
        HostReads.unnoted(),
        new RecordedLog());
  }

  private String image(Path runtime, List<LayerEntry> system, String tag) throws IOException {
    Path context = Files.createTempDirectory(work, "context");
    Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nADD root.tar /\n");
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(Files.newOutputStream(context.resolve("root.tar")))) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (LayerEntry entry : system) {
        write(entry, tar);
      }
      writeAll(runtime, "opt/java", tar);
      writeAll(classes, "app", tar);
    }
    String image = REPOSITORY + ":" + tag;
    images.add(image);
    client
        .buildImageCmd(context.toFile())
        .withTags(Set.of(image))
        .exec(new BuildImageResultCallback())
        .awaitImageId();
    Files.delete(context.resolve("root.tar"));
    return image;
  }

  private static void writeAll(Path directory, String target, TarArchiveOutputStream tar)
      throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        int mode = Files.isExecutable(file) ? 0755 : 0644;
        String path = target + "/" + directory.relativize(file);
        write(new LayerEntry.File(path, mode, Blob.of(file)), tar);
      }
    }
  }

  private static void write(LayerEntry entry, TarArchiveOutputStream tar) throws IOException {
    if (entry instanceof LayerEntry.Symlink link) {
      TarArchiveEntry header = new TarArchiveEntry(link.path(), TarConstants.LF_SYMLINK);
      header.setLinkName(link.target());
      tar.putArchiveEntry(header);
    } else if (entry instanceof LayerEntry.Directory directory) {
      TarArchiveEntry header = new TarArchiveEntry(directory.path() + "/");
      header.setMode(directory.mode());
      tar.putArchiveEntry(header);
    } else if (entry instanceof LayerEntry.File file) {
      TarArchiveEntry header = new TarArchiveEntry(file.path());
      header.setMode(file.mode());
      header.setSize(file.content().size());
      tar.putArchiveEntry(header);
      try (InputStream in = file.content().open()) {
        in.transferTo(tar);
      }
    }
    tar.closeArchiveEntry();
  }

  /** Returns what a program in a container writes, and its exit code. */
  private String run(String image, List<String> env, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("/opt/java/bin/java", "-cp", "/app"));
    command.addAll(List.of(arguments));
    String id =
        client
            .createContainerCmd(image)
            .withCmd(command)
            .withEnv(env)
            .withUser("65532")
            .withHostConfig(
                HostConfig.newHostConfig()
                    .withNetworkMode("none")
                    .withExtraHosts("known:10.11.12.13"))
            .exec()
            .getId();
    try {
      client.startContainerCmd(id).exec();
      int exit =
          client
              .waitContainerCmd(id)
              .exec(new WaitContainerResultCallback())
              .awaitStatusCode(60, TimeUnit.SECONDS);
      StringBuilder text = new StringBuilder();
      client
          .logContainerCmd(id)
          .withStdOut(true)
          .withStdErr(true)
          .exec(
              new ResultCallback.Adapter<Frame>() {
                @Override
                public void onNext(Frame frame) {
                  text.append(new String(frame.getPayload(), UTF_8));
                }
              })
          .awaitCompletion(10, TimeUnit.SECONDS);
      return text + "exit " + exit;
    } finally {
      client.removeContainerCmd(id).withForce(true).exec();
    }
  }
}
