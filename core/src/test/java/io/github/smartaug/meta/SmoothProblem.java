package io.github.smartaug.meta;

import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.Hyperparameter;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * A small smooth bilevel problem in float64: a network of one tanh layer learns a regression from
 * inputs that are scaled and samples that are weighted by meta parameters.
 */
final class SmoothProblem {
  private static final int SAMPLES = 6;
  private static final int INPUTS = 3;
  private static final int HIDDEN = 4;

  static final List<String> LEARNED_HYPERPARAMETERS =
      List.of(
          Hyperparameters.LEARNING_RATE, Hyperparameters.MOMENTUM, Hyperparameters.WEIGHT_DECAY);

  private final RandomStream random = RandomStream.seeded(7);
  private final NamedTensors initialParameters =
      NamedTensors.of("hidden", gaussian(INPUTS, HIDDEN))
          .with(NamedTensors.of("output", gaussian(HIDDEN, 1)));
  private final Tensor validationInputs = gaussian(SAMPLES, INPUTS);
  private final Tensor validationTargets = gaussian(SAMPLES, 1);

  final NamedTensors metaParameters =
      NamedTensors.of("scale", gaussian(INPUTS)).with(NamedTensors.of("weight", gaussian(SAMPLES)));

  final Hyperparameters hyperparameters =
      new DifferentiableSgd()
          .defaults()
          .with(Hyperparameters.LEARNING_RATE, 0.3)
          .with(Hyperparameters.MOMENTUM, 0.9)
          .with(Hyperparameters.WEIGHT_DECAY, 0.05);

  /** The meta parameters, and the hyperparameters among them, at their usual values. */
  NamedTensors withLearnedHyperparameters() {
    return metaParameters
        .with(NamedTensors.of(Hyperparameters.LEARNING_RATE, Tensors.of(new double[] {0.3})))
        .with(NamedTensors.of(Hyperparameters.MOMENTUM, Tensors.of(new double[] {0.9})))
        .with(NamedTensors.of(Hyperparameters.WEIGHT_DECAY, Tensors.of(new double[] {0.05})));
  }

  /** Those of the meta parameters that are hyperparameters, constants for the others. */
  Hyperparameters hyperparametersFrom(NamedTensors meta) {
    Hyperparameters result = hyperparameters;
    for (String name : LEARNED_HYPERPARAMETERS) {
      if (meta.names().contains(name)) {
        result = result.with(name, Hyperparameter.learned(meta.get(name)));
      }
    }
    return result;
  }

  InnerState start() {
    return new InnerState(initialParameters, OptimizerState.initial(), NamedTensors.empty());
  }

  /** The loss of step t, on samples of its own. */
  InnerObjective inner(int step) {
    return inner(step, 0, 1);
  }

  /** One worker's samples of the same loss, which is the mean of all workers' losses. */
  InnerObjective inner(int step, int worker, int workers) {
    RandomStream stepRandom = RandomStream.of(step, "samples");
    double[] inputs = gaussians(stepRandom, SAMPLES * INPUTS);
    double[] targets = gaussians(stepRandom, SAMPLES);
    return (parameters, buffers, meta) -> {
      try (TensorScope scope = TensorScope.open()) {
        Tensor scaled = Tensors.of(inputs, SAMPLES, INPUTS).mul(meta.get("scale"));
        Tensor errors = predict(scaled, parameters).sub(Tensors.of(targets, SAMPLES, 1)).square();
        Tensor losses = errors.squeeze(1).mul(meta.get("weight").sigmoid());
        Tensor loss = part(losses, worker, workers).sum().mul(new Scalar((double) workers));
        return new InnerObjective.Evaluation(scope.keep(loss), buffers);
      }
    };
  }

  OuterObjective outer() {
    return outer(0, 1);
  }

  /** One worker's validation samples, with the same direct term. */
  OuterObjective outer(int worker, int workers) {
    return (parameters, buffers, meta) -> {
      try (TensorScope scope = TensorScope.open()) {
        Tensor errors = predict(validationInputs, parameters).sub(validationTargets).square();
        Tensor direct = meta.get("scale").square().mean();
        Tensor loss = part(errors, worker, workers).mean();
        return scope.keep(loss.add(direct, new Scalar(0.1)));
      }
    };
  }

  private static Tensor part(Tensor samples, int worker, int workers) {
    int size = SAMPLES / workers;
    return samples.narrow(0, (long) worker * size, size);
  }

  /** The outer loss at the end of a complete inner run. */
  double outerLossAfter(int steps, InnerStep step, NamedTensors meta) {
    return outerLossAfter(steps, step, this::hyperparametersFrom, meta);
  }

  private double outerLossAfter(
      int steps, InnerStep step, HyperparameterSource source, NamedTensors meta) {
    try (TensorScope scope = TensorScope.open()) {
      InnerState state = start();
      for (int t = 0; t < steps; t++) {
        state = step.plain(state, inner(t), meta, source.from(meta)).state();
      }
      return Tensors.item(outer().evaluate(state.parameters(), state.buffers(), meta));
    }
  }

  private static Tensor predict(Tensor inputs, NamedTensors parameters) {
    return inputs.matmul(parameters.get("hidden")).tanh().matmul(parameters.get("output"));
  }

  private Tensor gaussian(long... shape) {
    int size = 1;
    for (long dimension : shape) {
      size *= (int) dimension;
    }
    return Tensors.of(gaussians(random, size), shape);
  }

  private static double[] gaussians(RandomStream stream, int size) {
    return stream.doubles(size).map(u -> 2 * u - 1).toArray();
  }

  /** Central finite differences of the complete inner run, for one meta parameter. */
  double[] finiteDifferences(
      int steps, InnerStep step, NamedTensors meta, String name, double width) {
    return finiteDifferences(steps, step, this::hyperparametersFrom, meta, name, width);
  }

  /** The same with other hyperparameters. */
  double[] finiteDifferences(
      int steps,
      InnerStep step,
      HyperparameterSource source,
      NamedTensors meta,
      String name,
      double width) {
    double[] values = Tensors.toDoubles(meta.get(name));
    double[] differences = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double above = outerLossAfter(steps, step, source, shifted(meta, name, values, i, width));
      double below = outerLossAfter(steps, step, source, shifted(meta, name, values, i, -width));
      differences[i] = (above - below) / (2 * width);
    }
    return differences;
  }

  private static NamedTensors shifted(
      NamedTensors meta, String name, double[] values, int index, double by) {
    double[] changed = values.clone();
    changed[index] += by;
    return meta.with(NamedTensors.of(name, Tensors.of(changed, meta.get(name).shape())));
  }
}
