package io.github.smartaug.optim;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Scope;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Adam with bias correction, PyTorch's rule at step t = 1, 2, ...:
 *
 * <pre>
 *   g = gradient + weight_decay * parameter
 *   m = beta1 * m + (1 - beta1) * g
 *   v = beta2 * v + (1 - beta2) * g^2
 *   parameter -= learning_rate * (m / (1 - beta1^t)) / (sqrt(v) / sqrt(1 - beta2^t) + epsilon)
 * </pre>
 *
 * <p>Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015. Where v is zero the
 * derivative of its root is taken as zero, so that no NaN enters a hypergradient.
 *
 * @param epsilon added to the denominator, positive
 */
public record Adam(double epsilon) implements Optimizer {
  private static final String FIRST_MOMENT = "exp_avg";
  private static final String SECOND_MOMENT = "exp_avg_sq";

  /** The smallest normal float32: its root is far below any useful epsilon. */
  private static final double SMALLEST_SECOND_MOMENT = Float.MIN_NORMAL;

  /** Adam with epsilon 1e-8. */
  public Adam() {
    this(1e-8);
  }

  /** Checks epsilon. */
  public Adam {
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException("epsilon is " + epsilon + ", allowed: positive");
    }
  }

  @Override
  public Hyperparameters defaults() {
    return Hyperparameters.constants(
        Map.of(
            Hyperparameters.LEARNING_RATE, 1e-3,
            Hyperparameters.BETA1, 0.9,
            Hyperparameters.BETA2, 0.999,
            Hyperparameters.WEIGHT_DECAY, 0.0));
  }

  @Override
  public Update update(
      NamedTensors parameters,
      NamedTensors gradients,
      OptimizerState state,
      Hyperparameters hyperparameters) {
    long step = state.steps() + 1;
    Hyperparameter learningRate = hyperparameters.get(Hyperparameters.LEARNING_RATE);
    Hyperparameter beta1 = hyperparameters.get(Hyperparameters.BETA1);
    Hyperparameter beta2 = hyperparameters.get(Hyperparameters.BETA2);
    Hyperparameter weightDecay = hyperparameters.get(Hyperparameters.WEIGHT_DECAY);
    NamedTensors firstMoments = state.slots().get(FIRST_MOMENT);
    NamedTensors secondMoments = state.slots().get(SECOND_MOMENT);

    Map<String, Tensor> updated = new LinkedHashMap<>();
    Map<String, Tensor> newFirstMoments = new LinkedHashMap<>();
    Map<String, Tensor> newSecondMoments = new LinkedHashMap<>();
    try (Scope scope = Scope.open()) {
      for (String name : parameters.names()) {
        Tensor parameter = parameters.get(name);
        Tensor gradient = gradients.get(name);
        if (!weightDecay.isZero()) {
          gradient = weightDecay.addTo(gradient, parameter);
        }
        Tensor first = runningMean(beta1, firstMoments, name, gradient);
        Tensor second = runningMean(beta2, secondMoments, name, gradient.square());
        Tensor root = second.clamp_min(new Scalar(SMALLEST_SECOND_MOMENT)).sqrt();
        Tensor denominator =
            beta2.powerComplement(step).squareRoot().divide(root).add(new Scalar(epsilon));
        Tensor direction = beta1.powerComplement(step).divide(first).div(denominator);
        updated.put(name, scope.keep(learningRate.subtractFrom(parameter, direction)));
        newFirstMoments.put(name, scope.keep(first));
        newSecondMoments.put(name, scope.keep(second));
      }
    }
    Map<String, NamedTensors> slots = new LinkedHashMap<>();
    slots.put(FIRST_MOMENT, NamedTensors.of(newFirstMoments));
    slots.put(SECOND_MOMENT, NamedTensors.of(newSecondMoments));
    return new Update(NamedTensors.of(updated), new OptimizerState(step, slots));
  }

  private static Tensor runningMean(
      Hyperparameter decay, NamedTensors means, String name, Tensor value) {
    Tensor share = decay.complement().times(value);
    return means == null ? share : decay.addTo(share, means.get(name));
  }
}
