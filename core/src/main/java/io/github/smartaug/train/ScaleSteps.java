package io.github.smartaug.train;

import io.github.smartaug.optim.DifferentiableAdam;
import io.github.smartaug.optim.ElementwiseOptimizer;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.Slots;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Moves scales, such as magnitudes, by Adam of short memory in their logarithms. What comes of it
 * is shrunk towards where the scale started, in logarithms, too; steps are taken from where it
 * would be without that, so that nothing is forgotten when the shrinkage ends.
 *
 * <p>What is the same thing along two axes moves together, by the mean of both derivatives: each is
 * little more than noise by itself.
 *
 * @param shrinkage share of the way back to the start, at least 0, below 1
 * @param counterparts of each entry: the one along the other axis, or itself; empty if none has one
 */
@SuppressWarnings("ArrayRecordComponent") // read only, never compared
record ScaleSteps(double shrinkage, int[] counterparts) implements ElementwiseOptimizer {
  private static final DifferentiableAdam ADAM = new DifferentiableAdam();
  private static final String START = "start_of_logarithm";
  private static final String KEPT = "kept_share";

  /**
   * Adam's memory of directions: two steps. With the usual ten, of the two or three dozen that a
   * run has, a scale goes on past where its gradient has changed its sign.
   */
  private static final double BETA1 = 0.5;

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
        slots.get(KEPT).map(kept -> logarithm.sub(start).div(kept).add(start)).orElse(logarithm);
    Hyperparameters ofShortMemory = hyperparameters.with(Hyperparameters.BETA1, BETA1);
    Tensor along = withCounterparts(byRatio(scale, gradient));
    Tensor moved = ADAM.update(unshrunk, along, slots, ofShortMemory);
    if (shrinkage == 0) {
      return moved.exp();
    }
    slots.put(KEPT, torch.full_like(logarithm, new Scalar(1 - shrinkage)));
    return moved.lerp(start, new Scalar(shrinkage)).exp();
  }

  /** The mean over what moves together. */
  private Tensor withCounterparts(Tensor ofEach) {
    if (counterparts.length == 0) {
      return ofEach;
    }
    Tensor index = Tensors.indices(counterparts).to(ofEach.device(), torch.ScalarType.Long);
    Tensor ofCounterparts = ofEach.flatten().index_select(0, index).view(ofEach.shape());
    return torch.lerp(ofEach, ofCounterparts, new Scalar(0.5));
  }

  /** The derivative with respect to the logarithm. */
  static Tensor byRatio(Tensor scale, Tensor gradient) {
    return scale.mul(gradient);
  }
}
