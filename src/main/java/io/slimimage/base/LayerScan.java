package io.slimimage.base;

import io.slimimage.SlimImageException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * Looks into the archive of a layer, whose bytes somebody else verifies. A layer that is damaged,
 * or has more than there is memory for, gives nothing: whoever needs what is in it then reads it,
 * and says what is wrong.
 */
final class LayerScan {

  /** What a header takes in memory besides its texts, about. */
  private static final int HEADER = 100;

  private final LayerFindings findings;
  private final String what;
  private final BaseFailures failures;
  private final List<TarHeader> headers = new ArrayList<>();
  private final Map<Integer, byte[]> files = new HashMap<>();
  private long taken;

  /**
   * Prepares a scan.
   *
   * @param findings knows which files are wanted
   * @param what the layer is, for messages
   */
  LayerScan(LayerFindings findings, String what, BaseFailures failures) {
    this.findings = findings;
    this.what = what;
    this.failures = failures;
  }

  /**
   * Reads an archive as far as it is one.
   *
   * @param tar not compressed; stays open
   */
  Optional<LayerContents> read(InputStream tar) {
    boolean complete = false;
    try {
      UntrustedStream archive = UntrustedStream.ofTar(tar, what, failures);
      complete = read(new TarEntries(archive, what, failures, BaseLayers.MOST_ENTRIES));
    } catch (IOException | SlimImageException e) {
      // Said by who reads the layer next.
    }
    if (!complete) {
      findings.giveBack(taken);
      return Optional.empty();
    }
    return Optional.of(new LayerContents(headers, files));
  }

  private boolean read(TarEntries entries) throws IOException {
    for (TarArchiveEntry entry = entries.next(); entry != null; entry = entries.next()) {
      TarHeader header = TarHeader.of(entry);
      if (!take(HEADER + header.path().length() + header.target().length())) {
        return false;
      }
      if (header.kind() == TarHeader.Kind.FILE && isWanted(header, entries)) {
        keep(header, entries.content());
      }
      headers.add(header);
    }
    return true;
  }

  private boolean isWanted(TarHeader header, TarEntries entries) {
    return findings.isWanted(String.join("/", entries.parts(header.path()))) && take(header.size());
  }

  private void keep(TarHeader header, InputStream content) throws IOException {
    byte[] bytes = content.readNBytes(Math.toIntExact(header.size()));
    if (bytes.length == header.size()) {
      files.put(headers.size(), bytes);
    }
  }

  private boolean take(long bytes) {
    boolean room = bytes >= 0 && findings.take(bytes);
    taken += room ? bytes : 0;
    return room;
  }
}
