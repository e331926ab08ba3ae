package io.github.smartaug.nn;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Two-dimensional convolution, [B,inputs,H,W] to [B,outputs,H',W'].
 *
 * <p>Parameters: {@code weight} [outputs,inputs/groups,size,size] and, if there is one, {@code
 * bias} [outputs].
 *
 * @param name full name
 * @param inputs number of input channels
 * @param outputs number of output channels
 * @param window geometry of the kernel
 * @param bias whether there is a bias
 * @param initializer how the weight is drawn
 * @param groups number of parts that the channels are divided into, each output of one part seeing
 *     that part's inputs only; divides inputs and outputs
 */
public record Conv2d(
    String name,
    int inputs,
    int outputs,
    Window window,
    Bias bias,
    Initializer initializer,
    int groups)
    implements Layer {
  private static final long[] NO_DILATION = {1, 1};

  /** Checks the groups. */
  public Conv2d {
    if (groups < 1 || inputs % groups != 0 || outputs % groups != 0) {
      throw new IllegalArgumentException(
          "convolution %s: %d groups, allowed: a number that divides %d and %d"
              .formatted(name, groups, inputs, outputs));
    }
  }

  /** A convolution in which every output sees all inputs. */
  public Conv2d(
      String name, int inputs, int outputs, Window window, Bias bias, Initializer initializer) {
    this(name, inputs, outputs, window, bias, initializer, 1);
  }

  /** A convolution with bias and PyTorch's default initialisation. */
  public Conv2d(String name, int inputs, int outputs, Window window) {
    this(name, inputs, outputs, window, Bias.LEARNED, Initializer.kaimingUniform());
  }

  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    if (pass.isForShapes()) {
      return ShapesOnly.convolved(input, outputs, window);
    }
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(
          convolve(input, pass.parameter(weightName()), optionalBias(pass::parameter)));
    }
  }

  @Override
  public boolean givesOutputAway() {
    return true;
  }

  @Override
  public boolean isLinearizable() {
    return true;
  }

  @Override
  public Tensor tangent(Tensor inputTangent, TangentPass pass) {
    LayerValues values = pass.values();
    try (TensorScope scope = TensorScope.open()) {
      Tensor own = alongDirection(values.input(), pass);
      Tensor weight = pass.parameter(weightName());
      Tensor passed =
          TangentPass.linear(
              inputTangent, tangent -> convolve(tangent, weight, new TensorOptional()));
      return scope.keep(TangentPass.sum(passed, own));
    }
  }

  private Tensor alongDirection(Tensor input, TangentPass pass) {
    Tensor weight = pass.direction(weightName());
    // Not in the forward pass, whose rounding must not depend on what will be differentiated.
    if (groups > 1 || !SpaceToDepth.suits(input, window)) {
      return convolve(input, weight, optionalBias(pass::direction));
    }
    Tensor output = new SpaceToDepth(window).convolve(input, weight);
    return switch (bias) {
      case NONE -> output;
      case LEARNED, ZERO -> output.add(pass.direction(biasName()).view(1, -1, 1, 1));
    };
  }

  private Tensor convolve(Tensor input, Tensor weight, TensorOptional optionalBias) {
    return torch.conv2d(
        input, weight, optionalBias, window.strides(), window.paddings(), NO_DILATION, groups);
  }

  @Override
  public NamedTensors initialParameters(RandomGenerator random) {
    NamedTensors weight =
        NamedTensors.of(
            weightName(),
            initializer.draw(random, outputs, inputs / groups, window.size(), window.size()));
    return switch (bias) {
      case NONE -> weight;
      case LEARNED ->
          withBias(weight, Initializer.uniform(1 / Math.sqrt((double) fanIn())), random);
      case ZERO -> withBias(weight, Initializer.constant(0), random);
    };
  }

  private NamedTensors withBias(NamedTensors weight, Initializer drawn, RandomGenerator random) {
    return weight.with(NamedTensors.of(biasName(), drawn.draw(random, outputs)));
  }

  /** Number of values that one output is a sum of. */
  private long fanIn() {
    return (long) inputs / groups * window.size() * window.size();
  }

  @Override
  public long multiplyAdds(Tensor input, Tensor output) {
    return output.numel() * fanIn();
  }

  private TensorOptional optionalBias(Function<String, Tensor> byName) {
    return switch (bias) {
      case NONE -> new TensorOptional();
      case LEARNED, ZERO -> new TensorOptional(byName.apply(biasName()));
    };
  }

  private String weightName() {
    return name + ".weight";
  }

  private String biasName() {
    return name + ".bias";
  }
}
