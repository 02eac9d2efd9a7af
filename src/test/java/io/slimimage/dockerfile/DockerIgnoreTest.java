package io.slimimage.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerIgnoreTest {

  @TempDir Path directory;

  @ParameterizedTest(name = "[{0}] matches [{1}]")
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '"',
      value = {
        "** file",
        "**/ file",
        "** dir/file",
        "**/ dir/file",
        "**/** dir/file",
        "dir/** dir/file",
        "dir/** dir/dir2/file",
        "**/dir dir",
        "**/dir dir/file",
        "**/dir2/* dir/dir2/file",
        "**/dir2/* dir/dir2/sub/file",
        "**/dir2/** dir/dir2/dir3/file",
        "**file file",
        "**file dir/file",
        "**file dir/other-file",
        "**/file dir/file",
        "**/file dir/dir/file",
        "**/file* dir/dir/file.txt",
        "**/file*txt dir/dir/file.txt",
        "**/file*.txt* dir/dir/file.txt",
        "**/**/*.txt dir/dir/file.txt",
        "**/*.txt file.txt",
        "**/**/*.txt file.txt",
        "a**/*.txt a/file.txt",
        "a**/*.txt a/dir/dir/file.txt",
        "a/*.txt a/file.txt",
        "a/*.txt** a/file.txt",
        "a[b-d]e ace",
        "a[^b-d]e aze",
        ".* .foo",
        "abc.def abc.def",
        "abc?def abcZdef",
        "**/foo/bar foo/bar",
        "**/foo/bar dir/dir2/foo/bar",
        "abc/** abc/def/ghi",
        "**/.foo .foo",
        "a(b)c/def a(b)c/def",
        "a.|)$(}+{bc a.|)$(}+{bc",
        "a\\\\ a\\",
        "a\\*b a*b",
        "a* ab/c",
        "a*/b abc/b",
        "a*b*c*d*e*/f axbxcxdxexxx/f",
        "a*b?c*x abxbbxdbxebxczzx",
        "a?b a☺b",
        "a[^a]b a☺b",
        "[a-ζ]* α",
        "[\\]a] ]",
        "[\\-] -",
        "[x\\-] -",
        "[\\-x] x",
        "*x xxx",
        "src src/main/java/A.java",
        "/src src/A.java",
        "./src/ src/A.java",
        "lib/../src src/A.java",
        "src// src/A.java",
        "**/*.md docs/a.md/inner",
        "[^b]* aaa/x",
        // what Go makes of odd classes and escapes
        "a[^b]c a/c",
        "[[:alpha:]]x qx",
        "[[a] [",
        "[a&&b] &",
        "[?] ^]",
        "a\\d a7",
        "a\\d/* a7/x",
        "a^b a^b",
      })
  void matchesAsDockerDoes(String pattern, String path) {
    assertThat(rules(pattern).excludes(path)).isTrue();
  }

  @ParameterizedTest(name = "[{0}] does not match [{1}]")
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '"',
      value = {
        "**/**/*.txt2 dir/dir/file.txt",
        "a/*.txt a/dir/file.txt",
        "a[b-d]e ae",
        "a[b-d]e aae",
        ".* foo",
        "abc.def abcdef",
        "abc.def abcZdef",
        "abc?def abcdef",
        "abc/** abc",
        "**/.foo bar.foo",
        "a(b)c/def a(b)c/xyz",
        "a*/b a/c/b",
        "a*b*c*d*e*/f axbxcxdxe/xxx/f",
        "a*b*c*d*e*/f axbxcxdxexxx/fff",
        "a*b?c*x abxbbxdbxebxczzy",
        "ab[^c] abc",
        "a\\*b ab",
        "a???b a☺b",
        "*[a-ζ] A",
        "a?b a/b",
        "a*b a/b",
        "[x\\-] z",
        "src main/src",
        "src src2/x",
        "Src src",
        ". src",
        "/ src",
        ".. src",
        "*.java src/A.java",
        "[?] ?",
        "a^?b a^cb",
      })
  void leavesAsDockerDoes(String pattern, String path) {
    assertThat(rules(pattern).excludes(path)).isFalse();
  }

  @Test
  void letsTheLastMatchDecide() {
    assertThat(rules("*.go", "!a.go").excludes("a.go")).isFalse();
    assertThat(rules("!a.go", "*.go").excludes("a.go")).isTrue();
    assertThat(rules("docs", "!docs/README.md").excludes("docs/README.md")).isFalse();
    assertThat(rules("docs/*", "!docs/README.md", "docs/R*").excludes("docs/README.md")).isTrue();
    assertThat(rules("**", "!util/docker/web").excludes("util/docker/web/foo")).isFalse();
    assertThat(
            rules("**", "!util/docker/web", "util/docker/web/foo").excludes("util/docker/web/foo"))
        .isTrue();
    assertThat(rules("**", "!dist/*.whl").excludes("dist/proxy-2.4.0rc3+g08-py3.whl")).isFalse();
  }

  /** Docker's walk remembers for a directory only the rules that it had to try. */
  @Test
  void triesARuleOnADirectoryOnlyWhereItCouldChangeSomething() {
    assertThat(rules("d/f", "!d").excludes("d/f")).isTrue();
    assertThat(rules("d", "!d/f", "d").excludes("d/f")).isFalse();
  }

  @Test
  void readsAFileAsDockerDoes() throws IOException {
    DockerIgnore rules =
        file(
            "\uFEFF# comment\r\n  one  \r\n\r\n #two\n/three/four\n! three/four/five\n\u00A0six\t\n"
                + "seven #8\n");

    assertThat(rules.excludes("one")).isTrue();
    assertThat(rules.excludes("# comment")).isFalse();
    assertThat(rules.excludes("#two")).isTrue();
    assertThat(rules.excludes("three/four/x")).isTrue();
    assertThat(rules.excludes("three/four/five")).isFalse();
    assertThat(rules.excludes("six")).isTrue();
    assertThat(rules.excludes("seven")).isFalse();
    assertThat(rules.excludes("seven #8")).isTrue();
  }

  @Test
  void takesAByteOrderMarkOffTheFirstLine() throws IOException {
    assertThat(file("\uFEFFone\n").excludes("one")).isTrue();
  }

  @Test
  void excludesNothingWithoutRules() {
    assertThat(DockerIgnore.none().excludes("any/path")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]a]",
        "[-]",
        "[x-]",
        "[-x]",
        "\\",
        "[a-b-c]",
        "[",
        "[^",
        "[^bc",
        "a[",
        "a/[b",
        "!",
        "! ",
        "!/",
        "[b-a]",
        "[Local-Only]/",
        "a\\Q*",
        "[[:nope:]]",
        "[a-*]",
      })
  void namesFileAndLineOfAMalformedPattern(String pattern) {
    assertThatThrownBy(() -> file("# first\nok\n" + pattern + "\n"))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining(directory.resolve(".dockerignore") + "], line 3")
        .hasMessageContaining("[" + pattern.strip() + "]")
        .hasMessageContaining("perhaps you should");
  }

  @Test
  void namesTheParameterWhereTheFileIsMissing() {
    assertThatThrownBy(() -> DockerIgnore.read(directory.resolve("my.ignore")))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("my.ignore] cannot be read (no such file)")
        .hasMessageContaining("slimimage.dockerignore");
  }

  @ParameterizedTest(name = "below [{1}] with [{0}]: {2}")
  @CsvSource({
    "!big/keep.txt, big, true",
    "!big/sub/keep.txt, big, true",
    "!big/sub/keep.txt, big/sub, true",
    "!big/sub/keep.txt, big/other, false",
    "!other/keep.txt, big, false",
    "!bigger/keep.txt, big, false",
    "!**/keep.txt, big, true",
    "!src/**/keep.txt, big, false",
    "!*/keep.txt, big, true",
    "!*/keep.txt, big/sub, false",
    "!b?g/keep.txt, big, true",
    "!bi?g/keep.txt, big, false",
    "!keep.txt, big, false",
    "!b[i]g/keep.txt, big, true",
    "!c[i]g/keep.txt, big, false",
    "!big**, small, false",
    "!big/*, big, true",
    "!\\big/x, other, true",
  })
  void entersAnExcludedDirectoryOnlyForALaterException(
      String exception, String path, boolean expected) {
    assertThat(rules("*", "**/*", exception).mayReincludeBelow(path)).isEqualTo(expected);
  }

  @Test
  void doesNotEnterForAnEarlierException() {
    assertThat(rules("!big/keep.txt", "big").mayReincludeBelow("big")).isFalse();
  }

  private static DockerIgnore rules(String... patterns) {
    return DockerIgnore.of("test", List.of(patterns));
  }

  private DockerIgnore file(String content) throws IOException {
    Path file = directory.resolve(".dockerignore");
    Files.write(file, content.getBytes(StandardCharsets.UTF_8));
    return DockerIgnore.read(file);
  }
}
