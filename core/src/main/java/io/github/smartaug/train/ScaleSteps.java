package io.github.smartaug.train;

import io.github.smartaug.augment.ScaleUse;
import io.github.smartaug.optim.DifferentiableAdam;
import io.github.smartaug.optim.ElementwiseOptimizer;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.Slots;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Moves scales, such as magnitudes, by Adam of short memory in their logarithms. Where that makes
 * them weaker than they started, they are shrunk towards their start, in logarithms, too; steps are
 * taken from where they would be without that, so that nothing is forgotten when the shrinkage
 * ends. What has become stronger is left as it is: no model overfits less for weaker transforms.
 *
 * <p>What is the same thing along two axes moves together, by the mean of both derivatives: each is
 * little more than noise by itself. And of two values that cannot be told apart the smaller one is
 * taken, as by the rule of one standard error (Breiman, Friedman, Olshen and Stone, "Classification
 * and regression trees", 1984), the more of the images a scale works on: a step is fond of what the
 * model does not know yet, which is what is stronger than what most images have. In the t-th step a
 * scale goes down by {@code learning_rate * share / (2 sqrt(t))} besides, as the noise of the mean
 * of its slopes falls: else one whose slope is gone, because the model has learned what there was
 * to learn, would go down for as long as the run lasts. One without any slope in a step stays where
 * it is.
 *
 * @param shrinkage share of the way back to a stronger start, at least 0, below 1
 * @param use of the scale
 */
record ScaleSteps(double shrinkage, ScaleUse use) implements ElementwiseOptimizer {
  private static final DifferentiableAdam ADAM = new DifferentiableAdam();
  private static final String START = "start_of_logarithm";
  private static final String KEPT = "kept_share";

  /**
   * Adam's memory of directions: two steps. With the usual ten, of the two or three dozen that a
   * run has, a scale goes on past where its gradient has changed its sign.
   */
  private static final double BETA1 = 0.5;

  /** How much of a whole step a scale that works on all images goes down at first. */
  static final double PARSIMONY = 0.5;

  @Override
  public Hyperparameters defaults() {
    return ADAM.defaults();
  }

  @Override
  public Tensor update(
      Tensor scale, Tensor gradient, Slots slots, Hyperparameters hyperparameters) {
    Tensor logarithm = scale.log();
    Tensor start = slots.put(START, slots.get(START).orElse(logarithm).clone());
    Tensor unshrunk =
        slots
            .get(KEPT)
            .map(kept -> logarithm.minimum(logarithm.sub(start).div(kept).add(start)))
            .orElse(logarithm);
    Hyperparameters ofShortMemory = hyperparameters.with(Hyperparameters.BETA1, BETA1);
    Tensor along = withCounterparts(byRatio(scale, gradient));
    Tensor moved =
        hyperparameters
            .get(Hyperparameters.LEARNING_RATE)
            .subtractFrom(
                ADAM.update(unshrunk, along, slots, ofShortMemory), down(along, slots.step()));
    if (shrinkage == 0) {
      return moved.exp();
    }
    slots.put(KEPT, torch.full_like(logarithm, new Scalar(1 - shrinkage)));
    return moved.maximum(moved.lerp(start, new Scalar(shrinkage))).exp();
  }

  /** The mean over what moves together. */
  private Tensor withCounterparts(Tensor ofEach) {
    Tensor index = Tensors.indices(use.counterparts()).to(ofEach.device(), torch.ScalarType.Long);
    Tensor ofCounterparts = ofEach.flatten().index_select(0, index).view(ofEach.shape());
    return torch.lerp(ofEach, ofCounterparts, new Scalar(0.5));
  }

  /** Nothing where there is no slope at all: then nothing is known of strengths. */
  private Tensor down(Tensor along, long step) {
    double[] down = new double[use.shares().length];
    Arrays.setAll(
        down, i -> PARSIMONY * Math.max(use.shares()[i], use.shares()[use.counterparts()[i]]));
    return Tensors.constant(down, along, along.shape())
        .div(new Scalar(Math.sqrt((double) step)))
        .mul(along.abs().sign());
  }

  /** The derivative with respect to the logarithm. */
  static Tensor byRatio(Tensor scale, Tensor gradient) {
    return scale.mul(gradient);
  }
}
