package io.github.smartaug.augment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.augment.PolicyOptions.Learning;
import io.github.smartaug.augment.PolicyOptions.MagnitudeSharing;
import io.github.smartaug.tensor.AtomicFile;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.TransformSet;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The content of a policy file ({@code policy.json}): a policy, complete with the definitions of
 * its transforms, and where it came from.
 *
 * <pre>{@code
 * {
 *   "format": "smartaug-policy", "version": 1, "kind": "independent",
 *   "length": 2, "temperature": 1.0,
 *   "probabilities_learned": true, "magnitudes_learned": true, "shared_magnitude": null,
 *   "transform_set": "inverse-scale-wide",
 *   "sampling": {"interpolation": "bilinear", "border": "zeros", "runs": "separate"},
 *   "transforms": [
 *     {"name": "Rotate", "function": "rotate", "param": {"min": null, "max": 180, ...},
 *      "logit": 1.3, "probability": 0.07, "magnitude": 0.62, "magnitude_learned": true}, ...],
 *   "provenance": {"smartaug": "0.1.0", ...}
 * }
 * }</pre>
 *
 * <p>{@code shared_magnitude} is the magnitude that all transforms share, or null. {@code
 * probability} and {@code magnitude_learned} follow from the rest and are not read. {@code
 * sampling} may be missing: {@link io.github.smartaug.transform.Sampling#DEFAULT}.
 *
 * @param policy its tensors are in the scope in which the file was read
 * @param provenance free text by name: versions, data, options
 */
public record PolicyFile(LearnedPolicy policy, Map<String, String> provenance) {
  private static final String FORMAT = "smartaug-policy";
  private static final int VERSION = 1;
  private static final String KIND = "independent";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** Copies the map, in its order. */
  public PolicyFile {
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
  }

  /**
   * Reads a file.
   *
   * @return a policy of float32 tensors on the CPU, in the current scope
   * @throws IllegalArgumentException if there is no such file, or it is wrong; the message names
   *     the file and the field
   */
  public static PolicyFile read(Path file) {
    String source = file.toString();
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(source + ": no such file");
    }
    try {
      return parse(JsonField.root(source, MAPPER.readTree(Files.readString(file))));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          source
              + ": not JSON, line "
              + e.getLocation().getLineNr()
              + ": "
              + e.getOriginalMessage().lines().findFirst().orElse(""),
          e);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(source + ": not a text in UTF-8", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(source + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static PolicyFile parse(JsonField root) {
    root.field("format").requireText(FORMAT);
    requireVersion(root.field("version"));
    root.field("kind").requireText(KIND);
    JsonField shared = root.field("shared_magnitude");
    PolicyOptions options =
        new PolicyOptions(
            root.field("length").wholeNumber(0),
            root.field("temperature").number(0, Double.MAX_VALUE),
            learning(root.field("probabilities_learned")),
            learning(root.field("magnitudes_learned")),
            shared.isNull() ? MagnitudeSharing.OWN : MagnitudeSharing.SHARED);
    JsonField transforms = root.field("transforms");
    TransformSet set =
        TransformSet.parse(
                root.field("transform_set").text(), definitions(transforms), transforms.source())
            .withSampling(SamplingJson.read(root.field("sampling")));
    LearnedPolicy policy =
        new LearnedPolicy(
            set, options, parameters(transforms.elements(), shared, options.sharing()));
    return new PolicyFile(policy, root.field("provenance").texts());
  }

  /** The entries as in a transform set's file, without what a policy adds to them. */
  private static String definitions(JsonField transforms) {
    JsonNode copy = transforms.value().deepCopy();
    for (JsonNode entry : copy) {
      if (entry instanceof ObjectNode object) {
        object.retain("name", "function", "param");
      }
    }
    return copy.toString();
  }

  private static void requireVersion(JsonField version) {
    int number = version.wholeNumber(1);
    if (number > VERSION) {
      throw new IllegalArgumentException(
          version.source()
              + ": version: "
              + number
              + ", allowed: up to "
              + VERSION
              + " (the file was written by a newer SmartAug)");
    }
  }

  private static Learning learning(JsonField flag) {
    return flag.flag() ? Learning.LEARNED : Learning.FIXED;
  }

  private static NamedTensors parameters(
      List<JsonField> transforms, JsonField shared, MagnitudeSharing sharing) {
    double[] logits = transforms.stream().mapToDouble(t -> t.field("logit").number()).toArray();
    double[] magnitudes =
        switch (sharing) {
          case OWN ->
              transforms.stream().mapToDouble(t -> t.field("magnitude").number(0, 1)).toArray();
          case SHARED -> new double[] {shared.number(0, 1)};
        };
    try (Scope scope = Scope.open()) {
      Map<String, Tensor> parameters = new LinkedHashMap<>();
      parameters.put(LearnedPolicy.LOGITS, float32(logits));
      parameters.put(LearnedPolicy.MAGNITUDES, float32(magnitudes));
      return scope.keep(NamedTensors.of(parameters));
    }
  }

  private static Tensor float32(double[] values) {
    return Tensors.of(values, values.length).to(ScalarType.Float);
  }

  /** Writes the file, atomically. */
  public void write(Path file) throws IOException {
    AtomicFile.write(
        file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(toJson()) + "\n");
  }

  private JsonNode toJson() {
    PolicyOptions options = policy.options();
    ObjectNode root = MAPPER.createObjectNode();
    root.put("format", FORMAT).put("version", VERSION).put("kind", KIND);
    root.put("length", options.length());
    root.put("temperature", options.temperature());
    root.put("probabilities_learned", options.probabilities() == Learning.LEARNED);
    root.put("magnitudes_learned", options.magnitudes() == Learning.LEARNED);
    switch (options.sharing()) {
      case OWN -> root.putNull("shared_magnitude");
      case SHARED -> putShortest(root, "shared_magnitude", values(LearnedPolicy.MAGNITUDES)[0]);
    }
    root.put("transform_set", policy.transforms().name());
    root.set("sampling", SamplingJson.write(policy.transforms().sampling()));
    root.set("transforms", transformsToJson());
    ObjectNode origin = root.putObject("provenance");
    provenance.forEach(origin::put);
    return root;
  }

  private ArrayNode transformsToJson() {
    double[] logits = values(LearnedPolicy.LOGITS);
    double[] probabilities = policy.probabilities();
    double[] magnitudes = policy.magnitudes();
    ArrayNode array = definitions(policy.transforms());
    for (int t = 0; t < array.size(); t++) {
      ObjectNode entry = (ObjectNode) array.get(t);
      putShortest(entry, "logit", logits[t]);
      entry.put("probability", probabilities[t]);
      putShortest(entry, "magnitude", magnitudes[t]);
      entry.put(
          "magnitude_learned",
          policy.options().magnitudes() == Learning.LEARNED && policy.transforms().learnable(t));
    }
    return array;
  }

  private static ArrayNode definitions(TransformSet set) {
    try {
      return (ArrayNode) MAPPER.readTree(set.toJson());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private double[] values(String parameter) {
    return Tensors.toDoubles(policy.parameters().get(parameter));
  }

  /** With as few digits as it takes to read the same float32 back. */
  private static void putShortest(ObjectNode node, String name, double value) {
    if ((float) value == value) {
      node.put(name, (float) value);
    } else {
      node.put(name, value);
    }
  }
}
