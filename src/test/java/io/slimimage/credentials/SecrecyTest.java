package io.slimimage.credentials;

import static io.slimimage.credentials.UserFiles.base64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.slimimage.credentials.DockerConfig.Dialect;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No value that may hold a secret shows it, whoever prints it. */
class SecrecyTest {

  @Test
  void hidesSecretsInEveryToString() throws Exception {
    byte[] json =
        ("{\"a\":{\"auth\":\"" + base64("me:s3cret") + "\"}}").getBytes(StandardCharsets.UTF_8);
    Credentials credentials = new Credentials("me", "s3cret", "s3cret", "a test");
    Object[] values = {
      credentials,
      ExplicitCredentials.of(Map.of("ghcr.io", credentials)),
      new UserEnvironment(Map.of("TOKEN", "s3cret"), null, false),
      new HelperProcess.Answer(0, json, json),
      JsonFields.parse(json),
      DockerConfig.parse(json, Dialect.LEGACY),
    };

    for (Object value : values) {
      assertThat(value.toString()).doesNotContain("s3cret", base64("me:s3cret"));
    }
  }

  @Test
  void quotesNothingOfMalformedTextInTheFailureOrItsCauses() {
    Throwable failure =
        catchThrowable(() -> JsonFields.parse("{\n s3cret".getBytes(StandardCharsets.UTF_8)));
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));

    assertThat(failure).hasMessage("not a JSON object, see line 2");
    assertThat(trace.toString()).doesNotContain("s3cret");
  }
}
