package io.slimimage.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.RecordedLog;
import io.slimimage.blob.Compression;
import io.slimimage.blob.Records;
import io.slimimage.image.ImageReference;
import io.slimimage.image.PlatformImages;
import io.slimimage.output.PushableImage.Part;
import io.slimimage.registry.Access;
import io.slimimage.registry.LaboratoryRegistry;
import io.slimimage.registry.Registries;
import io.slimimage.registry.Repository;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With the registries of the laboratory. */
@Tag("engine")
@Timeout(120)
class RealRegistryPushTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void letsSeveralPushTheSameImageAtTheSameTime(LaboratoryRegistry laboratory) throws Exception {
    ImageReference name =
        ImageReference.parse(laboratory.host() + "/push/" + UUID.randomUUID() + ":1");
    PushableImage image =
        PushableImage.of(
            PlatformImages.of(
                SampleImage.in(directory.resolve("cache"), Compression.GZIP, System.nanoTime())
                    .printing("hello", name.toString())));
    CyclicBarrier together = new CyclicBarrier(4);
    List<Callable<Pushed>> pushes =
        Stream.generate(
                () ->
                    (Callable<Pushed>)
                        () -> {
                          together.await();
                          return push(laboratory, image, name);
                        })
            .limit(4)
            .toList();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<Pushed> pushed : threads.invokeAll(pushes)) {
        assertThat(pushed.get().digest()).isEqualTo(image.digest());
      }
    } finally {
      threads.shutdownNow();
    }
    assertWhole(laboratory, image, name);
  }

  private Pushed push(LaboratoryRegistry laboratory, PushableImage image, ImageReference name) {
    RecordedLog log = new RecordedLog();
    try (Registries client = laboratory.open(log)) {
      return new RegistryWriter(client, new Records(directory.resolve("records")), log)
          .push(image, List.of(name))
          .get(0);
    }
  }

  private static void assertWhole(
      LaboratoryRegistry laboratory, PushableImage image, ImageReference name) throws Exception {
    try (Registries client = laboratory.open(new RecordedLog())) {
      Repository repository = client.repository(name, Access.PULL);
      assertThat(repository.manifest("1").orElseThrow().bytes()).isEqualTo(image.root().bytes());
      for (Part part : image.parts()) {
        try (InputStream sent = part.content().open();
            InputStream back = repository.open(part.descriptor())) {
          assertThat(back).hasSameContentAs(sent);
        }
      }
    }
  }
}
