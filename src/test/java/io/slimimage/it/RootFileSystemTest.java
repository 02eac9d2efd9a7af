package io.slimimage.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RootFileSystemTest {

  private final MadeLayer below =
      new MadeLayer()
          .directory("app")
          .directory("app/lib")
          .file("app/lib/a.jar", "a")
          .file("app/library", "l")
          .file("app/main.jar", "m");

  @Test
  void laterLayersWin() throws IOException {
    MadeLayer above =
        new MadeLayer()
            .directory("app", entry -> entry.setMode(0700))
            .file("app/main.jar", "changed")
            .file("app/new.jar", "n");

    SortedMap<String, SavedEntry> root = root(below, above);

    assertThat(root)
        .containsOnlyKeys(
            "app", "app/lib", "app/lib/a.jar", "app/library", "app/main.jar", "app/new.jar");
    assertThat(root.get("app").access().mode()).isEqualTo(0700);
    assertThat(root.get("app/main.jar").content().size()).isEqualTo(7);
  }

  @Test
  void aWhiteoutHidesAFileAndADirectoryWithAllThatIsInIt() throws IOException {
    MadeLayer file = new MadeLayer().directory("app").file("app/.wh.main.jar", "");
    MadeLayer directory = new MadeLayer().directory("app").file("app/.wh.lib", "");

    assertThat(root(below, file))
        .containsOnlyKeys("app", "app/lib", "app/lib/a.jar", "app/library");
    assertThat(root(below, directory)).containsOnlyKeys("app", "app/library", "app/main.jar");
  }

  @Test
  void aWhiteoutAtTheRootHidesToo() throws IOException {
    assertThat(root(below, new MadeLayer().file(".wh.app", ""))).isEmpty();
    assertThat(root(below, new MadeLayer().file(".wh..wh..opq", "").file("b", "b")))
        .containsOnlyKeys("b");
  }

  @Test
  void aWhiteoutHidesNothingOfItsOwnLayerWhereverItStands() throws IOException {
    MadeLayer above =
        new MadeLayer()
            .directory("app/lib")
            .file("app/lib/b.jar", "b")
            .file("app/.wh.lib", "")
            .file("app/lib/.wh..wh..opq", "");

    assertThat(root(below, above))
        .containsOnlyKeys("app", "app/lib", "app/lib/b.jar", "app/library", "app/main.jar");
  }

  @Test
  void anOpaqueDirectoryHidesWhatWasInItAndNotItself() throws IOException {
    assertThat(root(below, new MadeLayer().file("app/lib/.wh..wh..opq", "")))
        .containsOnlyKeys("app", "app/lib", "app/library", "app/main.jar");
  }

  @Test
  void whatAnEngineKeepsForItselfHidesNothing() throws IOException {
    MadeLayer above = new MadeLayer().directory(".wh..wh.plnk").file(".wh..wh.aufs", "");

    assertThat(root(below, above)).isEqualTo(root(below));
  }

  @Test
  void aFileInADirectorysPlaceLeavesNothingOfIt() throws IOException {
    assertThat(root(below, new MadeLayer().file("app/lib", "")))
        .containsOnlyKeys("app", "app/lib", "app/library", "app/main.jar");
    assertThat(root(below, new MadeLayer().link("app", "opt")).get("app").description())
        .isEqualTo("symbolic link 0:0 -> opt");
    assertThat(root(below, new MadeLayer().link("app", "opt"))).containsOnlyKeys("app");
  }

  @Test
  void whatIsInADirectoryHidesALinkInTheDirectorysPlace() throws IOException {
    MadeLayer link = new MadeLayer().link("lib", "usr/lib");

    assertThat(root(link, new MadeLayer().directory("lib").file("lib/a.so", "")))
        .containsOnlyKeys("lib", "lib/a.so");
    assertThat(root(link, new MadeLayer().file("lib/a.so", ""))).containsOnlyKeys("lib/a.so");
  }

  @Test
  void aHardLinkIsTheFileAsItWasThen() throws IOException {
    MadeLayer links =
        new MadeLayer()
            .file("a", "content", entry -> entry.setMode(0600))
            .hardLink("b", "a")
            .hardLink("./c", "./b");
    MadeLayer changed = new MadeLayer().file("a", "changed");

    assertThat(root(links)).hasSize(3);
    assertThat(root(links).values())
        .extracting(SavedEntry::description)
        .containsOnly(root(links).get("a").description());
    assertThat(root(links, changed).get("c"))
        .isEqualTo(root(links).get("c"))
        .isNotEqualTo(root(links, changed).get("a").at("c"));
  }

  @Test
  void refusesWhatMakesNoSense() {
    MadeLayer link = new MadeLayer().hardLink("b", "a");
    MadeLayer file = new MadeLayer().file("a", "").file("a/b", "");

    assertThatThrownBy(() -> root(link))
        .isInstanceOf(IOException.class)
        .hasMessage("[b] is a name of [a], which is no file");
    assertThatThrownBy(() -> root(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("[a/b] is in a directory that is a file 0644 0:0");
  }

  @Test
  void nothingIsNothing() throws IOException {
    assertThat(root()).isEqualTo(Map.of());
    assertThat(root(new MadeLayer().directory("."))).isEmpty();
  }

  private static SortedMap<String, SavedEntry> root(MadeLayer... layers) throws IOException {
    return RootFileSystem.of(Stream.of(layers).map(MadeLayer::saved).toList());
  }
}
