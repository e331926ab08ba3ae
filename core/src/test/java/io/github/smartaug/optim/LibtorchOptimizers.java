package io.github.smartaug.optim;

import io.github.smartaug.tensor.Tensors;
import java.util.function.Function;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.pytorch.AdagradOptions;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.RMSpropOptions;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** libtorch's own optimizers, with the hyperparameters of ours. */
final class LibtorchOptimizers {
  private LibtorchOptimizers() {}

  static ReferenceOptimizer sgd(DifferentiableSgd.MomentumKind kind, Hyperparameters values) {
    SGDOptions options = new SGDOptions(rate(values));
    options.momentum().put(value(values, Hyperparameters.MOMENTUM));
    options.dampening().put(value(values, Hyperparameters.DAMPENING));
    options.weight_decay().put(value(values, Hyperparameters.WEIGHT_DECAY));
    options.nesterov().put(kind == DifferentiableSgd.MomentumKind.NESTEROV);
    return running(parameters -> new org.bytedeco.pytorch.SGD(parameters, options));
  }

  static ReferenceOptimizer adam(DifferentiableAdam adam, Hyperparameters values) {
    AdamOptions options = new AdamOptions(rate(values));
    putBetas(options.betas(), values);
    options.eps().put(adam.epsilon());
    options.weight_decay().put(value(values, Hyperparameters.WEIGHT_DECAY));
    options
        .amsgrad()
        .put(adam.denominator() == DifferentiableAdam.Denominator.LARGEST_SECOND_MOMENT);
    return running(parameters -> new org.bytedeco.pytorch.Adam(parameters, options));
  }

  static ReferenceOptimizer adamW(DifferentiableAdam adam, Hyperparameters values) {
    AdamWOptions options = new AdamWOptions(rate(values));
    putBetas(options.betas(), values);
    options.eps().put(adam.epsilon());
    options.weight_decay().put(value(values, Hyperparameters.WEIGHT_DECAY));
    options
        .amsgrad()
        .put(adam.denominator() == DifferentiableAdam.Denominator.LARGEST_SECOND_MOMENT);
    return running(parameters -> new org.bytedeco.pytorch.AdamW(parameters, options));
  }

  static ReferenceOptimizer rmsProp(DifferentiableRmsProp rmsProp, Hyperparameters values) {
    RMSpropOptions options = new RMSpropOptions(rate(values));
    options.alpha().put(value(values, DifferentiableRmsProp.ALPHA));
    options.eps().put(rmsProp.epsilon());
    options.weight_decay().put(value(values, Hyperparameters.WEIGHT_DECAY));
    options.momentum().put(value(values, Hyperparameters.MOMENTUM));
    options.centered().put(rmsProp.moment() == DifferentiableRmsProp.Moment.CENTERED);
    return running(parameters -> new org.bytedeco.pytorch.RMSprop(parameters, options));
  }

  static ReferenceOptimizer adagrad(DifferentiableAdagrad adagrad, Hyperparameters values) {
    AdagradOptions options = new AdagradOptions(rate(values));
    options.lr_decay().put(value(values, DifferentiableAdagrad.LEARNING_RATE_DECAY));
    options.weight_decay().put(value(values, Hyperparameters.WEIGHT_DECAY));
    options.initial_accumulator_value().put(adagrad.initialSum());
    options.eps().put(adagrad.epsilon());
    return running(parameters -> new org.bytedeco.pytorch.Adagrad(parameters, options));
  }

  private static ReferenceOptimizer running(
      Function<TensorVector, org.bytedeco.pytorch.Optimizer> factory) {
    double[] start = OptimizerProblem.start();
    Tensor parameters = Tensors.of(start, start.length).requires_grad_(true);
    org.bytedeco.pytorch.Optimizer optimizer = factory.apply(new TensorVector(parameters));
    return () -> {
      optimizer.zero_grad();
      OptimizerProblem.loss(parameters).backward();
      optimizer.step();
      return Tensors.toDoubles(parameters);
    };
  }

  /** A std::tuple: which element comes first in memory depends on the C++ library. */
  private static void putBetas(DoublePointer betas, Hyperparameters values) {
    double beta1 = value(values, Hyperparameters.BETA1);
    double beta2 = value(values, Hyperparameters.BETA2);
    if (betas.get(0) == 0.9) {
      betas.put(beta1, beta2);
    } else {
      betas.put(beta2, beta1);
    }
  }

  private static double rate(Hyperparameters values) {
    return value(values, Hyperparameters.LEARNING_RATE);
  }

  private static double value(Hyperparameters values, String name) {
    return values.get(name).value();
  }
}
