package io.slimimage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CompressionTest {

  private static final int BLOCK = GzipBlock.SIZE;

  private final ExecutorService workers = Executors.newFixedThreadPool(2);

  @TempDir Path directory;

  @AfterEach
  void endWorkers() {
    workers.shutdownNow();
  }

  @ParameterizedTest
  @EnumSource
  void givesBackWhatWasWritten(Compression compression) throws IOException {
    for (int size : new int[] {0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 5 * BLOCK + 17}) {
      for (byte[] bytes : List.of(text(size), random(size), new byte[size])) {
        byte[] compressed = compress(compression, bytes, 10_240);
        assertThat(decompress(compression, compressed)).as("%d bytes", size).isEqualTo(bytes);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"GZIP, gzip", "ZSTD, zstd"})
  void isReadByTheUsualTools(Compression compression, String tool) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin", tool)), "no " + tool);
    for (int size : new int[] {0, 1, BLOCK, 5 * BLOCK + 17}) {
      Path file = directory.resolve("file." + (tool.equals("gzip") ? "gz" : "zst"));
      Files.write(file, compress(compression, text(size), 1000));
      Process process =
          new ProcessBuilder(tool, "-t", file.toString()).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes());
      assertThat(process.waitFor()).as(said).isZero();
    }
  }

  /** Where it is cut, how often it is flushed and who compresses must not show. */
  @ParameterizedTest
  @EnumSource
  void dependsOnTheBytesAlone(Compression compression) throws IOException {
    byte[] bytes = text(9 * BLOCK + 4321);
    byte[] compressed = compress(compression, bytes, bytes.length);
    for (int piece : new int[] {512, 9999, BLOCK, BLOCK + 1}) {
      assertThat(compress(compression, bytes, piece)).isEqualTo(compressed);
    }
    ByteArrayOutputStream flushed = new ByteArrayOutputStream();
    try (OutputStream out = compression.to(flushed, workers)) {
      for (int at = 0; at < bytes.length; at++) {
        if (at % 100_000 == 0) {
          out.flush();
        }
        out.write(bytes[at]);
      }
    }
    assertThat(flushed.toByteArray()).isEqualTo(compressed);
  }

  /**
   * Computed on JDK 17 with Debian's zlib, which writes the same as the one that is in Temurin 25,
   * and with zstd 1.5.7.
   */
  @ParameterizedTest
  @CsvSource({"GZIP, " + GZIP_GOLDEN, "ZSTD, " + ZSTD_GOLDEN})
  void writesTheSameEverywhere(Compression compression, String digest) throws IOException {
    byte[] compressed = compress(compression, text(5 * BLOCK + 17), 1000);

    assertThat(Digest.sha256(compressed)).hasToString("sha256:" + digest);
  }

  private static final String GZIP_GOLDEN =
      "581535b2719211f226d084bb6a12a7af7f58af6aa6737148304b78c0250d8a9f";
  private static final String ZSTD_GOLDEN =
      "1f9ef28c71b089c5e46d8785749dc0e910684dacd0a16208456b66cffb704308";

  @Test
  void writesAnHeaderThatTellsNothing() throws IOException {
    assertThat(compress(Compression.GZIP, new byte[0], 1))
        .containsExactly(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void losesLittleByItsBlocks() throws IOException {
    byte[] bytes = text(8 * BLOCK);
    ByteArrayOutputStream serial = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(serial)) {
      out.write(bytes);
    }

    assertThat(compress(Compression.GZIP, bytes, 1000).length)
        .isLessThan((int) (serial.size() * 1.001));
  }

  @ParameterizedTest
  @EnumSource
  void leavesTheOutputOpen(Compression compression) throws IOException {
    boolean[] closed = {false};
    OutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    OutputStream compressing = compression.to(out, workers);
    compressing.write(1);
    compressing.close();
    compressing.close();

    assertThat(closed[0]).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void tellsThatTheOutputFails(Compression compression) throws IOException {
    byte[] bytes = random(8 * BLOCK);
    OutputStream full =
        new OutputStream() {
          private int left = 3 * BLOCK;

          @Override
          public void write(int b) throws IOException {
            throw new IOException("disk full");
          }

          @Override
          public void write(byte[] piece, int offset, int length) throws IOException {
            left -= length;
            if (left < 0) {
              throw new IOException("disk full");
            }
          }
        };
    assertThatThrownBy(
            () -> {
              try (OutputStream out = compression.to(full, workers)) {
                out.write(bytes);
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessage("disk full");
  }

  private byte[] compress(Compression compression, byte[] bytes, int piece) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream out = compression.to(compressed, workers)) {
      for (int at = 0; at < bytes.length; at += piece) {
        out.write(bytes, at, Math.min(piece, bytes.length - at));
      }
    }
    return compressed.toByteArray();
  }

  private static byte[] decompress(Compression compression, byte[] bytes) throws IOException {
    InputStream in = new ByteArrayInputStream(bytes);
    try (InputStream plain =
        switch (compression) {
          case GZIP -> new GZIPInputStream(in);
          case ZSTD -> new ZstdInputStreamNoFinalizer(in);
          case NONE -> in;
        }) {
      return plain.readAllBytes();
    }
  }

  /** Words that repeat, near and far. */
  private static byte[] text(int size) {
    Random random = new Random(size);
    byte[] bytes = new byte[size];
    int at = 0;
    while (at < size) {
      if (at > 1000 && random.nextInt(3) > 0) {
        int from = at - 1 - random.nextInt(Math.min(at - 1, 100_000));
        int length = Math.min(size - at, Math.min(at - from, 3 + random.nextInt(40)));
        System.arraycopy(bytes, from, bytes, at, length);
        at += length;
      } else {
        bytes[at++] = (byte) ('a' + random.nextInt(26));
      }
    }
    return bytes;
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
