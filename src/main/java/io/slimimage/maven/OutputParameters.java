package io.slimimage.maven;

/** The parameters that say where the image goes, as they were given. */
record OutputParameters(
    boolean push, String tar, String load, String compression, String cacheSize) {}
