package io.slimimage.docker;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One {@code moby.buildkit.v1.StatusResponse}: what BuildKit tells about its work.
 *
 * @param vertexes steps that are new or have changed
 * @param logs output of steps
 * @see <a href="https://github.com/moby/buildkit/blob/master/api/services/control/control.proto">
 *     control.proto</a>
 */
record BuildKitTrace(List<Vertex> vertexes, List<Log> logs) {

  /**
   * A step.
   *
   * @param digest what identifies the step during a build
   * @param name what it does
   * @param cached whether a result of an earlier build is used
   * @param started when it began, or null
   * @param completed when it ended, or null
   * @param error why it failed, or the empty string
   */
  record Vertex(
      String digest,
      String name,
      boolean cached,
      Instant started,
      Instant completed,
      String error) {}

  /**
   * A piece of a step's output.
   *
   * @param vertex the step's digest
   * @param stream 1 for the standard output, 2 for the error output
   * @param message the bytes, which may begin and end inside a line
   */
  record Log(String vertex, long stream, byte[] message) {}

  /**
   * Decodes a message; fields that are not known are passed over.
   *
   * @throws IOException if the bytes are no such message
   */
  static BuildKitTrace decode(byte[] bytes) throws IOException {
    List<Vertex> vertexes = new ArrayList<>();
    List<Log> logs = new ArrayList<>();
    ProtobufReader in = new ProtobufReader(bytes);
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> vertexes.add(vertex(in.message()));
        case 3 -> logs.add(log(in.message()));
        default -> in.skip();
      }
    }
    return new BuildKitTrace(vertexes, logs);
  }

  private static Vertex vertex(ProtobufReader in) throws IOException {
    String digest = "";
    String name = "";
    boolean cached = false;
    Instant started = null;
    Instant completed = null;
    String error = "";
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> digest = in.string();
        case 3 -> name = in.string();
        case 4 -> cached = in.number() != 0;
        case 5 -> started = time(in.message());
        case 6 -> completed = time(in.message());
        case 7 -> error = in.string();
        default -> in.skip();
      }
    }
    return new Vertex(digest, name, cached, started, completed, error);
  }

  private static Log log(ProtobufReader in) throws IOException {
    String vertex = "";
    long stream = 0;
    byte[] message = new byte[0];
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> vertex = in.string();
        case 3 -> stream = in.number();
        case 4 -> message = in.bytes();
        default -> in.skip();
      }
    }
    return new Log(vertex, stream, message);
  }

  private static Instant time(ProtobufReader in) throws IOException {
    long seconds = 0;
    long nanos = 0;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> seconds = in.number();
        case 2 -> nanos = in.number();
        default -> in.skip();
      }
    }
    try {
      return Instant.ofEpochSecond(seconds, nanos);
    } catch (DateTimeException | ArithmeticException e) {
      throw new IOException("A time is out of range", e);
    }
  }
}
