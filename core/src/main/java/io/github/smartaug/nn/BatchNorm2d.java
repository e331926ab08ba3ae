package io.github.smartaug.nn;

import io.github.smartaug.tensor.DualNumbers;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Batch normalisation of images [B,C,H,W], each channel by itself; Ioffe and Szegedy, "Batch
 * Normalization", ICML 2015, with PyTorch's conventions.
 *
 * <p>{@code (x - mean) / sqrt(variance + epsilon) * weight + bias}. Training takes mean and
 * (biased) variance of the batch, differentiably, and moves the running ones a part of the way
 * towards the batch's mean and <em>unbiased</em> variance. Evaluation takes the running ones. If
 * these require a gradient, both are differentiable functions of them, and training of its images,
 * too. A layer that is frozen ({@link Mode#freezing}) is in evaluation while others are trained.
 *
 * <p>Parameters: {@code weight} [C], ones at first, and {@code bias} [C], zeros. Buffers: {@code
 * running_mean} [C], zeros, {@code running_var} [C], ones, and {@code num_batches_tracked}, an
 * int64 without dimensions.
 *
 * @param name full name
 * @param channels C
 * @param epsilon added to the variance, positive
 * @param momentum how far the running statistics move, in (0,1]
 * @param statistics what the full names of the buffers begin with
 */
public record BatchNorm2d(
    String name, int channels, double epsilon, double momentum, String statistics)
    implements Layer {
  private static final double USUAL_EPSILON = 1e-5;
  private static final double USUAL_MOMENTUM = 0.1;
  private static final long[] PER_CHANNEL = {0, 2, 3};

  /** With PyTorch's defaults: an epsilon of 1e-5 and a momentum of 0.1. */
  public BatchNorm2d(String name, int channels) {
    this(name, channels, USUAL_EPSILON, USUAL_MOMENTUM);
  }

  /** With these constants, and buffers that are named as PyTorch's. */
  public BatchNorm2d(String name, int channels, double epsilon, double momentum) {
    this(name, channels, epsilon, momentum, name + ".");
  }

  /** The same layer with running statistics of its own. */
  BatchNorm2d withStatistics(String prefix) {
    return new BatchNorm2d(name, channels, epsilon, momentum, name + "." + prefix);
  }

  /**
   * Normalises the images.
   *
   * @throws IllegalArgumentException in training mode, if a channel has one value only
   */
  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    try (TensorScope scope = TensorScope.open()) {
      if (!pass.mode().trains(name)) {
        return scope.keep(evaluated(input, pass));
      }
      requireSeveralValues(input);
      if (pass.mode().movesBuffers()) {
        pass.buffer(batches()).add_(new Scalar(1L));
        followStatistics(input, pass);
      }
      return scope.keep(DualNumbers.isActive() ? unfused(input, pass) : fused(input, pass));
    }
  }

  private Tensor fused(Tensor input, ForwardPass pass) {
    boolean moves = pass.mode().movesBuffers();
    return torch.batch_norm(
        input,
        new TensorOptional(pass.parameter(name + ".weight")),
        new TensorOptional(pass.parameter(name + ".bias")),
        moves ? new TensorOptional(pass.buffer(runningMean())) : new TensorOptional(),
        moves ? new TensorOptional(pass.buffer(runningVariance())) : new TensorOptional(),
        true,
        momentum,
        epsilon,
        true);
  }

  /** Training by elementary operations, because the fused one has a wrong second derivative. */
  private Tensor unfused(Tensor input, ForwardPass pass) {
    Tensor mean = input.mean(PER_CHANNEL, true, new ScalarTypeOptional());
    Tensor centred = input.sub(mean);
    Tensor variance = centred.square().mean(PER_CHANNEL, true, new ScalarTypeOptional());
    if (pass.mode().movesBuffers()) {
      double values = (double) input.numel() / channels;
      Scalar share = new Scalar(momentum);
      Tensor unbiased = variance.detach().mul(new Scalar(values / (values - 1)));
      pass.buffer(runningMean()).lerp_(mean.detach().flatten(), share);
      pass.buffer(runningVariance()).lerp_(unbiased.flatten(), share);
    }
    return centred
        .mul(variance.add(new Scalar(epsilon)).rsqrt())
        .mul(pass.parameter(name + ".weight").view(1, -1, 1, 1))
        .add(pass.parameter(name + ".bias").view(1, -1, 1, 1));
  }

  /** Moves those running statistics that have a history; {@code fused} has none for them. */
  private void followStatistics(Tensor input, ForwardPass pass) {
    pass.history(runningMean())
        .ifPresent(
            running -> {
              Tensor mean = input.mean(PER_CHANNEL, false, new ScalarTypeOptional());
              running.lerp_(mean.to(running.scalar_type()), new Scalar(momentum));
            });
    pass.history(runningVariance())
        .ifPresent(
            running -> {
              Tensor unbiased = input.var(PER_CHANNEL, true, false);
              running.lerp_(unbiased.to(running.scalar_type()), new Scalar(momentum));
            });
  }

  private Tensor evaluated(Tensor input, ForwardPass pass) {
    return evaluatedBy(
        input,
        pass,
        pass.history(runningMean()).orElseGet(() -> pass.buffer(runningMean())),
        pass.history(runningVariance()).orElseGet(() -> pass.buffer(runningVariance())));
  }

  /**
   * By statistics that may have a history, then as scale and shift of each channel. The fused
   * operation knows no derivative of running statistics, but of scale and shift.
   */
  Tensor evaluatedBy(Tensor input, ForwardPass pass, Tensor mean, Tensor variance) {
    Tensor weight = pass.parameter(name + ".weight");
    Tensor bias = pass.parameter(name + ".bias");
    boolean constant = !mean.requires_grad() && !variance.requires_grad();
    if (constant && !DualNumbers.isActive()) {
      return evaluated(input, weight, bias, mean, variance, epsilon);
    }
    Tensor scale = weight.mul(variance.add(new Scalar(epsilon)).rsqrt());
    Tensor shift = bias.sub(mean.mul(scale));
    if (DualNumbers.isActive()) {
      return input.mul(scale.view(1, -1, 1, 1)).add(shift.view(1, -1, 1, 1));
    }
    Tensor zeros = torch.zeros_like(scale.detach());
    return evaluated(input, scale, shift, zeros, torch.ones_like(zeros), 0);
  }

  private static Tensor evaluated(
      Tensor input, Tensor weight, Tensor bias, Tensor mean, Tensor variance, double added) {
    return torch.batch_norm(
        input,
        new TensorOptional(weight),
        new TensorOptional(bias),
        new TensorOptional(mean),
        new TensorOptional(variance),
        false,
        USUAL_MOMENTUM,
        added,
        true);
  }

  String runningMean() {
    return statistics + "running_mean";
  }

  String runningVariance() {
    return statistics + "running_var";
  }

  /** The buffer that counts the batches which have moved the running statistics. */
  String batches() {
    return statistics + "num_batches_tracked";
  }

  private void requireSeveralValues(Tensor input) {
    if (input.numel() <= channels) {
      throw new IllegalArgumentException(
          "batch normalisation \"%s\" got %s; training needs several values per channel"
              .formatted(name, Tensors.shapeText(input)));
    }
  }

  @Override
  public NamedTensors initialParameters(RandomGenerator random) {
    Tensor weight = Initializer.constant(1).draw(random, channels);
    Tensor bias = Initializer.constant(0).draw(random, channels);
    return NamedTensors.of(name + ".weight", weight).with(NamedTensors.of(name + ".bias", bias));
  }

  @Override
  public NamedTensors initialBuffers() {
    float[] ones = new float[channels];
    Arrays.fill(ones, 1);
    Map<String, Tensor> buffers = new LinkedHashMap<>();
    buffers.put(runningMean(), Tensors.of(new float[channels], channels));
    buffers.put(runningVariance(), Tensors.of(ones, channels));
    buffers.put(batches(), Tensors.of(new long[1]));
    return NamedTensors.of(buffers);
  }

  @Override
  public boolean givesOutputAway() {
    return true;
  }

  @Override
  public boolean isLinearizable() {
    return true;
  }

  /**
   * With x^ the normalised input: {@code weight * dx^ + dweight * x^ + dbias}. In training dx^ is
   * {@code (dx - mean(dx) - x^ mean(x^ dx)) / sigma}, the same linear map that takes a gradient
   * back through the layer, so libtorch's fused backward computes it.
   */
  @Override
  public Tensor tangent(Tensor inputTangent, TangentPass pass) {
    LayerValues values = pass.values();
    try (TensorScope scope = TensorScope.open()) {
      T_TensorTensorTensor_T ownAndStatistics =
          torch.native_batch_norm(
              values.input(),
              new TensorOptional(pass.direction(name + ".weight")),
              new TensorOptional(pass.direction(name + ".bias")),
              new TensorOptional(),
              new TensorOptional(),
              true,
              momentum,
              epsilon);
      Tensor own = new Tensor(ownAndStatistics.get0());
      Tensor passed =
          TangentPass.linear(
              inputTangent,
              tangent -> normalizedTangent(tangent, values.input(), pass, ownAndStatistics));
      return scope.keep(TangentPass.sum(passed, own));
    }
  }

  private Tensor normalizedTangent(
      Tensor tangent, Tensor input, TangentPass pass, T_TensorTensorTensor_T statistics) {
    T_TensorTensorTensor_T gradients =
        torch.native_batch_norm_backward(
            tangent,
            input,
            new TensorOptional(pass.parameter(name + ".weight")),
            new TensorOptional(),
            new TensorOptional(),
            new TensorOptional(statistics.get1()),
            new TensorOptional(statistics.get2()),
            true,
            epsilon,
            inputOnly());
    return new Tensor(gradients.get0());
  }

  /** Of the gradients for input, weight and bias, the first. */
  private static BoolPointer inputOnly() {
    return new BoolPointer(3).put(0, true).put(1, false).put(2, false);
  }
}
