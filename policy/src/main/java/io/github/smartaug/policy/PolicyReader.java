package io.github.smartaug.policy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Reads the content of a policy file. */
final class PolicyReader {
  private static final String FORMAT = "smartaug-policy";
  private static final int VERSION = 3;
  private static final int MOST_TRANSFORMS = 100;
  private static final int MOST_CLASSES = 100_000;
  private static final int MOST_SEQUENCES = 100_000;

  private final JsonField root;
  private final int version;

  PolicyReader(JsonField root) {
    this.root = root;
    root.field("format").oneOf(List.of(FORMAT));
    JsonField field = root.field("version");
    this.version = field.wholeNumber(1, Integer.MAX_VALUE);
    if (version > VERSION) {
      throw field.wrong("up to " + VERSION + " (the file was written by a newer SmartAug)");
    }
  }

  AugmentationPolicy read() {
    Choice choice = choice();
    int length = root.field("length").wholeNumber(0, MOST_TRANSFORMS);
    int classes = version == 1 ? 1 : root.field("classes").wholeNumber(1, MOST_CLASSES);
    List<NamedTransform> transforms = TransformReader.readAll(root.field("transforms"));
    Sampling sampling = Sampling.read(root.field("sampling"));
    int choices = choice.count(transforms.size(), length);
    if (choice == Choice.SEQUENCE && (long) choices * classes > MOST_SEQUENCES) {
      throw root.field("length")
          .wrong("at most " + MOST_SEQUENCES + " sequences of transforms and classes");
    }
    double temperature = temperature();
    double[] logits = logits(choice, classes, choices);
    Distribution[] distributions =
        IntStream.range(0, classes)
            .mapToObj(c -> Arrays.copyOfRange(logits, c * choices, (c + 1) * choices))
            .map(own -> new Distribution(own, temperature))
            .toArray(Distribution[]::new);
    float[][] magnitudes = magnitudes(classes, transforms, sampling);
    return new AugmentationPolicy(
        new PolicyContent(
            choice, length, repeats(), transforms, sampling, distributions, magnitudes),
        root.field("provenance").texts());
  }

  private Choice choice() {
    JsonField kind = root.field("kind");
    List<String> known = version == 1 ? List.of("independent") : List.of("independent", "sequence");
    return kind.oneOf(known).equals("sequence") ? Choice.SEQUENCE : Choice.INDEPENDENT;
  }

  private boolean repeats() {
    return version < 3
        || root.field("repeats").oneOf(List.of("applied", "left-out")).equals("applied");
  }

  /** A learned one is a number of single precision. */
  private double temperature() {
    double written = root.field("temperature").number(0, Double.MAX_VALUE);
    boolean learned = version > 1 && root.field("temperature_learned").flag();
    return learned ? (float) written : written;
  }

  private double[] logits(Choice choice, int classes, int choices) {
    double[] written =
        choice == Choice.INDEPENDENT && classes == 1
            ? root.field("transforms").elements().stream()
                .mapToDouble(transform -> transform.field("logit").number())
                .toArray()
            : root.field("logits").numbers(classes * choices);
    return Arrays.stream(written).map(logit -> (float) logit).toArray();
  }

  /** By class, then transform. */
  private float[][] magnitudes(int classes, List<NamedTransform> transforms, Sampling sampling) {
    JsonField sharedField = root.field("shared_magnitude");
    boolean shared = !sharedField.isAbsent();
    List<JsonField> fields = magnitudeFields(classes, shared, transforms.size());
    float[][] magnitudes = new float[classes][transforms.size()];
    for (int c = 0; c < classes; c++) {
      for (int t = 0; t < transforms.size(); t++) {
        JsonField field = fields.get(shared ? c : c * transforms.size() + t);
        float magnitude = (float) field.number(0, 1);
        boolean isOwn = !shared || transforms.get(t).sharesMagnitude(sampling);
        magnitudes[c][t] = isOwn ? magnitude : 1;
      }
    }
    return magnitudes;
  }

  private List<JsonField> magnitudeFields(int classes, boolean shared, int transforms) {
    if (classes > 1) {
      JsonField field = root.field("magnitudes");
      field.numbers(classes * (shared ? 1 : transforms));
      return field.elements();
    }
    return shared
        ? List.of(root.field("shared_magnitude"))
        : root.field("transforms").elements().stream().map(t -> t.field("magnitude")).toList();
  }
}
