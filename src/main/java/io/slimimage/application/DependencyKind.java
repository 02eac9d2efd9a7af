package io.slimimage.application;

/** How often a dependency changes, which decides the layer that it goes to. */
public enum DependencyKind {
  /** A released version: its bytes never change. */
  RELEASE,
  /** A snapshot from a repository. */
  SNAPSHOT,
  /** A module of the reactor that is being built. */
  MODULE
}
