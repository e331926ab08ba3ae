package io.github.smartaug.meta;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.tensor.NamedTensors;
import java.util.OptionalInt;

/**
 * One-step lookahead from a probe of its own: the adjoint at the gradient of the last step, v, is
 * that of {@link Truncated} with J = 1, but what is differentiated along it is not the loss of the
 * step. It is that of a few fresh images, each with every alternative that the policy could choose,
 * all else being equal ({@link InnerObjective#probe}).
 *
 * <p>Given v it is an unbiased estimate of the derivative of {@code <v, E[g]>}, E being over images
 * and draws, whose noise is that of differences between alternatives. Alternatives without any
 * effect get equal derivatives, exactly.
 *
 * <p>Bias: that of {@code Truncated(1)}, none for K = 1. Cost: 3 per step as in plain training;
 * once, with A alternatives of M images, about 6 forward passes of A M images. Memory: their graph.
 *
 * <p>An objective without a probe is differentiated itself.
 *
 * @param images of the probe, M, at least 1
 */
public record PairedProbe(int images) implements HypergradientEstimator {
  /** A number of images that is enough for most. */
  public static final int DEFAULT_IMAGES = 8;

  /** Checks the number. */
  public PairedProbe {
    InputRange.atLeast(1, "images of a probe", images);
  }

  @Override
  public Trajectory start(InnerStep step, InnerState state, NamedTensors meta, int steps) {
    return new RecordingTrajectory(step, state, meta, steps, 1, StepDerivative.META_BY_PROBE);
  }

  @Override
  public OptionalInt probeImages() {
    return OptionalInt.of(images);
  }

  @Override
  public int secondDerivatives(int steps) {
    return 0;
  }
}
