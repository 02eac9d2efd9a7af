package io.slimimage.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Request.Method;
import io.slimimage.SlimImageException;
import io.slimimage.dockerfile.BuildContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One request on the wire that sends a tar, on a connection of its own: a thread writes the tar,
 * another one sends it and reads the answer, the caller takes the answer's items.
 *
 * <p>So the caller can be interrupted, which a thread that reads from a socket cannot, and a
 * connection that is closed ends what the engine does.
 */
final class EngineExchange implements AutoCloseable {

  /** What the engine, or the connection to it, has to tell. */
  sealed interface Event {

    /** One JSON object of the answer. */
    record Item(JsonNode json) implements Event {}

    /** The engine refused the request with an HTTP status. */
    record Refused(int status, String message) implements Event {}

    /** The answer is complete as far as HTTP knows. */
    record End() implements Event {}

    /** The connection broke. */
    record Broken(Throwable cause) implements Event {}
  }

  private static final int QUEUE = 256;
  private static final long CLOSED_CHECK_MILLIS = 50;

  private final DockerHttpClient http;
  private final Request request;
  private final BuildContext body;
  private final UploadPipe pipe = new UploadPipe(this::disconnect);
  private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(QUEUE);
  private final Thread sender;
  private final Thread writer;
  private volatile DockerHttpClient.Response response;
  private volatile boolean closed;

  /**
   * Prepares a request.
   *
   * @param name of the threads
   * @param body is written as it is sent
   */
  EngineExchange(EngineClient client, String name, String path, BuildContext body) {
    this.sender = daemon(name, this::exchange);
    this.writer = daemon(name + "-body", this::writeBody);
    this.http = client.newTransport();
    this.body = body;
    this.request =
        Request.builder()
            .method(Method.POST)
            .path(client.path(path))
            .putHeader("Content-Type", "application/x-tar")
            .body(pipe.source())
            .build();
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  void start() {
    writer.start();
    sender.start();
  }

  /** Returns the next event; after one that is no {@link Event.Item} there are no more. */
  Event take() throws InterruptedException {
    while (true) {
      Event event = events.poll(CLOSED_CHECK_MILLIS, TimeUnit.MILLISECONDS);
      if (event != null) {
        return event;
      }
      // Who is closed while it waits for the connection cannot always say so itself.
      if (closed) {
        return new Event.End();
      }
    }
  }

  /**
   * Throws why the body could not be written, if that failed: it is the cause of whatever the
   * engine or the connection says.
   *
   * @param what the body is, such as {@code build context}
   */
  void throwBodyFailure(String what) {
    Throwable failure = pipe.failure();
    if (failure instanceof SlimImageException known) {
      throw known;
    }
    if (failure instanceof Error broken) {
      throw broken;
    }
    if (failure != null) {
      throw new SlimImageException(
          "The " + what + " could not be written: " + EngineFailures.reason(failure), failure);
    }
  }

  /** Returns the number of bytes of the body that were written. */
  long bodySize() {
    return pipe.written();
  }

  /** Closes the connection; harmless at any time and from any thread. */
  @Override
  public void close() {
    closed = true;
    pipe.abandon();
    disconnect();
    sender.interrupt();
    writer.interrupt();
  }

  private void disconnect() {
    DockerHttpClient.Response open = response;
    if (open != null) {
      open.close();
    }
    try {
      http.close();
    } catch (IOException e) {
      // The connection is given up anyway.
    }
  }

  private void writeBody() {
    try (OutputStream sink = pipe.sink()) {
      body.writeTo(sink);
    } catch (Throwable e) {
      pipe.fail(e);
    }
  }

  private void exchange() {
    Event last;
    try (DockerHttpClient.Response answer = http.execute(request)) {
      response = answer;
      last = closed ? new Event.End() : read(answer);
    } catch (IOException | RuntimeException e) {
      last = new Event.Broken(e);
    } catch (InterruptedException e) {
      return;
    } finally {
      pipe.abandon();
    }
    try {
      events.put(last);
    } catch (InterruptedException e) {
      // The caller has closed this exchange and takes nothing any more.
    }
  }

  private Event read(DockerHttpClient.Response answer) throws IOException, InterruptedException {
    if (answer.getStatusCode() != 200) {
      String message = EngineFailures.engineMessage(EngineClient.text(answer));
      return new Event.Refused(answer.getStatusCode(), message);
    }
    try (MappingIterator<JsonNode> items =
        new ObjectMapper().readerFor(JsonNode.class).readValues(answer.getBody())) {
      while (items.hasNextValue()) {
        events.put(new Event.Item(items.nextValue()));
      }
    }
    return new Event.End();
  }
}
