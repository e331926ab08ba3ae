package io.github.smartaug.train;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.NoAugmentation;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.BatchSource;
import io.github.smartaug.loss.ImageObjective;
import io.github.smartaug.meta.AccumulatedObjective;
import io.github.smartaug.meta.InnerObjective;
import io.github.smartaug.meta.InnerState;
import io.github.smartaug.meta.MetaOptimizer;
import io.github.smartaug.nn.Model;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.train.MetaOptions.ChoiceRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/** What the training controls make of one epoch. */
final class EpochControls {
  private final TrainingOptions options;
  private final TrainingControls controls;
  private final int smallestPart;
  private final int epoch;

  EpochControls(Model model, TrainingOptions options, int epoch) {
    this.options = options;
    this.controls = options.controls();
    this.smallestPart =
        controls.microBatches() > 1 ? WithoutSingletonBatch.smallestBatch(model) : 1;
    this.epoch = epoch;
  }

  /** The augmenter that is used. */
  Augmenter augmenter(Augmenter policy) {
    return epoch < controls.augmentStart() ? new NoAugmentation() : policy;
  }

  /** Whether a policy that can be learned is. */
  boolean learns() {
    return epoch >= Math.max(controls.augmentStart(), controls.meta().start())
        && hypergradientFactor() < Double.POSITIVE_INFINITY;
  }

  /**
   * By what the hypergradient is multiplied: the inverse of the schedule's factor of the learning
   * rate, where the hypergradient is proportional to that; infinite where it says nothing.
   */
  double hypergradientFactor() {
    return switch (options.meta().rateDependence()) {
      case LEFT_IN -> 1;
      case DIVIDED_OUT ->
          options.meta().estimator().fadesWithLearningRate()
              ? 1 / options.inner().schedule().factor(epoch - 1, options.epochs())
              : 1;
    };
  }

  /** The factor of the policy's penalty, before {@link #hypergradientFactor} multiplies all. */
  double penaltyFactor() {
    return options.meta().magnitudeRegularizer() / hypergradientFactor();
  }

  /** An inner objective, in as many parts as it is to be processed in. */
  InnerObjective accumulated(ImageObjective objective) {
    int largest = Math.max(1, objective.images() / smallestPart);
    int parts = Math.min(controls.microBatches(), largest);
    return parts == 1
        ? objective
        : new AccumulatedObjective(objective.split(parts), objective.probe(), objective.trials());
  }

  /** The moving average after one more step, in the caller's scope; none unless asked for. */
  Optional<MovingAverage> average(Optional<MovingAverage> before, InnerState next) {
    OptionalDouble decay = controls.averageDecay();
    if (decay.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        before
            .map(average -> average.after(next))
            .orElseGet(() -> MovingAverage.begin(decay.getAsDouble(), next)));
  }

  /**
   * The outer step, at this epoch's learning rate.
   *
   * @param policy that is moved, as it is at present
   * @param projection brings moved meta parameters back into their ranges
   * @param before the epochs before this one
   */
  MetaOptimizer metaOptimizer(
      Augmenter policy, UnaryOperator<NamedTensors> projection, List<EpochReport> before) {
    return options
        .meta()
        .optimizer(policy, projection, policyShrinkage(before))
        .withLearningRate(metaLearningRate())
        .withFactor(hypergradientFactor());
  }

  /**
   * Share of the way back to its start that a policy which is learned goes because the model
   * overfits.
   *
   * @param before the epochs before this one
   */
  double policyShrinkage(List<EpochReport> before) {
    return learns()
            && options.meta().learningRate() > 0
            && options.meta().choiceRule() instanceof ChoiceRule.Evidence evidence
        ? OverfitShrinkage.of(
            evidence.overfitShrinkage(), before, options.inner().loss(), options.epochs())
        : 0;
  }

  double metaLearningRate() {
    return options.meta().learningRate()
        * controls.meta().schedule().factor(epoch - 1, options.epochs());
  }

  /** Validation batches follow one another through the whole set, pass after pass. */
  Batch validationBatch(BatchSource source, long metaStep) {
    int together = Math.min(controls.meta().validationBatches(), source.batches());
    try (TensorScope scope = TensorScope.open()) {
      List<Tensor> images = new ArrayList<>();
      List<Tensor> labels = new ArrayList<>();
      for (long next = metaStep * together; images.size() < together; next++) {
        Batch batch = source.batch(next / source.batches(), (int) (next % source.batches()));
        images.add(batch.images());
        labels.add(batch.labels());
      }
      return together == 1
          ? new Batch(scope.keep(images.get(0)), scope.keep(labels.get(0)))
          : new Batch(
              scope.keep(Tensors.concatenate(images, 0)),
              scope.keep(Tensors.concatenate(labels, 0)));
    }
  }
}
