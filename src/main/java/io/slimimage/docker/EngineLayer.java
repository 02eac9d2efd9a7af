package io.slimimage.docker;

/**
 * A layer of an image in an engine.
 *
 * @param diffId digest of the uncompressed layer
 * @param size the uncompressed size in bytes, -1 where the engine's history does not tell
 */
public record EngineLayer(String diffId, long size) {

  /** The diff ID of a layer without any entry: of a tar that has nothing but its end. */
  public static final String EMPTY =
      "sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef";
}
