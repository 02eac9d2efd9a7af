package io.slimimage.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.ResponseItem;
import java.util.function.Consumer;

/** Takes an engine's answer about an image that it pulls or pushes, and keeps its error. */
final class TransferCallback<T extends ResponseItem> extends ResultCallback.Adapter<T> {

  private final Consumer<T> items;
  private volatile String error;
  private volatile Throwable failure;

  /**
   * Creates a callback.
   *
   * @param items gets what is no error
   */
  TransferCallback(Consumer<T> items) {
    this.items = items;
  }

  @Override
  @SuppressWarnings("deprecation")
  public void onNext(T item) {
    // docker-java's own callbacks drop it, or hide it.
    if (item.isErrorIndicated()) {
      error = item.getErrorDetail() == null ? item.getError() : item.getErrorDetail().getMessage();
      return;
    }
    items.accept(item);
  }

  @Override
  public void onError(Throwable throwable) {
    failure = throwable;
    super.onError(throwable);
  }

  /**
   * Waits for the end of the answer.
   *
   * @throws EngineException if there was any error
   * @throws BuildCancelledException if the calling thread was interrupted
   */
  void await(TransferFailure failures) {
    try {
      awaitCompletion();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BuildCancelledException();
    } catch (RuntimeException e) {
      // It is what onError got, which has kept it.
      onError(e);
    }
    if (failure != null) {
      throw failures.of(failure);
    }
    if (error != null) {
      throw failures.of(error, null);
    }
  }
}
