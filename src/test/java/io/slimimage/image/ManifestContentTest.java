package io.slimimage.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestContentTest {

  private static final String A = "sha256:" + "a".repeat(64);
  private static final String B = "sha256:" + "b".repeat(64);

  private static ManifestContent parse(String json) {
    return ManifestContent.parse(
        "manifest", json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void tellsTheConfigurationAndTheLayersOfAManifest() {
    ManifestContent content =
        parse(
            "{'schemaVersion':2,'config':{'mediaType':'c','digest':'"
                + A
                + "','size':7},'layers':[{'mediaType':'l','digest':'"
                + B
                + "','size':5000000000,'urls':[]}],'annotations':{}}");

    assertThat(content.manifests()).isEmpty();
    assertThat(content.blobs())
        .extracting(it -> it.mediaType() + " " + it.digest() + " " + it.size())
        .containsExactly("c " + A + " 7", "l " + B + " 5000000000");
  }

  @Test
  void tellsTheManifestsOfAnIndex() {
    ManifestContent content =
        parse("{'manifests':[{'mediaType':'m','digest':'" + A + "','size':7}],'new':1}");

    assertThat(content.blobs()).isEmpty();
    assertThat(content.manifests()).extracting(Descriptor::size).containsExactly(7L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'config':{}}",
        "{'config':{'digest':'sha256:aa','size':1}}",
        "{'layers':[{'size':1}]}",
        "{'layers':[null]}",
        "{'manifests':[{'digest':'sha256:aa'}]}",
        "{'manifests':{}}",
        "{'config':{'digest':'DIGEST','size':-1}}",
        "{'config':{'digest':'DIGEST','size':1.5}}",
        "{'config':{'digest':'DIGEST','size':'1'}}",
        "{'config':{'digest':'DIGEST','size':99999999999999999999}}",
        "[]",
        "{",
        ""
      })
  void refusesWhatRefersToNothing(String json) {
    assertThatThrownBy(() -> parse(json.replace("DIGEST", A)))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("perhaps you should");
  }
}
