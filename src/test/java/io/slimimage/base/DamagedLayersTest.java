package io.slimimage.base;

import static io.slimimage.base.LayeredBase.base;
import static io.slimimage.base.LayeredBase.files;
import static io.slimimage.base.LayeredBase.layer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import io.slimimage.image.BaseImage;
import io.slimimage.image.MediaTypes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Refuses layers that no engine can unpack, or that were made to do harm. */
@Timeout(60)
class DamagedLayersTest {

  @ParameterizedTest
  @ValueSource(strings = {"../a", "a/../../b", "/../x"})
  void refusesAPathThatLeadsOut(String path) {
    assertRefused(
        new TestTar().file(path, "x"), "layer 1 has the path [" + path + "], which leads");
  }

  @Test
  void refusesWhatNoEngineCanUnpack() {
    assertRefused(
        new TestTar().file("a", "1").file("a/b", "2"),
        "layer 1 has something in [/a], which lies below a file");
    assertRefused(
        new TestTar().link("a", "b").link("b", "a").file("a/c", "1"),
        "layer 1 has something in [/a], which leads through links without an end");
    assertRefused(
        new TestTar().hardLink("a", "b"),
        "layer 1 has the hard link [/a] to [/b], which is no file");
    assertRefused(new TestTar().directory("b").hardLink("a", "b"), "to [/b], which is no file");
    assertRefused(new TestTar().hardLink("a", "../b"), "has the path [../b], which leads out");
  }

  @Test
  void refusesAFileWhoseSizeIsALie() {
    byte[] layer = new TestTar().endingWith("a", 1L << 40);

    assertThatThrownBy(() -> files(base(layer)))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("layer 1 cannot be read: Truncated TAR archive");
  }

  @Test
  void refusesMoreDirectoriesInEachOtherThanAnybodyHas() {
    TestTar layer =
        new TestTar().directory("a/".repeat(900) + "a").link("l", "a/".repeat(900) + "a");

    assertRefused(layer.file("l/" + "b/".repeat(900) + "c", "1"), "which is too deep");
  }

  @Test
  void refusesMoreFilesThanMemoryHolds() throws IOException {
    String path = "n".repeat(4000) + "0000000";
    byte[] entry =
        Arrays.copyOf(
            new TestTar().pax("4018 path=" + path + "\n").file("a", "").bytes(), 10 * 512);
    Blob endless =
        new Blob() {
          @Override
          public long size() {
            return -1;
          }

          @Override
          public InputStream open() {
            return new SequenceInputStream(
                Collections.enumeration(
                    new AbstractList<InputStream>() {
                      @Override
                      public int size() {
                        return 100_000;
                      }

                      @Override
                      public InputStream get(int i) {
                        return new ByteArrayInputStream(numbered(entry, i));
                      }
                    }));
          }
        };
    BaseImage base = base(List.of(layer(endless, MediaTypes.LAYER_TAR)));

    assertThatThrownBy(() -> files(base))
        .hasMessageContaining("its layers have more files than any image");
  }

  private static byte[] numbered(byte[] entry, int number) {
    byte[] copy = entry.clone();
    byte[] digits = String.format("%07d", number).getBytes(UTF_8);
    System.arraycopy(digits, 0, copy, 512 + 4010, digits.length);
    return copy;
  }

  @Test
  void holdsNoContentInMemory() throws IOException {
    long size = 3L << 30;
    byte[] header = new TestTar().endingWith("large", size);
    Blob large =
        new Blob() {
          @Override
          public long size() {
            return header.length + size;
          }

          @Override
          public InputStream open() {
            return new SequenceInputStream(new ByteArrayInputStream(header), new Zeros(size));
          }
        };
    BaseImage base = base(List.of(layer(large, MediaTypes.LAYER_TAR)));

    AtomicLong read = new AtomicLong();

    BaseFiles.visit(base, LayeredBase.findings(LayeredBase.NOWHERE), new Counting(read));

    assertThat(read).hasValue(size);
  }

  /** Takes nothing but the contents. */
  private record Counting(AtomicLong read) implements BaseFiles.Visitor {

    @Override
    public void directory(String path, int mode) {}

    @Override
    public void link(String path, String target) {}

    @Override
    public void file(String path, int mode) {}

    @Override
    public void file(String path, int mode, long size, InputStream content) throws IOException {
      read.addAndGet(content.transferTo(OutputStream.nullOutputStream()));
    }

    @Override
    public void hardLink(String path, String first) {}
  }

  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long left) {
      this.left = left;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      int read = left == 0 ? -1 : (int) Math.min(left, length);
      left -= Math.max(read, 0);
      return read;
    }
  }

  private static void assertRefused(TestTar layer, String message) {
    assertThatThrownBy(() -> files(layer))
        .isInstanceOf(SlimImageException.class)
        .hasMessageStartingWith("Base image [test] is damaged: ")
        .hasMessageContaining(message)
        .hasMessageContaining(", perhaps you should ");
  }
}
