package io.github.smartaug.augment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.augment.PolicyOptions.Learning;
import io.github.smartaug.augment.PolicyOptions.MagnitudeSharing;
import io.github.smartaug.input.InputRange;
import io.github.smartaug.input.JsonField;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.TransformSet;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Reads the content of a {@link PolicyFile}. */
final class PolicyReader {
  private final JsonField root;
  private final int version;

  PolicyReader(JsonField root) {
    this.root = root;
    root.field("format").requireText(PolicyFile.FORMAT);
    this.version = knownVersion(root.field("version"));
  }

  private static int knownVersion(JsonField version) {
    int number = version.wholeNumber(1);
    if (number > PolicyFile.VERSION) {
      throw new IllegalArgumentException(
          version.source()
              + ": version: "
              + number
              + ", allowed: up to "
              + PolicyFile.VERSION
              + " (the file was written by a newer SmartAug)");
    }
    return number;
  }

  PolicyFile read() {
    LearnedPolicyType type = type();
    PolicyOptions options = options();
    JsonField transforms = root.field("transforms");
    TransformSet set = transformSet(transforms);
    int choices = choices(type, set, options);
    double[] magnitudes = magnitudes(options, set.size());
    PolicyParameters parameters =
        PolicyParameters.of(set, options, logits(type, options, choices), magnitudes);
    List<PolicySnapshot> history = history(options, options.classes() * choices, magnitudes.length);
    return new PolicyFile(type.of(parameters), root.field("provenance").texts(), history);
  }

  private LearnedPolicyType type() {
    List<LearnedPolicyType> known =
        version == 1 ? List.of(Policies.INDEPENDENT) : Policies.learned();
    String kind =
        root.field("kind")
            .oneOf(known.stream().map(LearnedPolicyType::kind).toArray(String[]::new));
    return known.stream().filter(type -> type.kind().equals(kind)).findFirst().orElseThrow();
  }

  private int choices(LearnedPolicyType type, TransformSet set, PolicyOptions options) {
    try {
      return type.choices(set, options);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(root.source() + ": length: " + e.getMessage(), e);
    }
  }

  private PolicyOptions options() {
    JsonField shared = root.field("shared_magnitude");
    PolicyOptions.Builder options =
        PolicyOptions.builder()
            .length(wholeNumber("length", 0, PolicyOptions.MOST_TRANSFORMS))
            .temperature(root.field("temperature").number(0, Double.MAX_VALUE))
            .probabilities(learning(root.field("probabilities_learned")))
            .magnitudes(learning(root.field("magnitudes_learned")))
            .sharing(shared.isAbsent() ? MagnitudeSharing.OWN : MagnitudeSharing.SHARED);
    if (version == 1) {
      return options.build();
    }
    options
        .probabilityGradient(root.field("probability_gradient").oneOf(ProbabilityGradient.values()))
        .temperatureLearning(learning(root.field("temperature_learned")))
        .classes(wholeNumber("classes", 1, PolicyOptions.MOST_CLASSES));
    JsonField penaltyWeights = root.field("penalty_weights");
    if (!penaltyWeights.isAbsent()) {
      options.penaltyWeights(penaltyWeights.oneOf(PolicyOptions.PenaltyWeights.values()));
    }
    if (version > 2) {
      options.repeats(root.field("repeats").oneOf(PolicyOptions.Repeats.values()));
    }
    try {
      return options.build();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          root.source() + ": temperature_learned: " + e.getMessage(), e);
    }
  }

  /** Before anything of that size is made. */
  private int wholeNumber(String name, int smallest, int largest) {
    int number = root.field(name).wholeNumber(smallest);
    InputRange.within(smallest, largest, root.source() + ": " + name, number);
    return number;
  }

  private static Learning learning(JsonField flag) {
    return flag.flag() ? Learning.LEARNED : Learning.FIXED;
  }

  private TransformSet transformSet(JsonField field) {
    TransformSet defined =
        TransformSet.parse(root.field("transform_set").text(), definitions(field), field.source());
    List<JsonField> entries = field.elements();
    List<NamedTransform> transforms =
        IntStream.range(0, entries.size())
            .mapToObj(t -> withGradient(defined.transforms().get(t), entries.get(t)))
            .toList();
    return new TransformSet(defined.name(), transforms, SamplingJson.read(root.field("sampling")));
  }

  private static NamedTransform withGradient(NamedTransform transform, JsonField entry) {
    JsonField straightThrough = entry.field("straight_through");
    return straightThrough.isAbsent() || straightThrough.flag()
        ? transform
        : transform.withoutStraightThrough();
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

  private double[] logits(LearnedPolicyType type, PolicyOptions options, int choices) {
    if (!type.hasLogitPerTransform() || options.classes() > 1) {
      return root.field("logits").numbers(options.classes() * choices);
    }
    return root.field("transforms").elements().stream()
        .mapToDouble(transform -> transform.field("logit").number())
        .toArray();
  }

  private double[] magnitudes(PolicyOptions options, int transforms) {
    boolean shared = options.sharing() == MagnitudeSharing.SHARED;
    if (options.classes() > 1) {
      JsonField field = root.field("magnitudes");
      int size = options.classes() * (shared ? 1 : transforms);
      field.numbers(size);
      return field.elements().stream().mapToDouble(element -> element.number(0, 1)).toArray();
    }
    return shared
        ? new double[] {root.field("shared_magnitude").number(0, 1)}
        : root.field("transforms").elements().stream()
            .mapToDouble(transform -> transform.field("magnitude").number(0, 1))
            .toArray();
  }

  private List<PolicySnapshot> history(PolicyOptions options, int logits, int magnitudes) {
    JsonField field = root.field("history");
    return field.isAbsent()
        ? List.of()
        : field.elements().stream()
            .map(entry -> snapshot(entry, options, logits, magnitudes))
            .toList();
  }

  private static PolicySnapshot snapshot(
      JsonField entry, PolicyOptions options, int logits, int magnitudes) {
    double temperature = entry.field("temperature").number(0, Double.MAX_VALUE);
    return new PolicySnapshot(
        entry.field("epoch").wholeNumber(0),
        list(entry.field("logits").numbers(logits)),
        list(entry.field("magnitudes").numbers(magnitudes)),
        options.temperatureLearning() == Learning.LEARNED ? (float) temperature : temperature);
  }

  /** As the float32 numbers that they were before they were written with few digits. */
  private static List<Double> list(double[] values) {
    return Arrays.stream(values).mapToObj(value -> (double) (float) value).toList();
  }
}
