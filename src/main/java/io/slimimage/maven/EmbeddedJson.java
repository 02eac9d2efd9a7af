package io.slimimage.maven;

import com.fasterxml.jackson.core.JsonGenerator;
import io.slimimage.image.BuiltLayer;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.ImageReference;
import io.slimimage.layer.ApplicationLayers.Original;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;

/** Writes {@code image.json} of a build by the embedded engine. */
final class EmbeddedJson {

  private final JsonGenerator json;

  private EmbeddedJson(JsonGenerator json) {
    this.json = json;
  }

  /** Returns the text. */
  static String of(EmbeddedResult result) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = ImageJson.generator(text)) {
      new EmbeddedJson(json).write(result);
    }
    return text + "\n";
  }

  private void write(EmbeddedResult result) throws IOException {
    json.writeStartObject();
    json.writeStringField("reference", result.reference());
    json.writeArrayFieldStart("tags");
    for (String tag :
        result.named().references().stream().map(ImageReference::familiar).sorted().toList()) {
      json.writeString(tag);
    }
    json.writeEndArray();
    boolean several = result.images().size() > 1;
    if (!several) {
      json.writeStringField("id", result.id());
    }
    json.writeStringField(ImageJson.DIGEST, result.named().digest().toString());
    json.writeStringField("target", "runtime");
    json.writeStringField("engine", "embedded");
    json.writeStringField("baseImage", result.baseImage());
    if (several) {
      images(result.images());
    } else {
      image(result.images().get(0));
    }
    if (result.runtime().isPresent()) {
      json.writeFieldName("runtime");
      json.writeRawValue(result.runtime().get().toLine());
    }
    originals(result.originals());
    json.writeObjectFieldStart("build");
    json.writeNumberField("milliseconds", result.total().toMillis());
    json.writeNumberField("bytesLoaded", result.written().loaded().bytes());
    json.writeEndObject();
    json.writeEndObject();
  }

  private void images(List<EmbeddedImage> images) throws IOException {
    json.writeArrayFieldStart(ImageJson.PLATFORMS);
    for (EmbeddedImage image : images) {
      json.writeStartObject();
      json.writeStringField("id", image.image().id().toString());
      json.writeStringField(ImageJson.DIGEST, image.image().digest().toString());
      image(image);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void image(EmbeddedImage image) throws IOException {
    json.writeStringField("platform", image.image().platform().toString());
    json.writeNumberField("pullSize", image.pullSize());
    json.writeArrayFieldStart(ImageJson.LAYERS);
    for (ImageLayer layer : image.base()) {
      json.writeStartObject();
      json.writeStringField("role", BuildResult.BASE);
      blob(layer);
      json.writeEndObject();
    }
    for (BuiltLayer layer : image.layers()) {
      json.writeStartObject();
      json.writeStringField("role", layer.role().directoryName());
      blob(layer.layer());
      json.writeNumberField("size", layer.bytes());
      json.writeNumberField("files", layer.files());
      json.writeBooleanField("cached", layer.cached());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void blob(ImageLayer layer) throws IOException {
    json.writeStringField("diffId", layer.diffId().toString());
    json.writeStringField(ImageJson.DIGEST, layer.descriptor().digest().toString());
    json.writeStringField("mediaType", layer.descriptor().mediaType());
    json.writeNumberField("pullSize", layer.descriptor().size());
  }

  private void originals(List<Original> originals) throws IOException {
    json.writeArrayFieldStart("libraries");
    for (Original original : originals) {
      json.writeStartObject();
      json.writeStringField("path", "/" + original.path());
      json.writeStringField("sha1", original.checksums().sha1());
      json.writeStringField("sha256", original.checksums().sha256());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
