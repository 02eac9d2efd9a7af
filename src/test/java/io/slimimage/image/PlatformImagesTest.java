package io.slimimage.image;

import static io.slimimage.image.TestImages.METADATA;
import static io.slimimage.image.TestImages.built;
import static io.slimimage.image.TestImages.plan;
import static io.slimimage.image.TestImages.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.blob.Digest;
import io.slimimage.layer.LayerRole;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformImagesTest {

  private static final BuiltImage AMD64 = image("linux/amd64", "shared");
  private static final BuiltImage ARM_V6 = image("linux/arm/v6", "shared");

  private static BuiltImage image(String platform, String... contents) {
    return ImageAssembly.assemble(
        plan(),
        BaseImage.scratch(Platform.parse(platform)),
        List.of(contents).stream()
            .map(content -> built(LayerRole.APPLICATION, content, content))
            .toList(),
        METADATA);
  }

  private static PlatformImages index(BuiltImage... images) {
    return ImageAssembly.index(List.of(images), Map.of());
  }

  @Test
  void theOnlyImageNeedsNoIndex() {
    PlatformImages only = index(AMD64);

    assertThat(only).isEqualTo(PlatformImages.of(AMD64));
    assertThat(only.index()).isEmpty();
    assertThat(only.digest()).isEqualTo(AMD64.digest());
    assertThat(only.references()).isEqualTo(AMD64.references());
  }

  @Test
  void namesEachImageInTheIndex() {
    Map<String, String> annotations = new LinkedHashMap<>();
    annotations.put("z", "1");
    annotations.put("a", "2");
    PlatformImages several = ImageAssembly.index(List.of(AMD64, ARM_V6), annotations);

    String text = text(several.index().orElseThrow());
    assertThat(text)
        .isEqualTo(
            ("{'schemaVersion':2,'mediaType':'application/vnd.oci.image.index.v1+json','manifests':["
                    + "{'mediaType':'application/vnd.oci.image.manifest.v1+json','digest':'"
                    + AMD64.digest()
                    + "','size':"
                    + AMD64.manifestDescriptor().size()
                    + ",'platform':{'architecture':'amd64','os':'linux'}},"
                    + "{'mediaType':'application/vnd.oci.image.manifest.v1+json','digest':'"
                    + ARM_V6.digest()
                    + "','size':"
                    + ARM_V6.manifestDescriptor().size()
                    + ",'platform':{'architecture':'arm','os':'linux','variant':'v6'}}],"
                    + "'annotations':{'a':'2','z':'1'}}")
                .replace('\'', '"'));
    assertThat(several.root())
        .isEqualTo(new Descriptor(MediaTypes.INDEX, Digest.sha256(text), text.length()));
    assertThat(text(index(AMD64, ARM_V6).index().orElseThrow())).doesNotContain("annotations");
  }

  @Test
  void referencesLeadToTheIndex() {
    PlatformImages several = index(AMD64, ARM_V6);

    String json = new String(ImageDocuments.index(several, List.of(ImageReference.parse("app:1"))));

    assertThat(ManifestContent.parse("index.json", json.getBytes()).manifests())
        .containsExactly(several.root());
    assertThat(json).doesNotContain("platform");
  }

  @ParameterizedTest
  @CsvSource({
    "linux/amd64, linux/amd64",
    "linux/amd64/v3, linux/amd64",
    "linux/arm, linux/arm/v6",
    "linux/arm/v5,",
    "linux/arm64,"
  })
  void findsWhatAMachineCanRun(String machine, String found) {
    assertThat(index(ARM_V6, AMD64).forMachine(Platform.parse(machine)).map(BuiltImage::platform))
        .isEqualTo(Optional.ofNullable(found).map(Platform::parse));
  }

  @Test
  void hasALayerOnceThatIsInSeveralImages() {
    PlatformImages several = index(AMD64, image("linux/arm64", "shared", "other"));

    assertThat(several.layers()).hasSize(2);
    assertThat(several.platforms())
        .containsExactly(Platform.parse("linux/amd64"), Platform.parse("linux/arm64"));
  }

  @Test
  void severalImagesNeedAnIndex() {
    assertThatThrownBy(
            () ->
                new PlatformImages(
                    List.of(AMD64, ARM_V6), AMD64.manifestDescriptor(), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
