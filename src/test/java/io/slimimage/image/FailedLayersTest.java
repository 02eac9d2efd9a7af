package io.slimimage.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.blob.FileDigests;
import io.slimimage.layer.Layer;
import io.slimimage.layer.LayerRole;
import io.slimimage.layer.LayerSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Builds of layers that cannot come to an end. */
@Timeout(60)
class FailedLayersTest extends LayerStoreFixture {

  @Test
  void aFileThatIsRewrittenWhileItIsReadIsNoticedAlsoWithTheSameSize() throws IOException {
    Path file = Files.writeString(directory.resolve("app.properties"), "before");
    Blob real = Blob.of(file);
    Blob rewritten =
        new Blob() {
          @Override
          public long size() {
            return real.size();
          }

          @Override
          public InputStream open() throws IOException {
            InputStream in = real.open();
            in.read();
            Files.writeString(file, "after!");
            return new SequenceInputStream(new ByteArrayInputStream(new byte[1]), in);
          }

          @Override
          public Digest key(FileDigests digests) throws IOException {
            return real.key(digests);
          }
        };
    assertThatThrownBy(() -> build(source(LayerRole.EXTRA, rewritten)))
        .isInstanceOf(SlimImageException.class)
        .hasMessage(
            "A file of the layer [extra] changed while it was read, perhaps you should stop what is"
                + " writing to it and build again");
    assertThat(blobs()).isEmpty();
    assertThat(files("records")).isEmpty();
    assertThat(build(source(LayerRole.EXTRA, real)).get(0).cached()).isFalse();
  }

  @Test
  void aFileThatGrowsIsNoticedByItsName() throws IOException {
    Path file = Files.writeString(directory.resolve("log"), "a");
    LayerSource source = source(LayerRole.EXTRA, Blob.of(file));
    Files.writeString(file, "ab");
    assertThatThrownBy(() -> build(source))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("[f] changed while it was read");
    assertThat(blobs()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        IOException.class,
        SlimImageException.class,
        IllegalStateException.class,
        StackOverflowError.class
      })
  void theFirstFailureComesOutAsItselfAndEndsTheOthers(Class<? extends Throwable> type)
      throws Exception {
    Throwable failure =
        type == StackOverflowError.class
            ? new StackOverflowError()
            : type.getConstructor(String.class).newInstance("on purpose");
    CountDownLatch started = new CountDownLatch(2);
    Blob failing =
        content(
            1,
            () -> {
              started.await();
              if (failure instanceof Error error) {
                throw error;
              }
              throw (Exception) failure;
            });
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    Thread observer =
        new Thread(
            () -> {
              try {
                first.await();
                started.countDown();
                second.await();
                started.countDown();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    observer.start();

    assertThatThrownBy(
            () ->
                build(
                    source(LayerRole.DEPENDENCIES, endless(first)),
                    source(LayerRole.EXTRA, failing),
                    source(LayerRole.APPLICATION, endless(second))))
        .isSameAs(failure);
    observer.join();
    assertThat(blobs()).isEmpty();
    assertThat(files("records")).isEmpty();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void anInterruptEndsEverything() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>();
    Thread caller =
        new Thread(
            () -> {
              thrown.set(
                  catchThrowable(
                      () ->
                          build(
                              source(LayerRole.EXTRA, "a", "b"),
                              source(LayerRole.APPLICATION, endless(started)))));
              flag.set(Thread.currentThread().isInterrupted());
            });
    caller.start();
    started.await();
    caller.interrupt();
    caller.join(TimeUnit.SECONDS.toMillis(20));

    assertThat(thrown.get())
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("interrupted");
    assertThat(flag.get()).isTrue();
    assertThat(blobs()).hasSizeLessThanOrEqualTo(1);
    assertThat(blobs()).allMatch(it -> it.getFileName().toString().matches("[0-9a-f]{64}"));
  }

  /** What a build leaves that is killed between blob and record. */
  @Test
  void aBuildThatEndsBeforeTheRecordLeavesNoTrust() throws IOException {
    int[] keys = new int[1];
    LayerSource whole = source(LayerRole.EXTRA, "a", "b");
    LayerSource dying =
        new LayerSource() {
          @Override
          public LayerRole role() {
            return whole.role();
          }

          @Override
          public Digest key() throws IOException {
            if (keys[0]++ == 1) {
              throw new Error("killed");
            }
            return whole.key();
          }

          @Override
          public Layer layer() throws IOException {
            return whole.layer();
          }
        };
    assertThatThrownBy(() -> build(dying)).hasMessage("killed");
    assertThat(files("records")).isEmpty();
    assertThat(blobs()).isEmpty();
    assertThat(build(whole).get(0).cached()).isFalse();
  }
}
