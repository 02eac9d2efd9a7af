package io.slimimage.runtime;

/** How the file with the runtime's classes is written. */
public enum JimageForm {
  /** The one with the smallest compressed layer. */
  PULL,
  /** The one that takes the least space on disk. */
  DISK
}
