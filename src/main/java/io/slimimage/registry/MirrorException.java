package io.slimimage.registry;

/**
 * A mirror has handed out a blob that is damaged. It is not asked again: whoever opens the blob
 * once more gets it from another one, or from the registry itself.
 */
public final class MirrorException extends RegistryException {

  MirrorException(String message) {
    super(message);
  }
}
