package io.github.smartaug.nn;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Batch normalisation [B,C,H,W] with one set of running statistics for clean and one for augmented
 * images, after the auxiliary batch normalisation of Xie et al., "Adversarial Examples Improve
 * Image Recognition", CVPR 2020; here weight and bias serve both.
 *
 * <p>Training moves the set that {@link Mode.Training#images} says. Evaluation takes mean and
 * variance of the mixture of both, each with the share of the batches that moved it: with share s
 * of the augmented ones, {@code m = (1 - s) m1 + s m2} and {@code v = (1 - s) v1 + s v2 + s (1 - s)
 * (m1 - m2)^2}.
 *
 * <p>Parameters and buffers are those of {@link BatchNorm2d}, and {@code augmented_running_mean},
 * {@code augmented_running_var} and {@code augmented_num_batches_tracked}.
 *
 * @param clean for clean images; augmented ones have its weight and bias, too
 */
public record AuxiliaryBatchNorm2d(BatchNorm2d clean) implements Layer {
  /** With the constants of PyTorch's batch normalisation. */
  public AuxiliaryBatchNorm2d(String name, int channels) {
    this(new BatchNorm2d(name, channels));
  }

  private BatchNorm2d augmented() {
    return clean.withStatistics("augmented_");
  }

  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    if (pass.mode() instanceof Mode.Training training && training.trains(clean.name())) {
      return switch (training.images()) {
        case CLEAN -> clean.forward(input, pass);
        case AUGMENTED -> augmented().forward(input, pass);
      };
    }
    try (TensorScope scope = TensorScope.open()) {
      BatchNorm2d other = augmented();
      Tensor share = shareOfAugmented(pass);
      Tensor rest = share.neg().add(new Scalar(1.0));
      Tensor cleanMean = statistic(clean.runningMean(), pass);
      Tensor otherMean = statistic(other.runningMean(), pass);
      Tensor mean = cleanMean.mul(rest).add(otherMean.mul(share));
      Tensor between = cleanMean.sub(otherMean).square().mul(share.mul(rest));
      Tensor variance =
          statistic(clean.runningVariance(), pass)
              .mul(rest)
              .add(statistic(other.runningVariance(), pass).mul(share))
              .add(between);
      return scope.keep(clean.evaluatedBy(input, pass, mean, variance));
    }
  }

  /** Of the batches so far, without dimensions; 0 before the first. */
  private Tensor shareOfAugmented(ForwardPass pass) {
    ScalarType type = pass.buffer(clean.runningMean()).scalar_type();
    Tensor ofClean = pass.buffer(clean.batches()).to(type);
    Tensor ofAugmented = pass.buffer(augmented().batches()).to(type);
    return ofAugmented.div(ofClean.add(ofAugmented).clamp_min(new Scalar(1.0)));
  }

  private static Tensor statistic(String name, ForwardPass pass) {
    Optional<Tensor> history = pass.history(name);
    return history.orElseGet(() -> pass.buffer(name));
  }

  @Override
  public boolean givesOutputAway() {
    return true;
  }

  @Override
  public boolean isLinearizable() {
    return true;
  }

  /** In training both sets are left out of account. */
  @Override
  public Tensor tangent(Tensor inputTangent, TangentPass pass) {
    return clean.tangent(inputTangent, pass);
  }

  @Override
  public NamedTensors initialParameters(RandomGenerator random) {
    return clean.initialParameters(random);
  }

  @Override
  public NamedTensors initialBuffers() {
    return clean.initialBuffers().with(augmented().initialBuffers());
  }
}
