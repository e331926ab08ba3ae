package io.github.smartaug.nn;

import io.github.smartaug.tensor.Autocast;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A convolution of decorrelated pixels and channels, [B,inputs,H,W] to [B,outputs,H',W'], which
 * needs no normalisation behind it; Ye et al., "Network Deconvolution", ICLR 2020.
 *
 * <p>The patches under the kernel, in blocks of up to 64 channels, are centred and multiplied with
 * {@code D = (Cov + 1e-5 I)^(-1/2)}; both are done to the weight in place of the patches. Training
 * takes mean and covariance of every third patch of the batch along each axis, and moves the
 * running mean and D a tenth of the way. Evaluation takes the running ones. With F = size * size *
 * block:
 *
 * <p>Parameters: {@code weight} [outputs,inputs,size,size] and {@code bias} [outputs]. Buffers:
 * {@code running_mean} [F], zeros at first, and {@code running_deconv} [F,F], the identity.
 *
 * @param name full name
 * @param inputs number of input channels
 * @param outputs number of output channels
 * @param window geometry of the kernel
 */
public record DecorrelatedConv2d(String name, int inputs, int outputs, Window window)
    implements Layer {
  private static final int LARGEST_BLOCK = 64;
  private static final int SAMPLING = 3;
  private static final double EPSILON = 1e-5;
  private static final double MOMENTUM = 0.1;
  private static final long[] ONE = {1, 1};
  private static final long[] PER_FEATURE = {0};

  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    if (pass.isForShapes()) {
      return ShapesOnly.convolved(input, outputs, window);
    }
    try (TensorScope scope = TensorScope.open()) {
      Kernel kernel;
      try (Autocast off = Autocast.off(input)) {
        kernel =
            kernel(
                pass.parameter(weightName()), pass.parameter(biasName()), whitening(input, pass));
      }
      return scope.keep(convolve(input, kernel.weight, new TensorOptional(kernel.bias)));
    }
  }

  private Whitening whitening(Tensor input, ForwardPass pass) {
    if (!pass.mode().trains(name)) {
      return new Whitening(current(meanName(), pass), current(matrixName(), pass));
    }
    Statistics statistics = statistics(inTypeOf(pass.parameter(weightName()), input));
    Whitening whitening =
        new Whitening(statistics.mean, new NewtonSchulz(statistics.covariance).inverseRoot());
    if (pass.mode().movesBuffers()) {
      move(meanName(), whitening.mean, pass);
      move(matrixName(), whitening.matrix, pass);
    }
    return whitening;
  }

  private static Tensor inTypeOf(Tensor parameter, Tensor input) {
    return input.to(parameter.scalar_type());
  }

  private static Tensor current(String buffer, ForwardPass pass) {
    Optional<Tensor> history = pass.history(buffer);
    return history.orElseGet(() -> pass.buffer(buffer));
  }

  private static void move(String buffer, Tensor towards, ForwardPass pass) {
    Scalar share = new Scalar(MOMENTUM);
    pass.buffer(buffer).lerp_(towards.detach(), share);
    pass.history(buffer).ifPresent(running -> running.lerp_(towards, share));
  }

  private Statistics statistics(Tensor input) {
    Tensor patches = patches(input);
    Tensor mean = mean(patches);
    Tensor centred = patches.sub(mean);
    Tensor identity = torch.eye(features(), centred.options());
    Tensor covariance = product(centred, centred).add(identity, new Scalar(EPSILON));
    return new Statistics(centred, mean, covariance);
  }

  private static Tensor mean(Tensor patches) {
    return patches.mean(PER_FEATURE, false, new ScalarTypeOptional());
  }

  private static Tensor product(Tensor left, Tensor right) {
    return left.transpose(0, 1).matmul(right).div(new Scalar((double) left.size(0)));
  }

  /** Some of the patches under the kernel, one block of channels per row, [n,F]. */
  private Tensor patches(Tensor input) {
    long step = (long) SAMPLING * window.stride();
    if (window.size() > 1) {
      long[] steps = {step, step};
      Tensor columns = torch.im2col(input, window.sizes(), ONE, window.paddings(), steps);
      return rows(columns.transpose(1, 2));
    }
    Tensor pixels = input.permute(0, 2, 3, 1).reshape(-1, inputs);
    return rows(
        pixels.slice(0, new LongOptional(0), new LongOptional(pixels.size(0)), step * step));
  }

  /** [...,inputs*size*size] to one block per row, [n,F]. */
  private Tensor rows(Tensor values) {
    return values.reshape(-1, features(), blocks()).transpose(1, 2).reshape(-1, features());
  }

  private Kernel kernel(Tensor weight, Tensor bias, Whitening whitening) {
    Tensor product = rows(weight).matmul(whitening.matrix);
    return new Kernel(unfolded(product), bias.sub(summed(product.matmul(whitening.mean))));
  }

  /** One block per row back to [outputs,inputs,size,size]. */
  private Tensor unfolded(Tensor rows) {
    return rows.reshape(outputs, blocks(), features())
        .transpose(1, 2)
        .reshape(outputs, inputs, window.size(), window.size());
  }

  private Tensor summed(Tensor perBlock) {
    return perBlock.reshape(outputs, blocks()).sum(1);
  }

  private Tensor convolve(Tensor input, Tensor weight, TensorOptional bias) {
    return torch.conv2d(input, weight, bias, window.strides(), window.paddings(), ONE, 1);
  }

  /** All channels if they are few, or the largest number of them that divides both. */
  private int block() {
    return inputs <= LARGEST_BLOCK
        ? inputs
        : BigInteger.valueOf(LARGEST_BLOCK).gcd(BigInteger.valueOf(inputs)).intValue();
  }

  private long features() {
    return (long) window.size() * window.size() * block();
  }

  private long blocks() {
    return inputs / block();
  }

  @Override
  public boolean isLinearizable() {
    return true;
  }

  /** The product rule, through the inverse root and the mean. */
  @Override
  public Tensor tangent(Tensor inputTangent, TangentPass pass) {
    Tensor input = pass.values().input();
    Tensor weight = pass.parameter(weightName());
    try (TensorScope scope = TensorScope.open()) {
      Statistics statistics = statistics(input);
      NewtonSchulz root = new NewtonSchulz(statistics.covariance);
      Whitening whitening = new Whitening(statistics.mean, root.inverseRoot());
      Kernel kernel = kernel(weight, pass.parameter(biasName()), whitening);
      Kernel along = kernel(pass.direction(weightName()), pass.direction(biasName()), whitening);
      if (!inputTangent.defined()) {
        return scope.keep(convolve(input, along.weight, new TensorOptional(along.bias)));
      }
      Tensor moved = patches(inputTangent);
      Tensor ofMean = mean(moved);
      Tensor half = product(moved.sub(ofMean), statistics.centred);
      Tensor ofMatrix = root.tangent(half.add(half.transpose(0, 1)));
      Tensor rows = rows(weight);
      Tensor product = rows.matmul(ofMatrix);
      Tensor shift =
          product.matmul(whitening.mean).add(rows.matmul(whitening.matrix).matmul(ofMean));
      Tensor ofWeight = along.weight.add(unfolded(product));
      Tensor own = convolve(input, ofWeight, new TensorOptional(along.bias.sub(summed(shift))));
      return scope.keep(own.add(convolve(inputTangent, kernel.weight, new TensorOptional())));
    }
  }

  @Override
  public long multiplyAdds(Tensor input, Tensor output) {
    return output.numel() * inputs * window.size() * window.size();
  }

  @Override
  public NamedTensors initialParameters(RandomGenerator random) {
    return new Conv2d(name, inputs, outputs, window).initialParameters(random);
  }

  @Override
  public NamedTensors initialBuffers() {
    int size = Math.toIntExact(features());
    float[] identity = new float[Math.multiplyExact(size, size)];
    for (int i = 0; i < size; i++) {
      identity[i * size + i] = 1;
    }
    Map<String, Tensor> buffers = new LinkedHashMap<>();
    buffers.put(meanName(), Tensors.of(new float[size], size));
    buffers.put(matrixName(), Tensors.of(identity, size, size));
    return NamedTensors.of(buffers);
  }

  private String weightName() {
    return name + ".weight";
  }

  private String biasName() {
    return name + ".bias";
  }

  private String meanName() {
    return name + ".running_mean";
  }

  private String matrixName() {
    return name + ".running_deconv";
  }

  /** Of the patches of a batch: centred [n,F], their mean [F] and covariance [F,F]. */
  private record Statistics(Tensor centred, Tensor mean, Tensor covariance) {}

  /** What is subtracted from patches, [F], and what they are multiplied with, [F,F]. */
  private record Whitening(Tensor mean, Tensor matrix) {}

  /** A weight and a bias. */
  private record Kernel(Tensor weight, Tensor bias) {}
}
