package io.slimimage.docker;

/** Which of an engine's two builders makes an image. */
public enum EngineBuilder {
  /** BuildKit where the engine has it, else the classic one. */
  AUTO,
  /** BuildKit: skips stages that nothing needs, has cache mounts. */
  BUILDKIT,
  /** The builder of old engines, which Podman's service resembles. */
  CLASSIC
}
