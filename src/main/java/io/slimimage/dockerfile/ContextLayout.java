package io.slimimage.dockerfile;

/**
 * Where the parts of a build context are, relative to its root.
 *
 * @param project the project's tree, with a slash at its end, or empty for the root itself
 * @param own the files that this plugin adds, with a slash at its end
 * @param inlined whether the Dockerfile itself holds what is text of these files, so that it can be
 *     kept with the sources and built on a clean checkout
 */
public record ContextLayout(String project, String own, boolean inlined) {

  /** The layout of a context that is streamed to an engine: nothing of ours is in the project. */
  public static final ContextLayout STREAMED = new ContextLayout("project/", "slimimage/", false);

  /**
   * Returns the layout for {@code docker build} by hand, whose context is the project itself.
   *
   * @param own the directory of our own files, relative to the project's root, with a slash
   */
  public static ContextLayout inProject(String own) {
    return new ContextLayout("", own, true);
  }
}
