package io.slimimage.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredZipTest {

  private static final Instant TIME = Instant.parse("2024-02-29T12:00:01Z");
  private static final byte[] NONE = new byte[0];

  @TempDir Path temp;

  @Test
  void readsBackByTheJdk() throws IOException {
    Blob zip =
        StoredZip.of(
            List.of(
                StoredEntry.of("d/", TIME, Blob.of(NONE)),
                StoredEntry.of("d/ü.txt", TIME, Blob.of("text".getBytes(UTF_8)))),
            "remark".getBytes(UTF_8));
    try (ZipFile file = new ZipFile(write(zip).toFile())) {
      assertThat(file.stream().map(ZipEntry::getName)).containsExactly("d/", "d/ü.txt");
      assertThat(file.getComment()).isEqualTo("remark");
      ZipEntry text = file.getEntry("d/ü.txt");
      assertThat(text.getMethod()).isEqualTo(ZipEntry.STORED);
      assertThat(text.getTimeLocal()).isEqualTo("2024-02-29T12:00");
      assertThat(file.getInputStream(text)).hasContent("text");
    }
  }

  @Test
  void neverHasATimeThatZipsCannotHold() throws IOException {
    for (String time : List.of("1970-01-01T00:00:00Z", "2500-01-01T00:00:00Z")) {
      Blob zip =
          StoredZip.of(List.of(StoredEntry.of("a", Instant.parse(time), Blob.of(NONE))), NONE);
      try (ZipFile file = new ZipFile(write(zip).toFile())) {
        assertThat(file.getEntry("a").getTimeLocal().getYear()).isIn(1980, 2107);
      }
    }
  }

  @Test
  void holdsMoreEntriesThanSixteenBitsCount() throws IOException {
    List<StoredEntry> entries = new ArrayList<>();
    for (int i = 0; i < 70_000; i++) {
      entries.add(StoredEntry.of("e" + i, TIME, Blob.of(NONE)));
    }
    Path file = write(StoredZip.of(entries, NONE));
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.size()).isEqualTo(70_000);
    }
    assertThat(ZipCatalog.read(Blob.of(file), "many").items()).hasSize(70_000);
  }

  @Test
  void needsNoMoreThanSparseSpaceForEntriesAboveFourGibibytes() throws IOException {
    long size = (4L << 30) + 5;
    ZipHeader header = new ZipHeader(new byte[] {'b'}, 0, 0, NONE, NONE, NONE, 20, 0, 0, 0);
    StoredEntry big = new StoredEntry(header, new Zeros(size));
    StoredEntry after = StoredEntry.of("after", TIME, Blob.of("x".getBytes(UTF_8)));
    Path file = writeSparse((ConcatenatedBlob) StoredZip.of(List.of(big, after), NONE));
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.getEntry("b").getSize()).isEqualTo(size);
      assertThat(zip.getInputStream(zip.getEntry("after"))).hasContent("x");
    }
    List<ZipItem> items = ZipCatalog.read(Blob.of(file), "big").items();
    assertThat(items.get(0).content().size()).isEqualTo(size);
    assertThat(items.get(1).content().open()).hasContent("x");
  }

  private Path write(Blob blob) throws IOException {
    Path file = temp.resolve("test.zip");
    Files.deleteIfExists(file);
    try (InputStream in = blob.open()) {
      assertThat(Files.copy(in, file)).isEqualTo(blob.size());
    }
    return file;
  }

  private Path writeSparse(ConcatenatedBlob blob) throws IOException {
    Path file = temp.resolve("sparse.zip");
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (Blob part : blob.parts()) {
        if (part instanceof Zeros) {
          out.position(out.position() + part.size());
        } else {
          try (InputStream in = part.open()) {
            out.write(ByteBuffer.wrap(in.readAllBytes()));
          }
        }
      }
      assertThat(out.size()).isEqualTo(blob.size());
    }
    return file;
  }

  private record Zeros(long size) implements Blob {
    @Override
    public InputStream open() throws IOException {
      throw new IOException("only its size counts");
    }
  }
}
