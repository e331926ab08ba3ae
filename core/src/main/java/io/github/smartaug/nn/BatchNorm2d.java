package io.github.smartaug.nn;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Batch normalisation of images [B,C,H,W], each channel by itself; Ioffe and Szegedy, "Batch
 * Normalization", ICML 2015, with PyTorch's conventions.
 *
 * <p>{@code (x - mean) / sqrt(variance + 1e-5) * weight + bias}. Training takes mean and (biased)
 * variance of the batch, differentiably, and moves the running ones a tenth of the way towards the
 * batch's mean and <em>unbiased</em> variance. Evaluation takes the running ones as constants.
 *
 * <p>Parameters: {@code weight} [C], ones at first, and {@code bias} [C], zeros. Buffers: {@code
 * running_mean} [C], zeros, {@code running_var} [C], ones, and {@code num_batches_tracked}, an
 * int64 without dimensions.
 *
 * @param name full name
 * @param channels C
 */
public record BatchNorm2d(String name, int channels) implements Layer {
  private static final double EPSILON = 1e-5;
  private static final double MOMENTUM = 0.1;

  /**
   * Normalises the images.
   *
   * @throws IllegalArgumentException in training mode, if a channel has one value only
   */
  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    try (Scope scope = Scope.open()) {
      boolean training = pass.mode() instanceof Mode.Training;
      if (training) {
        requireSeveralValues(input);
        pass.buffer(name + ".num_batches_tracked").add_(new Scalar(1L));
      }
      return scope.keep(
          torch.batch_norm(
              input,
              new TensorOptional(pass.parameter(name + ".weight")),
              new TensorOptional(pass.parameter(name + ".bias")),
              new TensorOptional(pass.buffer(name + ".running_mean")),
              new TensorOptional(pass.buffer(name + ".running_var")),
              training,
              MOMENTUM,
              EPSILON,
              true));
    }
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
    buffers.put(name + ".running_mean", Tensors.of(new float[channels], channels));
    buffers.put(name + ".running_var", Tensors.of(ones, channels));
    buffers.put(name + ".num_batches_tracked", Tensors.of(new long[1]));
    return NamedTensors.of(buffers);
  }
}
