package io.github.smartaug.train;

import io.github.smartaug.optim.ElementwiseOptimizer;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.Slots;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Moves the logits of a choice by adding up evidence. With the hypergradient h_t, probabilities P
 * and {@code a_t = -h_t / P}, the natural gradient of a categorical distribution (Amari, "Natural
 * gradient works efficiently in learning", Neural Computation 1998), which says how much better an
 * alternative is than the average:
 *
 * <pre>
 *   b_t = a_t / sqrt(rms(a_t))
 *   S_t = S_(t-1) + b_t,   V_t = V_(t-1) + mean(b_t^2),   W_t = W_(t-1) + b_t^2
 *   logits_t = logits_0 + learning_rate * S_t / sqrt(max(V_t, W_t) (1 + n_0 / t))
 * </pre>
 *
 * <p>That is dual averaging with Adagrad's step size, one for all coordinates (Duchi, Hazan and
 * Singer, "Adaptive subgradient methods", JMLR 2011), and the exponential weights of Hedge. What
 * the learning rate multiplies is a test statistic: of steps that are noise alone it keeps a
 * standard deviation near 1, however many there are, so that logits which nothing speaks for stand
 * still; evidence makes it grow with the root of the number of steps.
 *
 * <p>Steps count by the root of their size. With all their size, a single large one at the
 * beginning, when the model is far from settled, decides; all alike, late ones, when the model has
 * learned what was to be learned and nothing but noise is left, undo what early ones found.
 *
 * <p>{@code S / sqrt(V)} of one step is as large as that of many, so that the first steps would
 * decide which transforms the model sees from then on. It is therefore measured as if {@code n_0} =
 * 4 steps of the usual size that found nothing had come before: half of it counts after one step or
 * two, nearly all after thirty.
 *
 * @param temperature factor of the logits in the distribution that choices are drawn from, at least
 *     0
 */
record EvidenceSum(double temperature) implements ElementwiseOptimizer {
  private static final String START = "start";
  private static final String SUM = "evidence";
  private static final String SQUARES = "evidence_square";
  private static final String OWN_SQUARES = "own_evidence_square";

  /** n_0, the number of steps without evidence that are taken to have come before. */
  private static final double STEPS_BEFORE = 4;

  /** The evidence for an alternative that is hardly ever drawn stays finite. */
  private static final double SMALLEST_PROBABILITY = 1e-12;

  /** The root's argument is never zero: the smallest normal float32. */
  private static final double SMALLEST_SQUARE = Float.MIN_NORMAL;

  @Override
  public Hyperparameters defaults() {
    return Hyperparameters.constants(Map.of(Hyperparameters.LEARNING_RATE, 1.0));
  }

  /**
   * One step.
   *
   * @param logits [S], or [C,S] of distributions that are learned together
   */
  @Override
  public Tensor update(
      Tensor logits, Tensor gradient, Slots slots, Hyperparameters hyperparameters) {
    Tensor advantage = against(logits, gradient);
    Tensor start = slots.put(START, slots.get(START).orElse(logits).clone());
    Tensor sum = slots.put(SUM, slots.get(SUM).map(advantage::add).orElseGet(advantage::clone));
    Tensor own = advantage.square();
    Tensor square = own.mean().expand_as(logits).contiguous();
    Tensor squares = slots.put(SQUARES, slots.get(SQUARES).map(square::add).orElse(square));
    Tensor ownSquares = slots.put(OWN_SQUARES, slots.get(OWN_SQUARES).map(own::add).orElse(own));
    Tensor noise = torch.max(squares, ownSquares).clamp_min(new Scalar(SMALLEST_SQUARE)).sqrt();
    double inPrior = Math.sqrt(1 + STEPS_BEFORE / slots.step());
    Tensor statistic = sum.div(noise.mul(new Scalar(inPrior)));
    return hyperparameters.get(Hyperparameters.LEARNING_RATE).subtractFrom(start, statistic);
  }

  /** What a step adds to the evidence, {@code -b_t}, of the shape of the logits. */
  Tensor against(Tensor logits, Tensor gradient) {
    Tensor probabilities =
        logits.mul(new Scalar(temperature)).softmax(-1).clamp_min(new Scalar(SMALLEST_PROBABILITY));
    return ofRootSize(gradient.div(probabilities));
  }

  private static Tensor ofRootSize(Tensor advantage) {
    Tensor size = advantage.square().mean().clamp_min(new Scalar(SMALLEST_SQUARE)).sqrt();
    return advantage.div(size.sqrt());
  }
}
