package io.slimimage.registry;

/** What a repository is opened for; rights are asked for no more than that. */
public enum Access {
  /** To read. */
  PULL,
  /** To read and write. */
  PUSH
}
