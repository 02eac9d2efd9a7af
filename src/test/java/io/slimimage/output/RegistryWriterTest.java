package io.slimimage.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.RecordedLog;
import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Compression;
import io.slimimage.blob.Digest;
import io.slimimage.blob.Records;
import io.slimimage.image.BuiltImage;
import io.slimimage.image.Descriptor;
import io.slimimage.image.ImageReference;
import io.slimimage.image.MediaTypes;
import io.slimimage.image.PlatformImages;
import io.slimimage.output.PushableImage.Part;
import io.slimimage.output.Pushed.Transfer;
import io.slimimage.registry.ManifestBytes;
import io.slimimage.registry.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RegistryWriterTest {

  private static final String SHOP = "registry.example/team/shop";

  private static final String BASE = "registry.example/bases/jre";

  @TempDir private Path directory;

  private final MemoryRegistries registries = new MemoryRegistries();
  private final RecordedLog log = new RecordedLog();
  private PushableImage image;

  @BeforeEach
  void build() throws IOException {
    image = PushableImage.of(PlatformImages.of(built("hello")));
  }

  private BuiltImage built(String text) throws IOException {
    return SampleImage.in(directory.resolve("cache"), Compression.GZIP, 1)
        .withLarger(20_000)
        .printing(text, SHOP + ":1.0");
  }

  private List<Pushed> push(PushableImage pushed, String... names) {
    return new RegistryWriter(registries, new Records(directory.resolve("records")), log)
        .push(pushed, Arrays.stream(names).map(name -> ImageReference.parse(name)).toList());
  }

  @Test
  void sendsEverythingToAnEmptyRepositoryAndTheTagsLast() {
    Pushed pushed = push(image, SHOP + ":1.0", SHOP + ":latest").get(0);

    assertThat(pushed.reference()).isEqualTo(SHOP + "@" + image.digest());
    assertThat(pushed.tags()).containsExactly("1.0", "latest");
    assertThat(pushed.blobs()).hasSize(4).containsValue(Transfer.SENT);
    assertThat(pushed.count(Transfer.SENT)).isEqualTo(4);
    long blobs = image.parts().stream().mapToLong(part -> part.descriptor().size()).sum();
    assertThat(pushed.bytesSent()).isEqualTo(blobs + 2L * image.root().bytes().length);
    assertThat(registries.manifest(SHOP, "latest")).contains(image.root());
    List<String> calls = registries.calls();
    assertThat(calls.subList(calls.size() - 2, calls.size()))
        .containsExactly("put " + SHOP + " 1.0", "put " + SHOP + " latest");
  }

  @Test
  void asksOnceForEachTagWhereNothingIsToBeDone() {
    push(image, SHOP + ":1.0", SHOP + ":latest");
    registries.calls();

    Pushed again = push(image, SHOP + ":1.0", SHOP + ":latest").get(0);

    assertThat(registries.calls())
        .containsExactlyInAnyOrder("find " + SHOP + " 1.0", "find " + SHOP + " latest");
    assertThat(again.bytesSent()).isZero();
    assertThat(again.count(Transfer.PRESENT)).isEqualTo(4);
    assertThat(again.reference()).isEqualTo(SHOP + "@" + image.digest());
  }

  @Test
  void addsATagToAnImageThatIsThereWithoutAskingForItsBlobs() {
    push(image, SHOP + ":1.0");
    registries.calls();

    Pushed pushed = push(image, SHOP + ":1.0", SHOP + ":new").get(0);

    assertThat(registries.calls())
        .containsExactlyInAnyOrder(
            "find " + SHOP + " 1.0", "find " + SHOP + " new", "put " + SHOP + " new");
    assertThat(pushed.bytesSent()).isEqualTo(image.root().bytes().length);
  }

  @Test
  void sendsWhatHasChangedAndNothingElse() throws IOException {
    push(image, SHOP + ":1.0");
    PushableImage changed = PushableImage.of(PlatformImages.of(built("good-bye")));

    Pushed pushed = push(changed, SHOP + ":1.0").get(0);

    assertThat(pushed.count(Transfer.PRESENT)).isEqualTo(2);
    assertThat(pushed.count(Transfer.SENT)).as("configuration and application").isEqualTo(2);
    assertThat(registries.manifest(SHOP, "1.0")).contains(changed.root());
  }

  @Test
  void opensNoBlobThatTheRepositoryHas() {
    push(image, SHOP + ":1.0");
    List<Part> unreadable = new ArrayList<>();
    for (Part part : image.parts()) {
      unreadable.add(new Part(part.descriptor(), new Unreadable(part.descriptor().size())));
    }

    push(new PushableImage(image.manifests(), unreadable), SHOP + ":2.0");

    assertThat(registries.manifest(SHOP, "2.0")).contains(image.root());
  }

  /** Of a base that would have to be downloaded first. */
  private record Unreadable(long size) implements Blob {
    @Override
    public InputStream open() throws IOException {
      throw new IOException("this should not be read");
    }
  }

  @Test
  void mountsInASecondRepositoryOfTheRegistryWhatTheFirstHas() {
    String other = "registry.example/public/shop";

    List<Pushed> pushed = push(image, SHOP + ":1.0", other + ":1.0");

    assertThat(pushed).extracting(Pushed::repository).containsExactly(SHOP, other);
    assertThat(pushed.get(1).count(Transfer.MOUNTED)).isEqualTo(4);
    assertThat(pushed.get(1).bytesSent()).isEqualTo(image.root().bytes().length);
    assertThat(registries.calls("push")).hasSize(4).allMatch(call -> call.contains(SHOP));
  }

  @Test
  void mountsWhatAnEarlierBuildHasPushedElsewhereInTheRegistry() {
    push(image, "registry.example/team/other:1.0");

    Pushed pushed = push(image, SHOP + ":1.0").get(0);

    assertThat(pushed.count(Transfer.MOUNTED)).isEqualTo(4);
    assertThat(registries.blobs(SHOP)).hasSize(4);
  }

  @Test
  void sendsWhatTheOtherRepositoryHasLost() {
    push(image, "registry.example/team/other:1.0");
    Digest lost = image.parts().get(1).descriptor().digest();
    registries.lose("registry.example/team/other", lost);

    Pushed pushed = push(image, SHOP + ":1.0").get(0);

    assertThat(pushed.count(Transfer.MOUNTED)).isEqualTo(3);
    assertThat(pushed.blobs()).containsEntry(lost, Transfer.SENT);
  }

  @Test
  void sendsEverythingWhereTheRegistryMountsNothing() {
    registries.withoutMounts();
    push(image, "registry.example/team/other:1.0");

    assertThat(push(image, SHOP + ":1.0").get(0).count(Transfer.SENT)).isEqualTo(4);
  }

  @Test
  void mountsNothingOfAnotherRegistry() {
    push(image, "other.example/team/shop:1.0");

    push(image, SHOP + ":1.0");

    assertThat(registries.calls("mount")).isEmpty();
  }

  @Test
  void mountsTheLayersOfABaseFromItsRepository() {
    Part layer = image.parts().get(1);
    push(new PushableImage(List.of(manifest("{}")), List.of(layer)), BASE + ":17");
    ManifestBytes named =
        manifest("{\"annotations\":{\"org.opencontainers.image.base.name\":\"" + BASE + ":17\"}}");
    PushableImage onBase =
        new PushableImage(List.of(named), image.parts())
            .onBase(Set.of(layer.descriptor().digest()));
    // As on a machine that has not pushed the base.
    Records none = new Records(directory.resolve("none"));

    Pushed pushed =
        new RegistryWriter(registries, none, log)
            .push(onBase, List.of(ImageReference.parse(SHOP + ":1.0")))
            .get(0);

    assertThat(pushed.blobs()).containsEntry(layer.descriptor().digest(), Transfer.MOUNTED);
    assertThat(pushed.count(Transfer.SENT)).isEqualTo(3);
    assertThat(registries.calls("mount")).as("of our own layers").hasSize(1);
  }

  private static ManifestBytes manifest(String json) {
    return ManifestBytes.of(MediaTypes.MANIFEST, json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void sendsABlobThatIsThereTwiceOnce() {
    Part part = image.parts().get(1);
    PushableImage twice = new PushableImage(List.of(manifest("{}")), List.of(part, part));

    Pushed pushed = push(twice, SHOP + ":1.0").get(0);

    assertThat(registries.calls("push")).hasSize(1);
    assertThat(pushed.bytesSent())
        .isEqualTo(part.descriptor().size() + manifest("{}").bytes().length);
  }

  @Test
  void pushesTheImagesOfAnIndexBeforeIt() {
    ManifestBytes index = index(image.root());
    PushableImage several = new PushableImage(List.of(image.root(), index), image.parts());

    Pushed pushed = push(several, SHOP + ":1.0").get(0);

    assertThat(registries.calls("put"))
        .containsExactly("put " + SHOP + " " + image.digest(), "put " + SHOP + " 1.0");
    assertThat(pushed.digest()).isEqualTo(index.digest());
    assertThat(registries.manifest(SHOP, "1.0")).contains(index);
  }

  static ManifestBytes index(ManifestBytes... manifests) {
    List<String> entries = new ArrayList<>();
    for (ManifestBytes manifest : manifests) {
      Descriptor it = manifest.descriptor();
      entries.add(
          "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
              .formatted(it.mediaType(), it.digest(), it.size()));
    }
    String json = "{\"schemaVersion\":2,\"manifests\":[" + String.join(",", entries) + "]}";
    return ManifestBytes.of(MediaTypes.INDEX, json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void leavesTheTagWhereItWasWhenABlobIsRefused() throws IOException {
    push(image, SHOP + ":1.0");
    PushableImage changed = PushableImage.of(PlatformImages.of(built("good-bye")));
    Digest application = changed.parts().get(3).descriptor().digest();
    registries.refusing(application);

    assertThatThrownBy(() -> push(changed, SHOP + ":1.0", SHOP + ":2.0"))
        .isInstanceOf(RegistryException.class)
        .hasMessage("The registry refuses " + application);
    assertThat(registries.manifest(SHOP, "1.0")).contains(image.root());
    assertThat(registries.manifest(SHOP, "2.0")).isEmpty();
  }

  @Test
  void refusesABlobThatIsNotWhatItsDigestSays() {
    Part first = image.parts().get(0);
    List<Part> parts = new ArrayList<>(image.parts());
    parts.set(0, new Part(first.descriptor(), Blob.of(new byte[(int) first.content().size()])));

    assertThatThrownBy(() -> push(new PushableImage(image.manifests(), parts), SHOP + ":1.0"))
        .isInstanceOf(RegistryException.class);
    assertThat(registries.manifest(SHOP, "1.0")).isEmpty();
  }

  @Test
  void sendsBlobsAtTheSameTime() {
    CyclicBarrier together = new CyclicBarrier(4);
    registries.beforePush(
        () -> {
          try {
            together.await(30, TimeUnit.SECONDS);
          } catch (Exception e) {
            throw new AssertionError("they come one after the other", e);
          }
        });

    push(image, SHOP + ":1.0");

    assertThat(registries.blobs(SHOP)).hasSize(4);
  }

  @Test
  void endsTheOtherTransfersWhenOneFails() {
    CountDownLatch ended = new CountDownLatch(3);
    AtomicBoolean cut = new AtomicBoolean();
    registries.beforePush(
        () -> {
          if (registries.calls("push").size() == 4 && cut.compareAndSet(false, true)) {
            throw new RegistryException("The line is cut", 0, null);
          }
          try {
            Thread.sleep(30_000);
          } catch (InterruptedException e) {
            ended.countDown();
            Thread.currentThread().interrupt();
          }
        });

    assertThatThrownBy(() -> push(image, SHOP + ":1.0")).hasMessage("The line is cut");
    assertThat(ended.getCount()).isZero();
  }

  @Test
  void endsWhenItsThreadIsInterrupted() throws InterruptedException {
    CountDownLatch sending = new CountDownLatch(1);
    registries.beforePush(
        () -> {
          sending.countDown();
          try {
            Thread.sleep(30_000);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread pushing =
        new Thread(
            () -> {
              try {
                push(image, SHOP + ":1.0");
              } catch (SlimImageException e) {
                failure.set(e);
              }
            });
    pushing.start();
    sending.await();
    pushing.interrupt();
    pushing.join();

    assertThat(failure.get()).hasMessage("The push was interrupted");
    assertThat(registries.manifest(SHOP, "1.0")).isEmpty();
  }
}
