package io.slimimage.output;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import io.slimimage.blob.DeferredBlob;
import io.slimimage.blob.Digest;
import io.slimimage.blob.StoredBlob;
import io.slimimage.blob.TarWriter;
import io.slimimage.image.BuiltImage;
import io.slimimage.image.ImageDocuments;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.ImageReference;
import io.slimimage.image.PlatformImages;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A tar of an image.
 *
 * @param files the contents by the paths, in whose order they are written
 */
record ImageArchive(SortedMap<String, Blob> files) {

  private static final int FILE_MODE = 0644;
  private static final int BUFFER = 1 << 17;

  /** Two blocks of zeros end a tar. */
  private static final byte[] END = new byte[2 * TarWriter.BLOCK];

  /** Keeps the order. */
  ImageArchive {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /**
   * Returns the archive that everything can read: an OCI image layout with a {@code manifest.json}
   * besides, as {@code docker save} writes it since version 25. That file can give a name to one
   * image only: to the one for the platform that was named first.
   */
  static ImageArchive whole(PlatformImages images, List<ImageReference> references) {
    SortedMap<String, Blob> files = new TreeMap<>(layout(images, references).files());
    List<String> layers = images.first().layers().stream().map(ImageArchive::path).toList();
    files.put("manifest.json", dockerManifest(images.first(), references, layers));
    return new ImageArchive(files);
  }

  /** Returns the archive of an OCI image layout. */
  static ImageArchive layout(PlatformImages images, List<ImageReference> references) {
    SortedMap<String, Blob> files = new TreeMap<>(blobs(images));
    files.put("oci-layout", Blob.of(ImageDocuments.layout()));
    files.put("index.json", Blob.of(ImageDocuments.index(images, references)));
    return new ImageArchive(files);
  }

  /**
   * Returns an archive that lacks the lowest layers. It is no OCI image layout: engines that keep
   * images as these would take it, and be left with a broken image.
   *
   * @param paths names of all layers in the archive
   * @param contents of the uppermost layers
   */
  static ImageArchive upper(
      BuiltImage image, List<ImageReference> references, List<String> paths, List<Blob> contents) {
    SortedMap<String, Blob> files = new TreeMap<>();
    files.put(path(image.id()), image.config());
    int lacking = paths.size() - contents.size();
    for (int i = 0; i < contents.size(); i++) {
      files.put(paths.get(lacking + i), contents.get(i));
    }
    files.put("manifest.json", dockerManifest(image, references, paths));
    return new ImageArchive(files);
  }

  private static Blob dockerManifest(
      BuiltImage image, List<ImageReference> references, List<String> layers) {
    return Blob.of(ImageDocuments.dockerManifest(path(image.id()), references, layers));
  }

  /** Returns all blobs by their paths in a layout. */
  static SortedMap<String, Blob> blobs(PlatformImages images) {
    SortedMap<String, Blob> blobs = new TreeMap<>();
    images.index().ifPresent(index -> blobs.put(path(images.digest()), index));
    for (BuiltImage image : images.images()) {
      blobs.put(path(image.digest()), image.manifest());
      blobs.put(path(image.id()), image.config());
      image.layers().forEach(layer -> blobs.put(path(layer), layer.content()));
    }
    return blobs;
  }

  static String path(ImageLayer layer) {
    return path(layer.descriptor().digest());
  }

  static String path(Digest digest) {
    return "blobs/" + digest.algorithm() + "/" + digest.hex();
  }

  /** Returns the size of the tar in bytes. */
  long size() throws IOException {
    long size = END.length;
    for (Map.Entry<String, Blob> file : files.entrySet()) {
      long content = file.getValue().size();
      size += header(file).length + content + padding(content).length;
    }
    return size;
  }

  /** Writes the tar; the stream stays open. */
  void writeTo(OutputStream out) throws IOException {
    for (Map.Entry<String, Blob> file : files.entrySet()) {
      out.write(header(file));
      copy(file.getKey(), file.getValue(), out);
      out.write(padding(file.getValue().size()));
    }
    out.write(END);
    out.flush();
  }

  /** Writes the tar; what lies in files is copied by the operating system. */
  void writeTo(FileChannel out) throws IOException {
    OutputStream stream = Channels.newOutputStream(out);
    for (Map.Entry<String, Blob> file : files.entrySet()) {
      Blob content = DeferredBlob.inStore(file.getValue());
      stream.write(header(file));
      if (content instanceof StoredBlob stored) {
        transfer(stored, out);
      } else {
        copy(file.getKey(), content, stream);
      }
      stream.write(padding(content.size()));
    }
    stream.write(END);
  }

  private static byte[] header(Map.Entry<String, Blob> file) throws IOException {
    return TarWriter.fileHeader(file.getKey(), FILE_MODE, file.getValue().size(), Instant.EPOCH);
  }

  private static byte[] padding(long size) {
    return new byte[(int) Math.floorMod(-size, (long) TarWriter.BLOCK)];
  }

  private static void copy(String path, Blob content, OutputStream out) throws IOException {
    byte[] buffer = new byte[(int) Math.min(BUFFER, content.size() + 1)];
    long left = content.size();
    try (InputStream in = content.open()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        left -= read;
        if (left < 0) {
          throw changed(path);
        }
        out.write(buffer, 0, read);
      }
    }
    if (left > 0) {
      throw changed(path);
    }
  }

  private static void transfer(StoredBlob content, FileChannel out) throws IOException {
    try (FileChannel in = FileChannel.open(content.file())) {
      if (in.size() != content.size()) {
        throw changed(content.file().toString());
      }
      long done = 0;
      while (done < content.size()) {
        long moved = in.transferTo(done, content.size() - done, out);
        if (moved == 0) {
          throw changed(content.file().toString());
        }
        done += moved;
      }
    }
  }

  private static SlimImageException changed(String path) {
    return new SlimImageException(
        SlimImageException.advise(
            "The blob [" + path + "] changed while it was read",
            "stop what is writing to it and build again"));
  }
}
