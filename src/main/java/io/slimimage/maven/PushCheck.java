package io.slimimage.maven;

import io.slimimage.SlimImageException;
import io.slimimage.image.ImageReference;
import java.util.List;
import org.apache.maven.execution.MavenSession;

/** Refuses what nobody can want to push, before anything is built for it. */
final class PushCheck {

  private PushCheck() {}

  /** Checks what can be told before the image is there. */
  static void check(MavenSession session, Parameters given, Problems problems) {
    if (session.isOffline()) {
      problems.add(
          SlimImageException.advise(
              "Nothing can be pushed while Maven is offline", "call it without -o"));
    }
    if (!given.target().equals("runtime")) {
      problems.add(
          SlimImageException.advise(
              "'slimimage.target' ["
                  + given.target()
                  + "] is a stage without a name, which cannot be pushed",
              "remove it, or 'slimimage.push'"));
    }
    // What is wrong with a name is for the build to tell, with all other mistakes.
    List<ImageReference> names = ImageNames.of(given, session.getCurrentProject(), new Problems());
    if (!names.isEmpty() && names.get(0).isOfficial()) {
      problems.add(
          SlimImageException.advise(
              "The image's name ["
                  + names.get(0)
                  + "] has no registry to push it to, and those without a path belong to Docker"
                  + " itself",
              "set 'slimimage.image' to a name such as registry.example/team/"
                  + names.get(0).familiarName()));
    }
  }
}
