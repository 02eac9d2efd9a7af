package io.slimimage.it;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** An archive of an image made by hand, as {@code docker save} writes it. */
final class MadeArchive {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream archive = new TarArchiveOutputStream(bytes);

  /** Returns an image whose container starts as this part of a configuration says. */
  static SavedImage image(String config, MadeLayer... layers) throws IOException {
    return imageOf("{\"config\":" + config + "}", layers);
  }

  /** Returns an image of a configuration, into which the layers are put. */
  static SavedImage imageOf(String configuration, MadeLayer... layers) throws IOException {
    return of("", configuration, layers).read();
  }

  /** Returns an archive that an engine loads under a name. */
  static byte[] loadable(String reference, MadeLayer... layers) throws IOException {
    return of(reference, "{\"os\":\"linux\",\"architecture\":\"amd64\"}", layers).bytes();
  }

  private static MadeArchive of(String reference, String configuration, MadeLayer... layers)
      throws IOException {
    MadeArchive archive = new MadeArchive();
    List<String> names = new ArrayList<>();
    for (MadeLayer layer : layers) {
      names.add(names.size() + "/layer.tar");
      archive.file(names.get(names.size() - 1), layer.bytes());
    }
    return archive
        .config("c.json", configuration, layers)
        .text("manifest.json", manifestOf("c.json", reference, names));
  }

  MadeArchive config(String name, String configuration, MadeLayer... layers) throws IOException {
    String diffIds =
        List.of(layers).stream()
            .map(layer -> '"' + layer.diffId() + '"')
            .collect(Collectors.joining(","));
    return text(
        name,
        configuration.replaceFirst(
            "\\{", "{\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[" + diffIds + "]},"));
  }

  MadeArchive manifest(String config, String... layers) throws IOException {
    return text("manifest.json", manifestOf(config, "", List.of(layers)));
  }

  private static String manifestOf(String config, String reference, List<String> layers) {
    return "[{\"Config\":\"%s\",\"RepoTags\":[%s],\"Layers\":[\"%s\"]}]"
        .formatted(
            config, reference.isEmpty() ? "" : '"' + reference + '"', String.join("\",\"", layers));
  }

  MadeArchive text(String name, String text) throws IOException {
    return file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  MadeArchive file(String name, byte[] content) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    archive.putArchiveEntry(entry);
    archive.write(content);
    archive.closeArchiveEntry();
    return this;
  }

  MadeArchive link(String name, String target) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
    entry.setLinkName(target);
    archive.putArchiveEntry(entry);
    archive.closeArchiveEntry();
    return this;
  }

  SavedImage read() throws IOException {
    return SavedImage.read(new ByteArrayInputStream(bytes()));
  }

  private byte[] bytes() throws IOException {
    archive.close();
    return bytes.toByteArray();
  }
}
