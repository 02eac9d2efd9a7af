package io.slimimage.docker;

/**
 * One place where no engine answered.
 *
 * @param address where it was looked for
 * @param origin what names this address, such as {@code DOCKER_HOST}
 * @param reason why there was no answer
 */
public record EngineAttempt(String address, String origin, String reason) {

  @Override
  public String toString() {
    return address + " (" + origin + "): " + reason;
  }
}
