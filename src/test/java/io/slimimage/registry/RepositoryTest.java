package io.slimimage.registry;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What is done with one repository of a registry that wants to know nobody. */
abstract class RepositoryTest {

  final TestClient client = TestClient.anonymous();
  ScriptedRegistry registry;
  Repository repository;

  @BeforeEach
  void start() throws IOException {
    registry = ScriptedRegistry.start();
    repository = client.push(registry, "a/b");
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    registry.close();
  }
}
