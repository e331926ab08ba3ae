package io.github.smartaug.train;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
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
 * @param run by parameter: of the whole run, as the parameter's {@link
 *     io.github.smartaug.augment.ParameterRole role} counts it
 */
record GradientMeter(Map<String, GradientMoments> epoch, Map<String, BlockMeans> run) {
  /** Of so many numbers at once, a test finds nothing, and a state grows large. */
  private static final long LARGEST_MEASURED = 4096;

  /** Larger parameters make lines of a log that nobody reads. */
  private static final int LARGEST_REPORTED = 512;

  /** Before the first meta step. */
  static GradientMeter empty() {
    return new GradientMeter(Map.of(), Map.of());
  }

  /** At the start of the next epoch. */
  GradientMeter afterEpoch() {
    return new GradientMeter(Map.of(), run);
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
    Map<String, BlockMeans> newRun = new LinkedHashMap<>(run);
    try (TensorScope scope = TensorScope.open()) {
      PolicyOptimizer roles = PolicyOptimizer.of(at.augmenter(), 1);
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
            penalty == null ? gradient : gradient.sub(penalty, new Scalar(penaltyFactor));
        double[] raw = Tensors.toDoubles(ofData);
        double[] against = Tensors.toDoubles(roles.against(name, parameters.get(name), ofData));
        newEpoch.compute(
            name, (key, old) -> (old == null ? GradientMoments.empty(raw.length) : old).plus(raw));
        newRun.compute(
            name, (key, old) -> (old == null ? BlockMeans.empty(raw.length) : old).plus(against));
      }
    }
    return new GradientMeter(newEpoch, newRun);
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
          int entries = moments.means().size();
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
