package io.github.smartaug.train;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.ParameterRole;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Signal and noise of hypergradients, number by number, for all that meta steps move. The policy's
 * penalty is left out: what it moves, the data does not speak for. Immutable.
 *
 * @param epoch by parameter: of the present epoch, the hypergradient as it is
 * @param run by parameter: of the whole run, as the parameter's {@link ParameterRole role} counts
 *     it
 * @param differences by parameter: the same of all {@link #pairs} of entries, of choices of few
 *     alternatives that are the same for all images
 */
record GradientMeter(
    Map<String, GradientMoments> epoch,
    Map<String, GradientMoments> run,
    Map<String, GradientMoments> differences) {
  /** Of so many numbers at once, a test finds nothing, and a state grows large. */
  private static final long LARGEST_MEASURED = 4096;

  /** Of more, not all pairs are compared. */
  private static final int MOST_COMPARED = 64;

  /** Relative, of a sum of a few float32 numbers. */
  private static final double ROUNDING = 1e-6;

  /** Larger parameters make lines of a log that nobody reads. */
  private static final int LARGEST_REPORTED = 512;

  /** Copies the maps, in their order. */
  GradientMeter {
    epoch = Collections.unmodifiableMap(new LinkedHashMap<>(epoch));
    run = Collections.unmodifiableMap(new LinkedHashMap<>(run));
    differences = Collections.unmodifiableMap(new LinkedHashMap<>(differences));
  }

  /** Before the first meta step. */
  static GradientMeter empty() {
    return new GradientMeter(Map.of(), Map.of(), Map.of());
  }

  /** At the start of the next epoch. */
  GradientMeter afterEpoch() {
    return new GradientMeter(Map.of(), run, differences);
  }

  /**
   * After a meta step.
   *
   * @param at what the step moves, before it
   * @param hypergradient as the estimator gave it
   * @param penaltyFactor of the policy's penalty in it
   */
  GradientMeter after(MetaParameters at, NamedTensors hypergradient, double penaltyFactor) {
    Map<String, GradientMoments> newEpoch = new LinkedHashMap<>(epoch);
    Map<String, GradientMoments> newRun = new LinkedHashMap<>(run);
    Map<String, GradientMoments> newDifferences = new LinkedHashMap<>(differences);
    try (TensorScope scope = TensorScope.open()) {
      PolicyOptimizer roles = PolicyOptimizer.measuring(at.augmenter());
      NamedTensors parameters = at.learned();
      NamedTensors ofPenalty =
          penaltyFactor == 0 ? NamedTensors.empty() : penaltyGradient(at.augmenter());
      for (String name : hypergradient.names()) {
        Tensor gradient = hypergradient.get(name);
        if (gradient.numel() > LARGEST_MEASURED) {
          continue;
        }
        Tensor penalty = ofPenalty.asMap().get(name);
        Tensor ofData =
            penalty == null ? gradient : without(penalty.mul(new Scalar(penaltyFactor)), gradient);
        double[] raw = Tensors.toDoubles(ofData);
        double[] against = Tensors.toDoubles(roles.against(name, parameters.get(name), ofData));
        add(newEpoch, name, raw);
        add(newRun, name, against);
        boolean choice = at.augmenter().roles().get(name) == ParameterRole.CHOICE;
        if (choice && gradient.dim() == 1 && raw.length <= MOST_COMPARED) {
          add(newDifferences, name, pairDifferences(against));
        }
      }
    }
    return new GradientMeter(newEpoch, newRun, newDifferences);
  }

  private static void add(Map<String, GradientMoments> to, String name, double[] values) {
    to.merge(
        name,
        GradientMoments.empty(values.length).plus(values),
        (before, first) -> before.plus(values));
  }

  /** All pairs of entries, the first of each pair being the one before the other. */
  static List<Pair> pairs(int entries) {
    return IntStream.range(0, entries)
        .boxed()
        .flatMap(i -> IntStream.range(i + 1, entries).mapToObj(j -> new Pair(i, j)))
        .toList();
  }

  private static double[] pairDifferences(double[] values) {
    return pairs(values.length).stream()
        .mapToDouble(pair -> values[pair.first()] - values[pair.second()])
        .toArray();
  }

  /** Two entries of a parameter, by number. */
  record Pair(int first, int second) {}

  /** A difference; where it is but rounding, zero, so that rounding is not taken for a signal. */
  private static Tensor without(Tensor part, Tensor whole) {
    Tensor rest = whole.sub(part);
    return rest.mul(rest.abs().gt(part.abs().mul(new Scalar(ROUNDING))));
  }

  /** The gradient of the penalty with factor 1; empty if there is none. */
  private static NamedTensors penaltyGradient(Augmenter policy) {
    NamedTensors leaves =
        policy.learnedParameters().map((Tensor t) -> t.detach().clone().requires_grad_(true));
    Optional<Tensor> penalty = policy.withParameters(leaves).penalty();
    return penalty.filter(Tensor::requires_grad).isPresent()
        ? Tensors.gradients(penalty.get(), leaves)
        : NamedTensors.empty();
  }

  /** The present epoch, for reports. */
  List<GradientReport> reports(Augmenter policy) {
    List<GradientReport> reports = new ArrayList<>();
    epoch.forEach(
        (parameter, moments) -> {
          int entries = moments.entries();
          if (entries <= LARGEST_REPORTED) {
            List<String> names = entryNames(policy, parameter, entries);
            for (int i = 0; i < entries; i++) {
              reports.add(
                  new GradientReport(
                      parameter,
                      names.get(i),
                      moments.count(),
                      moments.means().get(i),
                      moments.standardError(i),
                      moments.t(i)));
            }
          }
        });
    return reports;
  }

  /** Names of the entries of a parameter: the policy's, or numbers; a single one needs none. */
  static List<String> entryNames(Augmenter policy, String parameter, int entries) {
    List<String> names = policy.entryNames(parameter);
    if (names.size() == entries) {
      return names;
    }
    return entries == 1
        ? List.of("")
        : IntStream.range(0, entries).mapToObj(Integer::toString).toList();
  }
}
