package io.slimimage.runtime;

import io.slimimage.RecordedLog;
import io.slimimage.modules.Jdk;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Links a runtime in a process of its own, which a test can end. */
final class InterruptedLink {

  private InterruptedLink() {}

  public static void main(String[] paths) {
    Jdk jdk = Jdk.at(Path.of(paths[0]));
    LinkRequest request =
        new LinkRequest(jdk, List.of("java.base"), Set.of(), List.of(), JimageForm.PULL);
    RuntimeLinker.link(request, Path.of(paths[1]), new RecordedLog());
  }
}
