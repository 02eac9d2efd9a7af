package io.slimimage.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.slimimage.BuildLog;
import io.slimimage.dockerfile.BuildContext;
import java.util.regex.Pattern;

/** Lets an engine load the images of one archive. */
final class ImageLoad {

  private static final String ACTION = "load the image";

  /** Engines with containerd's store report so that a layer is broken, and claim success. */
  private static final String BROKEN = "Error unpacking image";

  /** Podman reports a line for each format that it tried. */
  private static final Pattern LINE_END = Pattern.compile("\\s*\\R[\\s*]*");

  private final EngineClient client;
  private final BuildContext archive;
  private final BuildLog log;
  private String error = "";
  private boolean answered;

  ImageLoad(EngineClient client, BuildContext archive, BuildLog log) {
    this.client = client;
    this.archive = archive;
    this.log = log;
  }

  /** Sends the archive and waits until the engine has taken it. */
  void run() {
    try (EngineExchange exchange =
        new EngineExchange(client, "slimimage-load", "/images/load?quiet=1", archive)) {
      exchange.start();
      EngineExchange.Event last = follow(exchange);
      exchange.throwBodyFailure("image's archive");
      check(last);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BuildCancelledException();
    }
  }

  private EngineExchange.Event follow(EngineExchange exchange) throws InterruptedException {
    EngineExchange.Event event = exchange.take();
    while (event instanceof EngineExchange.Event.Item item) {
      accept(item.json());
      event = exchange.take();
    }
    return event;
  }

  private void accept(JsonNode item) {
    String text = item.path("stream").asText().strip();
    if (item.has("errorDetail") || item.has("error")) {
      error = item.path("errorDetail").path("message").asText(item.path("error").asText());
    } else if (text.startsWith(BROKEN)) {
      error = text;
    } else if (!text.isEmpty()) {
      answered = true;
      log.debug("The engine: " + text);
    }
  }

  private void check(EngineExchange.Event last) {
    if (last instanceof EngineExchange.Event.Refused refused) {
      throw refused(refused.message());
    }
    if (!error.isEmpty()) {
      throw refused(error);
    }
    if (last instanceof EngineExchange.Event.Broken broken) {
      throw EngineFailures.lost(ACTION, client.address(), broken.cause());
    }
    if (!answered) {
      throw EngineFailures.lost(ACTION, client.address(), null);
    }
  }

  private static EngineException refused(String message) {
    String line = LINE_END.matcher(message.strip()).replaceAll("; ");
    return new EngineException("The engine cannot " + ACTION + ": " + line);
  }
}
