package io.slimimage.registry;

import java.util.ArrayList;
import java.util.List;

/**
 * The rights that requests need, each such as {@code repository:team/name:pull,push}.
 *
 * @param access whether they are enough to write
 * @param rights the rights
 * @see <a href="https://distribution.github.io/distribution/spec/auth/scope/">Token scopes</a>
 */
record Scope(Access access, List<String> rights) {

  /** Returns what is needed for a repository. */
  static Scope of(String repository, Access access) {
    String actions = access == Access.PUSH ? "pull,push" : "pull";
    return new Scope(access, List.of("repository:" + repository + ":" + actions));
  }

  /** Returns the same rights with that to read another repository. */
  Scope withPullOf(String repository) {
    List<String> more = new ArrayList<>(rights);
    more.add("repository:" + repository + ":pull");
    return new Scope(access, List.copyOf(more));
  }

  /**
   * Returns the rights to ask for where a registry has told which it wants: it may know the
   * repository by another name. To read, nothing more than that is asked for.
   */
  List<String> asked(String challenged) {
    List<String> asked = new ArrayList<>(rights);
    for (String right : challenged.split(" ")) {
      int actions = right.lastIndexOf(':');
      boolean wanted =
          actions > 0
              && rights.stream().noneMatch(it -> it.startsWith(right.substring(0, actions + 1)))
              && (access == Access.PUSH || right.endsWith(":pull"));
      if (wanted) {
        asked.add(right);
      }
    }
    return asked;
  }

  /** Returns the text by which equal rights are found again. */
  String key() {
    return String.join(" ", rights);
  }
}
