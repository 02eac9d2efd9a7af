package io.slimimage.docker;

/**
 * A layer of an image in an engine.
 *
 * @param diffId digest of the uncompressed layer
 * @param size the uncompressed size in bytes, -1 where the engine's history does not tell
 */
public record EngineLayer(String diffId, long size) {}
