package io.github.smartaug.train;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.PolicyOptions.PenaltyWeights;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.loss.ImageObjective;
import io.github.smartaug.loss.MixedLoss;
import io.github.smartaug.loss.ValidationObjective;
import io.github.smartaug.meta.AccumulatedObjective;
import io.github.smartaug.meta.InnerObjective;
import io.github.smartaug.meta.InnerState;
import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.meta.OuterObjective;
import io.github.smartaug.nn.Model;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformSets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Training and validation of a model with batch normalisation and a learned policy of smooth
 * transforms, in float64, and the truth about its hypergradient: differences of complete inner
 * runs, running statistics included.
 */
final class BatchNormProblem {
  private static final Set<String> SMOOTH =
      Set.of("Identity", "Rotate", "TranslateX", "-Contrast", "-Brightness");

  /** A smaller one rounds, a larger one meets the edges between pixels. */
  private static final double WIDTH = 1e-5;

  private final RandomStream random = RandomStream.seeded(11);
  private final Normalization normalization =
      new Normalization(List.of(0.5, 0.5, 0.5), List.of(0.3, 0.3, 0.3));
  private final Model model;
  private final int images;
  private final MixedLoss loss;
  private final int parts;
  private final IndependentPolicy policy;
  private final Batch training;
  private final Batch validation;

  /**
   * A problem whose tensors belong to the caller's scope.
   *
   * @param parts in which a batch is evaluated, one after another
   */
  BatchNormProblem(Model model, int images, MixedLoss loss, int parts) {
    this.model = model;
    this.images = images;
    this.loss = loss;
    this.parts = parts;
    this.policy = policy();
    this.training = batch();
    this.validation = batch();
  }

  /** With logits and magnitudes at which nothing has an edge. */
  private IndependentPolicy policy() {
    TransformSet all = TransformSets.named("inverse-scale-wide");
    TransformSet smooth =
        new TransformSet(
            "smooth", all.transforms().stream().filter(t -> SMOOTH.contains(t.name())).toList());
    // Weights of the penalty by probability are constants to a hypergradient, not to a difference.
    PolicyOptions options =
        PolicyOptions.learned(1).toBuilder().penaltyWeights(PenaltyWeights.EQUAL).build();
    IndependentPolicy initial = IndependentPolicy.initial(smooth, options);
    return initial.withParameters(
        initial
            .parameters()
            .map(
                (Tensor parameter) ->
                    Tensors.of(
                        random.doubles(parameter.numel()).map(u -> 0.1 + 0.3 * u).toArray(),
                        parameter.shape())));
  }

  private Batch batch() {
    ImageShape shape = model.input();
    int pixels = images * shape.channels() * shape.height() * shape.width();
    return new Batch(
        Tensors.of(
            random.doubles(pixels).toArray(),
            images,
            shape.channels(),
            shape.height(),
            shape.width()),
        Tensors.of(random.longs(images, 0, model.classes()).toArray(), images));
  }

  NamedTensors metaParameters() {
    return policy.learnedParameters();
  }

  InnerState start() {
    RandomStream weights = RandomStream.seeded(3);
    return new InnerState(
        doubles(model.initialParameters(weights)),
        OptimizerState.initial(),
        doubles(model.initialBuffers()));
  }

  private static NamedTensors doubles(NamedTensors tensors) {
    return tensors.map((Tensor t) -> t.is_floating_point() ? t.to(ScalarType.Double) : t);
  }

  /** The loss of step t, with draws of its own. */
  InnerObjective inner(int t) {
    ImageObjective whole =
        new ImageObjective(
            model,
            normalization,
            loss,
            policy,
            training,
            ImageObjective.draw(policy, loss, training, RandomStream.of(t, "draws")),
            t);
    return parts == 1 ? whole : new AccumulatedObjective(whole.split(parts));
  }

  OuterObjective outer() {
    return new ValidationObjective(model, normalization, validation, policy, 0.001);
  }

  /** The derivatives of the outer loss at the end of a whole run by all meta parameters. */
  double[] differences(InnerStep step, Hyperparameters hyperparameters, int steps, String name) {
    return IntStream.range(0, Math.toIntExact(metaParameters().get(name).numel()))
        .mapToDouble(index -> difference(step, hyperparameters, steps, name, index, WIDTH))
        .toArray();
  }

  /** The derivative by one of them, of fourth order in the width. */
  double difference(
      InnerStep step,
      Hyperparameters hyperparameters,
      int steps,
      String name,
      int index,
      double width) {
    DoubleUnaryOperator loss =
        by -> {
          double[] moved = Tensors.toDoubles(metaParameters().get(name));
          moved[index] += by;
          return outerLoss(step, hyperparameters, steps, name, moved);
        };
    double near = loss.applyAsDouble(width) - loss.applyAsDouble(-width);
    double far = loss.applyAsDouble(2 * width) - loss.applyAsDouble(-2 * width);
    return (8 * near - far) / (12 * width);
  }

  private double outerLoss(
      InnerStep step, Hyperparameters hyperparameters, int steps, String name, double[] moved) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor replaced = Tensors.of(moved, metaParameters().get(name).shape());
      NamedTensors meta = metaParameters().with(NamedTensors.of(name, replaced));
      InnerState state = start();
      for (int t = 0; t < steps; t++) {
        state = step.plain(state, inner(t), meta, hyperparameters).state();
      }
      return Tensors.item(outer().evaluate(state.parameters(), state.buffers(), meta));
    }
  }

  /** Largest absolute value. */
  static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElseThrow();
  }
}
