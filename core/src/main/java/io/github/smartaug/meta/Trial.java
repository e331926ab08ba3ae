package io.github.smartaug.meta;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.tensor.NamedTensors;
import java.util.OptionalInt;

/**
 * One-step lookahead by trial: what would the last step be worth if a share s of its images had an
 * alternative a? With the gradient g of the step, the gradients g_a of a few fresh images that all
 * have a ({@link Trials}), and v, the adjoint at g,
 *
 * <pre>
 *   w_a = (1 - s) g + s g_a
 *   worth of a = &lt;v, w_a&gt; |g| / (s max(|w_a|, median of all |w_b|))
 * </pre>
 *
 * <p>the change of the outer loss, to first order, of a step of the same length in that direction,
 * if it is not shorter than most. The derivatives are those of the expected worth, which for
 * magnitudes are difference quotients between two values of them.
 *
 * <p>Two values of a magnitude are compared at the share of the images that have the transform, if
 * that is more than s, and at the same length: all of them would change. At a share that is small
 * beside it, the stronger of two looks better, because the model knows the weaker one already. What
 * two values are worth differs by little, so those that matter most are tried on more images, too
 * ({@link Trials#refinement}); choices between different things are not, whose noise must be alike.
 *
 * <p>Short steps are not made as long as all others: images of which nothing is left have no
 * gradient, and a step with them is a shorter one on what images have in common, such as how they
 * are without a transform. Made longer, it is a step as good as any without augmentation, with less
 * noise than those of other alternatives, and a policy that draws little else has nothing to
 * compare it with any more.
 *
 * <p>For s -> 0, alternatives that are not shorter than the median differ as by the derivative of
 * {@link PairedProbe} with {@link StepLength#HELD the length held}. That looks at the first image
 * with an alternative only: it is fond of images whose gradients are large, such as those of
 * transforms that are stronger than anything that the model knows, however bad a step of many of
 * them would be. At a finite share such gradients turn the step away, which counts.
 *
 * <p>Bias: looks one step back, and noise in g_a makes a step worth less. Cost: 3 per step as in
 * plain training; once, 3 forward passes of A M images, and of each that is tried further on R
 * images. No second derivatives. Memory: the gradients of four steps.
 *
 * <p>An objective without trials is differentiated itself, as by {@code Truncated(1)}.
 *
 * @param images of the trials, M, at least 1
 * @param refinementImages on which values that matter most are tried, too, R, at least 0
 * @param share s, above 0, at most 1
 */
public record Trial(int images, int refinementImages, double share)
    implements HypergradientEstimator {
  /** A share at which transforms that the model does not know are told from useful ones. */
  public static final double DEFAULT_SHARE = 0.3;

  /** A number of images that is enough for most. */
  public static final int DEFAULT_IMAGES = 48;

  /** Checks the numbers. */
  public Trial {
    InputRange.atLeast(1, "images of a trial", images);
    InputRange.atLeast(0, "images of a trial's refinement", refinementImages);
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share of a trial: " + share + ", allowed: above 0, to 1");
    }
  }

  /** With the usual share; values that matter most are tried on 3 M / 2 more images. */
  public Trial(int images) {
    this(images, images + images / 2, DEFAULT_SHARE);
  }

  @Override
  public Trajectory start(InnerStep step, InnerState state, NamedTensors meta, int steps) {
    return new RecordingTrajectory(
        step.withConstantClip(), state, meta, steps, 1, StepDerivative.metaByTrial(share));
  }

  @Override
  public OptionalInt trialImages() {
    return OptionalInt.of(images);
  }

  @Override
  public int secondDerivatives(int steps) {
    return 0;
  }

  @Override
  public boolean holdsLength() {
    return true;
  }
}
