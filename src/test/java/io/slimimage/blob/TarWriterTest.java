package io.slimimage.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TimeZone;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

class TarWriterTest {

  private static final Instant TIME = Instant.parse("2024-02-29T12:00:00.750Z");
  private static final String LONG_NAME = "app/" + "x".repeat(120) + "/" + "y".repeat(150);

  @Test
  void keepsNamesModesLinksAndContents() throws IOException {
    List<TarArchiveEntry> entries = entries(sample());
    assertThat(entries)
        .extracting(TarArchiveEntry::getName)
        .containsExactly("tmp/", "app/ä-日本.txt", LONG_NAME, "link");
    assertThat(entries)
        .extracting(TarArchiveEntry::getMode)
        .containsExactly(041777, 0100644, 0100755, 0120777);
    assertThat(entries.get(0).isDirectory()).isTrue();
    assertThat(entries.get(1).getSize()).isEqualTo(5);
    assertThat(entries.get(3).isSymbolicLink()).isTrue();
    assertThat(entries.get(3).getLinkName()).isEqualTo("../" + "z".repeat(110));
  }

  @Test
  void recordsNoUserAndOnlyTheGivenTime() throws IOException {
    assertThat(entries(sample()))
        .allSatisfy(
            entry -> {
              assertThat(entry.getLongUserId()).isZero();
              assertThat(entry.getLongGroupId()).isZero();
              assertThat(entry.getUserName()).isEmpty();
              assertThat(entry.getGroupName()).isEmpty();
              assertThat(entry.getLastModifiedTime().toInstant()).isEqualTo("2024-02-29T12:00:00Z");
              assertThat(entry.getLastAccessTime()).isNull();
              assertThat(entry.getStatusChangeTime()).isNull();
            });
  }

  @Test
  void writesTheSameBytesAgainInAnotherTimeZone() throws IOException {
    byte[] first = sample();
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
      assertThat(sample()).isEqualTo(first);
    } finally {
      TimeZone.setDefault(before);
    }
    assertThat(first.length % 512).isZero();
    assertThat(Arrays.copyOfRange(first, first.length - 1024, first.length)).containsOnly((byte) 0);
  }

  @Test
  void recordsSizesAboveEightGibibytes() throws IOException {
    long size = (8L << 30) + 1;
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    OutputStream stopping =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            if (head.size() > 20_000) {
              throw new IOException("enough");
            }
            head.write(b);
          }
        };
    TarWriter tar = new TarWriter(stopping, TIME);
    assertThatThrownBy(() -> tar.file("big", 0644, size, zeros())).hasMessage("enough");
    try (TarArchiveInputStream in =
        new TarArchiveInputStream(new ByteArrayInputStream(head.toByteArray()))) {
      assertThat(in.getNextEntry().getSize()).isEqualTo(size);
    }
  }

  @Test
  void failsWithTheNameWhereAFileGrowsOrShrinks() {
    for (long promised : new long[] {2, 4}) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      assertThatThrownBy(
              () -> {
                try (TarWriter tar = new TarWriter(out, TIME)) {
                  tar.file("app/log", 0644, promised, new ByteArrayInputStream(new byte[3]));
                }
              })
          .isInstanceOf(SlimImageException.class)
          .hasMessageContaining("[app/log]")
          .hasNoSuppressedExceptions();
      assertThat(out.size()).as("no end of archive").isLessThan(1024 + 512 + 1);
    }
  }

  @Test
  void leavesTheOutputOpen() throws IOException {
    boolean[] closed = new boolean[1];
    OutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    new TarWriter(out, TIME).close();
    assertThat(closed[0]).isFalse();
  }

  @Test
  void headersAloneAreThoseOfWholeFiles() throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    try (TarWriter tar = new TarWriter(whole, TIME)) {
      tar.file(LONG_NAME, 0640, Blob.of("hello".getBytes(UTF_8)));
    }

    byte[] header = TarWriter.fileHeader(LONG_NAME, 0640, 5, TIME);

    assertThat(header.length % TarWriter.BLOCK).isZero();
    assertThat(whole.toByteArray()).startsWith(header);
    assertThat(Arrays.copyOfRange(whole.toByteArray(), header.length, header.length + 5))
        .isEqualTo("hello".getBytes(UTF_8));
  }

  @Test
  void headersTellSizesThatTheOldFormatHasNoRoomFor() throws IOException {
    long size = 9L << 30;

    byte[] header = TarWriter.fileHeader("layer", 0644, size, TIME);

    TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(header));
    assertThat(tar.getNextEntry().getSize()).isEqualTo(size);
  }

  private static byte[] sample() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarWriter tar = new TarWriter(out, TIME)) {
      tar.directory("tmp", 01777);
      tar.file("app/ä-日本.txt", 0644, Blob.of("hello".getBytes(UTF_8)));
      tar.file(LONG_NAME, 0755, Blob.of(new byte[0]));
      tar.symlink("link", "../" + "z".repeat(110));
    }
    return out.toByteArray();
  }

  private static List<TarArchiveEntry> entries(byte[] tar) throws IOException {
    List<TarArchiveEntry> entries = new ArrayList<>();
    try (TarArchiveInputStream in =
        new TarArchiveInputStream(new ByteArrayInputStream(tar), "UTF-8")) {
      for (TarArchiveEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        entries.add(e);
      }
    }
    return entries;
  }

  private static InputStream zeros() {
    return new InputStream() {
      @Override
      public int read() {
        return 0;
      }
    };
  }
}
