package io.slimimage.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Request.Method;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Reads the archive of an image, on a connection of its own: where the reader gives up early, the
 * connection is cut, while docker-java's own call would read the rest of the archive first.
 */
final class ImageSave {

  private static final int OK = 200;

  private final EngineClient client;
  private final String image;

  ImageSave(EngineClient client, String image) {
    this.client = client;
    this.image = image;
  }

  <T> T read(ImageReader<T> reader) {
    try (DockerHttpClient transport = client.newTransport()) {
      return read(transport, reader);
    } catch (InterruptibleStream.InterruptedRead e) {
      throw new BuildCancelledException();
    } catch (IOException e) {
      throw EngineFailures.lost(action(), client.address(), e);
    }
  }

  private <T> T read(DockerHttpClient transport, ImageReader<T> reader) throws IOException {
    Request request =
        Request.builder().method(Method.GET).path(client.path("/images/" + image + "/get")).build();
    try (DockerHttpClient.Response response = execute(transport, request)) {
      if (response.getStatusCode() != OK) {
        throw new EngineException(
            "The engine cannot "
                + action()
                + ": "
                + EngineFailures.engineMessage(EngineClient.text(response)));
      }
      return read(new Body(response.getBody()), reader);
    }
  }

  private static <T> T read(Body body, ImageReader<T> reader) throws IOException {
    try {
      return reader.read(new InterruptibleStream(body));
    } catch (IOException e) {
      if (body.broken || e instanceof InterruptibleStream.InterruptedRead) {
        throw e;
      }
      // Not the engine's fault: the reader could not write, for one.
      throw new UncheckedIOException(e);
    }
  }

  private DockerHttpClient.Response execute(DockerHttpClient transport, Request request) {
    try {
      return transport.execute(request);
    } catch (RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new BuildCancelledException();
      }
      throw EngineFailures.of(action(), client.address(), e);
    }
  }

  private String action() {
    return "save image [" + image + "]";
  }

  /** Knows whether it broke, and stays open: to close it would be to read it to its end. */
  private static final class Body extends FilterInputStream {

    private boolean broken;

    Body(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (IOException e) {
        broken = true;
        throw e;
      }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        return super.read(buffer, offset, length);
      } catch (IOException e) {
        broken = true;
        throw e;
      }
    }

    @Override
    public void close() {
      // The response is closed instead.
    }
  }
}
