package io.github.smartaug.train;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.ParameterRole;
import io.github.smartaug.augment.TransformPolicy;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.train.MetaOptions.ChoiceRule;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a run found out about transforms, and what is drift: the evidence for each, in standard
 * deviations of the noise of an average transform ({@link ChoiceRule.Evidence}).
 *
 * @param byTransform by name of the transform; positive: it is drawn more often than at the start
 */
public record ChoiceEvidence(Map<String, Double> byTransform) {
  /** Noise alone is rarely beyond this. */
  private static final double BEYOND_NOISE = 2;

  /** Keeps the order. */
  public ChoiceEvidence {
    byTransform = new LinkedHashMap<>(byTransform);
  }

  /**
   * Of a run.
   *
   * @param before the policy at its start
   * @param after the policy at its end
   * @return empty unless choices among transforms were learned by evidence, for all classes alike
   */
  public static Optional<ChoiceEvidence> of(
      Augmenter before, Augmenter after, MetaOptions options) {
    boolean byEvidence =
        options.choiceRule() instanceof ChoiceRule.Evidence && options.learningRate() > 0;
    Optional<TransformPolicy> policy = after.transformPolicy();
    boolean choices =
        after.roles().get(LearnablePolicy.LOGITS) == ParameterRole.CHOICE
            && after.learnedParameters().names().contains(LearnablePolicy.LOGITS);
    if (!byEvidence || policy.isEmpty() || !choices) {
      return Optional.empty();
    }
    List<String> names = policy.get().transforms().names();
    double strength = ((ChoiceRule.Evidence) options.choiceRule()).strength();
    double[] start = Tensors.toDoubles(before.parameters().get(LearnablePolicy.LOGITS));
    double[] end = Tensors.toDoubles(after.parameters().get(LearnablePolicy.LOGITS));
    if (end.length != names.size()) {
      return Optional.empty();
    }
    Map<String, Double> evidence = new LinkedHashMap<>();
    for (int t = 0; t < end.length; t++) {
      evidence.put(names.get(t), (end[t] - start[t]) / strength);
    }
    return Optional.of(new ChoiceEvidence(evidence));
  }

  /** For people: which transforms moved beyond noise, and which way. */
  public String sentence() {
    String more = beyondNoise(1);
    String less = beyondNoise(-1);
    if (more.isEmpty() && less.isEmpty()) {
      return "nothing was learned beyond noise about which transforms help: the evidence for each is"
          + " below 2 standard deviations, and their order is mostly chance";
    }
    return "beyond noise, in standard deviations of evidence: "
        + List.of(more.isEmpty() ? "" : "more " + more, less.isEmpty() ? "" : "less " + less)
            .stream()
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("; "))
        + "; the others did not move beyond it";
  }

  private String beyondNoise(int sign) {
    return byTransform.entrySet().stream()
        .filter(entry -> sign * entry.getValue() >= BEYOND_NOISE)
        .sorted(Comparator.comparingDouble(entry -> -sign * entry.getValue()))
        .map(
            entry ->
                String.format(Locale.ROOT, "%s (%.1f)", entry.getKey(), sign * entry.getValue()))
        .collect(Collectors.joining(", "));
  }
}
