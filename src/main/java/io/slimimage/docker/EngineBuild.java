package io.slimimage.docker;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.dockerfile.BuildContext;

/** One build: sends the request, follows the answer, and says how it ended. */
final class EngineBuild {

  private static final String ACTION = "build the image";
  private static final String NO_SESSION = "no active sessions";
  private static final int BAD_REQUEST = 400;

  private final EngineClient client;
  private final BuildRequest request;
  private final BuildContext context;
  private final BuildProgress progress;
  private final BuildLog log;

  EngineBuild(
      EngineClient client,
      BuildRequest request,
      BuildContext context,
      BuildProgress progress,
      BuildLog log) {
    this.client = client;
    this.request = request;
    this.context = context;
    this.progress = progress;
    this.log = log;
  }

  /** A failure after which the other builder may do better. */
  static final class UnsuitableBuilderException extends RuntimeException {

    UnsuitableBuilderException(SlimImageException cause) {
      super(cause.getMessage(), cause);
    }

    SlimImageException failure() {
      return (SlimImageException) getCause();
    }
  }

  /**
   * Builds and returns the image's full id.
   *
   * @throws UnsuitableBuilderException if BuildKit failed before it had begun
   */
  String run(boolean buildKit, BuildCancellation cancellation) {
    String path = BuildQuery.of(request, buildKit);
    log.debug("POST " + path);
    try (EngineExchange exchange = new EngineExchange(client, "slimimage-build", path, context)) {
      cancellation.onCancel(exchange::close);
      if (!cancellation.isCancelled()) {
        exchange.start();
        return follow(exchange, buildKit, cancellation);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      cancellation.onCancel(null);
    }
    throw new BuildCancelledException();
  }

  private String follow(EngineExchange exchange, boolean buildKit, BuildCancellation cancellation)
      throws InterruptedException {
    BuildStream stream = new BuildStream(progress, log);
    boolean sent = false;
    EngineExchange.Event event = exchange.take();
    while (event instanceof EngineExchange.Event.Item item) {
      if (!sent) {
        sent = true;
        progress.contextSent(exchange.bodySize());
      }
      stream.accept(item.json());
      event = exchange.take();
    }
    if (cancellation.isCancelled()) {
      throw new BuildCancelledException();
    }
    exchange.throwBodyFailure("build context");
    SlimImageException failure = failure(event, stream);
    if (failure == null) {
      return stream.finish().orElseThrow(() -> lost(null));
    }
    throw buildKit && isUnsuitable(event, stream, failure)
        ? new UnsuitableBuilderException(failure)
        : failure;
  }

  /** Returns null where the build has ended well. */
  private SlimImageException failure(EngineExchange.Event event, BuildStream stream) {
    if (stream.failure().isPresent()) {
      return stream.failure().get();
    }
    if (event instanceof EngineExchange.Event.Refused refused) {
      return new EngineException(
          "The engine refuses to build the image (HTTP status "
              + refused.status()
              + "): "
              + refused.message());
    }
    return event instanceof EngineExchange.Event.Broken broken ? lost(broken.cause()) : null;
  }

  private EngineException lost(Throwable cause) {
    return EngineFailures.lost(ACTION, client.address(), cause);
  }

  private static boolean isUnsuitable(
      EngineExchange.Event event, BuildStream stream, SlimImageException failure) {
    if (failure.getMessage().contains(NO_SESSION)) {
      return true;
    }
    boolean reported =
        stream.failure().isPresent()
            || event instanceof EngineExchange.Event.Refused refused
                && refused.status() != BAD_REQUEST;
    return reported && !stream.hasBegun();
  }
}
