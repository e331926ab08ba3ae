package io.github.smartaug.augment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.augment.PolicyOptions.Learning;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.TransformSet;
import java.util.List;

/** Makes the content of a {@link PolicyFile}. */
final class PolicyWriter {
  private final PolicyFile file;
  private final LearnablePolicy policy;
  private final PolicyOptions options;
  private final PolicySnapshot now;

  PolicyWriter(PolicyFile file) {
    this.file = file;
    this.policy = file.policy();
    this.options = policy.options();
    this.now = policy.snapshot(0);
  }

  JsonNode toJson() {
    ObjectNode root = PolicyFile.MAPPER.createObjectNode();
    root.put("format", PolicyFile.FORMAT).put("version", PolicyFile.VERSION);
    root.put("kind", policy.type().kind());
    root.put("length", options.length());
    putShortest(root, "temperature", now.temperature());
    root.put("temperature_learned", options.temperatureLearning() == Learning.LEARNED);
    root.put("probability_gradient", options.probabilityGradient().toString());
    root.put("classes", options.classes());
    root.put("penalty_weights", options.penaltyWeights().toString());
    root.put("repeats", options.repeats().toString());
    root.put("probabilities_learned", options.probabilities() == Learning.LEARNED);
    root.put("magnitudes_learned", options.magnitudes() == Learning.LEARNED);
    switch (options.sharing()) {
      case OWN -> root.putNull("shared_magnitude");
      case SHARED -> putShortest(root, "shared_magnitude", now.magnitudes().get(0));
    }
    root.put("transform_set", policy.transforms().name());
    root.set("sampling", SamplingJson.write(policy.transforms().sampling()));
    root.set("transforms", transforms());
    if (!logitsAreOfTransforms()) {
      putAll(root, "logits", now.logits());
    }
    if (options.classes() > 1) {
      putAll(root, "magnitudes", now.magnitudes());
    }
    ArrayNode history = root.putArray("history");
    file.history().forEach(snapshot -> history.add(snapshot(snapshot)));
    ObjectNode origin = root.putObject("provenance");
    file.provenance().forEach(origin::put);
    return root;
  }

  private boolean logitsAreOfTransforms() {
    return policy.type().hasLogitPerTransform() && options.classes() == 1;
  }

  private ArrayNode transforms() {
    double[] probabilities = policy.probabilities();
    double[] magnitudes = policy.magnitudes();
    ArrayNode array = definitions(policy.transforms());
    for (int t = 0; t < array.size(); t++) {
      ObjectNode entry = (ObjectNode) array.get(t);
      if (logitsAreOfTransforms()) {
        putShortest(entry, "logit", now.logits().get(t));
      }
      entry.put("probability", probabilities[t]);
      putShortest(entry, "magnitude", magnitudes[t]);
      entry.put(
          "magnitude_learned",
          options.magnitudes() == Learning.LEARNED && policy.transforms().learnable(t));
      entry.put("straight_through", isStraightThrough(policy.transforms().transforms().get(t)));
    }
    return array;
  }

  private static boolean isStraightThrough(NamedTransform transform) {
    return !transform.equals(transform.withoutStraightThrough());
  }

  private static ArrayNode definitions(TransformSet set) {
    try {
      return (ArrayNode) PolicyFile.MAPPER.readTree(set.toJson());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode snapshot(PolicySnapshot snapshot) {
    ObjectNode node = PolicyFile.MAPPER.createObjectNode();
    node.put("epoch", snapshot.epoch());
    putAll(node, "logits", snapshot.logits());
    putAll(node, "magnitudes", snapshot.magnitudes());
    putShortest(node, "temperature", snapshot.temperature());
    return node;
  }

  private static void putAll(ObjectNode node, String name, List<Double> values) {
    ArrayNode array = node.putArray(name);
    for (double value : values) {
      if ((float) value == value) {
        array.add((float) value);
      } else {
        array.add(value);
      }
    }
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
