package io.slimimage.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.slimimage.blob.Digest;
import io.slimimage.blob.FileDigests;
import io.slimimage.blob.MeasuringOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** The source of a layer whose entries are known; its key is found anew by every call. */
record KnownLayer(Layer layer, FileDigests digests) implements LayerSource {

  /** Goes up with each change of the key's text, or of the bytes that a layer becomes. */
  private static final String FORMAT = "layer 1\n";

  @Override
  public LayerRole role() {
    return layer.role();
  }

  @Override
  public Digest key() throws IOException {
    MeasuringOutputStream measured = new MeasuringOutputStream(OutputStream.nullOutputStream());
    try (OutputStream out = new BufferedOutputStream(measured)) {
      write(out, FORMAT);
      for (LayerEntry entry : layer.entries()) {
        write(out, line(entry));
      }
    }
    return measured.digest();
  }

  /** Texts that a user chooses go with their lengths, so that no two lists give the same lines. */
  private String line(LayerEntry entry) throws IOException {
    String path = counted(entry.path());
    if (entry instanceof LayerEntry.Directory directory) {
      return "d " + Integer.toOctalString(directory.mode()) + path + "\n";
    }
    if (entry instanceof LayerEntry.Symlink link) {
      return "l" + path + counted(link.target()) + "\n";
    }
    LayerEntry.File file = (LayerEntry.File) entry;
    return "f "
        + Integer.toOctalString(file.mode())
        + path
        + " "
        + file.content().key(digests)
        + "\n";
  }

  private static String counted(String text) {
    return " " + text.length() + ":" + text;
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(UTF_8));
  }
}
