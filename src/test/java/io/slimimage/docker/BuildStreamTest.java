package io.slimimage.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.slimimage.docker.TestEngine.Recorder;
import io.slimimage.docker.TestEngine.RecordingLog;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BuildStreamTest {

  private static final String ID = "ab".repeat(32);

  private final Recorder progress = new Recorder();
  private final RecordingLog log = new RecordingLog();
  private final BuildStream stream = new BuildStream(progress, log);

  @Test
  void tellsTheClassicBuildersLinesFromASteps() throws IOException {
    items(
        "{'stream':'Step 1/3 : FROM lab/jre:17 AS b'}",
        "{'stream':'\\n'}",
        "{'stream':' ---\\u003e c11422782c83\\n'}",
        "{'stream':'Step 2/3 : RUN make'}",
        "{'stream':'\\n'}",
        "{'stream':' ---\\u003e Running in dd1e172d80d5\\n'}",
        "{'stream':'\\u001b[91mwarning: Step 9/9 : no step\\n\\u001b[0m'}",
        "{'stream':'\\n'}",
        "{'stream':'no line end'}",
        "{'stream':'Removing intermediate container dd1e172d80d5\\n'}",
        "{'stream':' ---\\u003e aaaaaaaaaaaa\\n'}",
        "{'stream':'Step 3/3 : COPY a b'}",
        "{'stream':'\\n'}",
        "{'stream':' ---\\u003e Using cache\\n'}",
        "{'stream':' ---\\u003e bbbbbbbbbbbb\\n'}",
        "{'aux':{'ID':'sha256:" + ID + "'}}",
        "{'stream':'Successfully built bbbbbbbbbbbb\\n'}",
        "{'stream':'Successfully tagged a:1\\n'}");

    assertThat(stream.finish()).hasValue("sha256:" + ID);
    assertThat(progress.started)
        .containsExactly("[1/3] FROM lab/jre:17 AS b", "[2/3] RUN make", "[3/3] COPY a b");
    assertThat(progress.lines).containsExactly("warning: Step 9/9 : no step", "", "no line end");
    assertThat(progress.finished)
        .containsEntry("[2/3] RUN make", false)
        .containsEntry("[3/3] COPY a b", true)
        .hasSize(3);
  }

  @Test
  void understandsPodmansAnswer() throws IOException {
    items(
        "{'stream':'STEP 1/2: FROM scratch\\n'}",
        "{'stream':'STEP 2/2: COPY a /a\\n'}",
        "{'stream':'--\\u003e Using cache " + ID + "\\n'}",
        "{'stream':'COMMIT docker.io/library/a:1\\n'}",
        "{'stream':'--\\u003e abababababa\\n'}",
        "{'stream':'Successfully tagged docker.io/library/a:1\\n'}",
        "{'stream':'" + ID + "\\n'}");

    assertThat(stream.finish()).hasValue("sha256:" + ID);
    assertThat(progress.finished)
        .containsEntry("[1/2] FROM scratch", false)
        .containsEntry("[2/2] COPY a /a", true);
    assertThat(progress.lines).isEmpty();
  }

  @Test
  void keepsTheEngineErrorWhereNoStepIsToBlame() throws IOException {
    items("{'errorDetail':{'message':'no active sessions'},'error':'no active sessions'}");

    assertThat(stream.hasBegun()).isFalse();
    assertThat(stream.failure().orElseThrow())
        .isInstanceOf(BuildFailedException.class)
        .hasMessageContaining("cannot build the image: no active sessions");
  }

  @Test
  void goesOnAfterProgressThatCannotBeRead() throws IOException {
    items(
        "{'id':'moby.buildkit.trace','aux':'CgR4'}",
        "{'id':'moby.buildkit.trace','aux':'%%%'}",
        "{'id':'moby.image.id','aux':{'ID':'sha256:" + ID + "'}}");

    assertThat(stream.finish()).hasValue("sha256:" + ID);
    assertThat(log.messages).hasSize(2).allMatch(m -> m.startsWith("DEBUG"));
  }

  @Test
  void hasNoIdWhereTheAnswerEndsEarly() throws IOException {
    items("{'stream':'Step 1/3 : FROM scratch'}");

    assertThat(stream.finish()).isEmpty();
  }

  private void items(String... items) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    for (String item : items) {
      stream.accept(mapper.readTree(item.replace('\'', '"')));
    }
  }
}
