package io.slimimage.docker;

import io.slimimage.docker.TestEngine.RecordingLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** A test with a connection to the real engine and with an image name of its own. */
@Tag("engine")
abstract class EngineTest {

  final RecordingLog log = new RecordingLog();
  final String tag = TestEngine.uniqueTag();
  DockerEngine engine;

  @BeforeEach
  void connect() {
    engine = TestEngine.connect(log);
  }

  @AfterEach
  void clean() {
    if (engine != null) {
      engine.close();
      TestEngine.remove(tag);
    }
  }
}
