package io.slimimage.output;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import io.slimimage.blob.BlobStore;
import io.slimimage.blob.DeferredBlob;
import io.slimimage.blob.Digest;
import io.slimimage.blob.FileDigests;
import io.slimimage.blob.MeasuringOutputStream;
import io.slimimage.blob.StoredBlob;
import io.slimimage.image.ImageDocuments;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.LayerDownloads;
import io.slimimage.image.PlatformImages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * Writes an OCI image layout, a directory.
 *
 * <p>A layout holds what its {@code index.json} leads to. So that file comes last, by one renaming:
 * before it the directory is the old image or none, and after it the new one. Blobs that are there
 * already stay where they are; those that the index no longer needs go at the end.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-layout.md">OCI image
 *     layout</a>
 */
public final class LayoutWriter {

  private final Path directory;
  private final FileDigests digests;
  private final BlobStore blobs;

  /**
   * Creates a writer.
   *
   * @param directory gets the layout
   * @param digests tells whether a layout is still as an earlier build has left it
   * @param blobs has the image's layers, which get one name more in the layout
   */
  public LayoutWriter(Path directory, FileDigests digests, BlobStore blobs) {
    this.directory = directory.toAbsolutePath();
    this.digests = digests;
    this.blobs = blobs;
  }

  /**
   * Writes an image, or several in an index, unless they are there already; returns whether they
   * were not.
   *
   * @throws SlimImageException if the directory cannot be written
   */
  public boolean write(PlatformImages images) throws IOException {
    try {
      checkDirectory();
      LayerDownloads.run(lacking(images));
      return write(images, ImageArchive.blobs(images));
    } catch (IOException e) {
      throw WriteFailure.of(directory, e);
    }
  }

  /**
   * Writes the same, but for layers that would have to be downloaded for it; returns those. A
   * layout may lack blobs that can be had elsewhere, but not many tools read one that does.
   *
   * @throws SlimImageException if the directory cannot be written
   */
  public List<ImageLayer> writeWithoutDownloads(PlatformImages images) throws IOException {
    try {
      checkDirectory();
      List<ImageLayer> elsewhere =
          lacking(images).stream().filter(layer -> !isOnThisMachine(layer.content())).toList();
      SortedMap<String, Blob> wanted = ImageArchive.blobs(images);
      elsewhere.forEach(layer -> wanted.remove(ImageArchive.path(layer)));
      write(images, wanted);
      return elsewhere;
    } catch (IOException e) {
      throw WriteFailure.of(directory, e);
    }
  }

  private static boolean isOnThisMachine(Blob layer) {
    return !(layer instanceof DeferredBlob deferred) || deferred.isStored();
  }

  private void checkDirectory() {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw WriteFailure.occupied(directory, "directory");
    }
  }

  private boolean write(PlatformImages images, SortedMap<String, Blob> wanted) throws IOException {
    boolean written = false;
    for (Map.Entry<String, Blob> blob : wanted.entrySet()) {
      written |= put(directory.resolve(blob.getKey()), blob.getValue());
    }
    written |= replace("oci-layout", ImageDocuments.layout());
    written |= replace("index.json", ImageDocuments.index(images, images.references()));
    sweep(wanted.keySet());
    return written;
  }

  private List<ImageLayer> lacking(PlatformImages images) throws IOException {
    List<ImageLayer> lacking = new ArrayList<>();
    for (ImageLayer layer : images.layers()) {
      if (!isThere(directory.resolve(ImageArchive.path(layer)), layer.content().size())) {
        lacking.add(layer);
      }
    }
    return lacking;
  }

  private boolean put(Path file, Blob wanted) throws IOException {
    Digest digest = new Digest(name(file.getParent()), name(file));
    if (isThere(file, wanted.size()) && digests.of(file).equals(digest)) {
      return false;
    }
    Files.createDirectories(file.getParent());
    Blob blob = DeferredBlob.inStore(wanted);
    if (blob instanceof StoredBlob stored) {
      blobs.linkOrCopy(stored, file);
    } else {
      copy(blob, digest, file);
    }
    return true;
  }

  private void copy(Blob blob, Digest digest, Path file) throws IOException {
    Path partial = partial(file);
    try (InputStream in = blob.open();
        MeasuringOutputStream out = new MeasuringOutputStream(Files.newOutputStream(partial))) {
      in.transferTo(out);
      Digest actual = out.digest();
      if (!actual.equals(digest)) {
        throw new SlimImageException(
            SlimImageException.advise(
                "The blob [" + digest + "] has the digest [" + actual + "]", "build again"));
      }
    }
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    digests.know(file, digest);
  }

  private static boolean isThere(Path file, long size) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) == size;
  }

  private boolean replace(String name, byte[] content) throws IOException {
    Path file = directory.resolve(name);
    if (isThere(file, content.length) && Arrays.equals(Files.readAllBytes(file), content)) {
      return false;
    }
    Path partial = partial(file);
    Files.write(partial, content);
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    return true;
  }

  private static Path partial(Path file) {
    return file.resolveSibling("." + name(file) + ".partial");
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  /** Removes blobs of earlier images, and what a killed build has left. */
  private void sweep(Set<String> wanted) throws IOException {
    try (DirectoryStream<Path> partials = Files.newDirectoryStream(directory, ".*.partial")) {
      for (Path partial : partials) {
        Files.delete(partial);
      }
    }
    try (DirectoryStream<Path> algorithms =
        Files.newDirectoryStream(directory.resolve("blobs"), Files::isDirectory)) {
      for (Path algorithm : algorithms) {
        sweep(algorithm, wanted);
      }
    }
  }

  private void sweep(Path algorithm, Set<String> wanted) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(algorithm)) {
      for (Path file : files) {
        String path = "blobs/" + name(algorithm) + "/" + name(file);
        if (!wanted.contains(path) && !Files.isDirectory(file)) {
          Files.delete(file);
        }
      }
    }
  }
}
