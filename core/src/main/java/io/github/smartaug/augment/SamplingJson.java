package io.github.smartaug.augment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.smartaug.input.JsonField;
import io.github.smartaug.transform.Sampling;
import java.util.Locale;

/** A {@link Sampling} as JSON: its parts by name, their values in lower case. */
final class SamplingJson {
  private SamplingJson() {}

  static JsonNode write(Sampling sampling) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("interpolation", word(sampling.interpolation()))
        .put("border", word(sampling.border()))
        .put("runs", word(sampling.runs()));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** The default where there is none. */
  static Sampling read(JsonField field) {
    if (field.isAbsent()) {
      return Sampling.DEFAULT;
    }
    return new Sampling(
        field.field("interpolation").constant(Sampling.Interpolation.class),
        field.field("border").constant(Sampling.Border.class),
        field.field("runs").constant(Sampling.AffineChains.class));
  }
}
