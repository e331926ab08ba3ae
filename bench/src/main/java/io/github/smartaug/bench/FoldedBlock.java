package io.github.smartaug.bench;

import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.List;
import java.util.Locale;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Convolution, batch normalisation and ReLU in evaluation, of shapes that models have. */
enum FoldedBlock {
  /** 3x3, 64 channels, images of 32x32, as in {@code resnet18-3x3}. */
  RESNET_64_AT_32(64, 64, 3, 32, 1),
  /** 3x3, 128 channels, images of 16x16. */
  RESNET_128_AT_16(128, 128, 3, 16, 1),
  /** 3x3, 512 channels, images of 4x4. */
  RESNET_512_AT_4(512, 512, 3, 4, 1),
  /** 1x1, 24 to 144 channels, images of 8x8, as in {@code mobilenet-v2}. */
  EXPANSION_24_TO_144_AT_8(24, 144, 1, 8, 1),
  /** 1x1, 64 to 384 channels, images of 4x4. */
  EXPANSION_64_TO_384_AT_4(64, 384, 1, 4, 1),
  /** 3x3, each of 144 channels by itself, images of 8x8. */
  DEPTHWISE_144_AT_8(144, 144, 3, 8, 144);

  private static final double EPSILON = 1e-5;
  private static final double TOLERANCE = 1e-4;
  private static final long[] ONE = {1, 1};

  private final int inputs;
  private final int outputs;
  private final int kernel;
  private final int pixels;
  private final int groups;

  FoldedBlock(int inputs, int outputs, int kernel, int pixels, int groups) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.kernel = kernel;
    this.pixels = pixels;
    this.groups = groups;
  }

  /** Such as {@code resnet-64-at-32}. */
  String caseName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * As it is, and folded into the convolution, which is checked to give the same. Tensors belong to
   * the caller's scope.
   */
  List<Measurement> cases(int images, torch.MemoryFormat format) {
    RandomStream random = RandomStream.seeded(1);
    MemoryFormatOptional order = new MemoryFormatOptional(format);
    Tensor input = RandomImages.uniform(random, images, inputs, pixels, pixels);
    Tensor weight = RandomImages.uniform(random, outputs, inputs / groups, kernel, kernel);
    NamedTensors tensors =
        NamedTensors.of("input", input.to(ScalarType.Float, false, true, order))
            .with(NamedTensors.of("weight", weight))
            .with(
                NamedTensors.of("scale", RandomImages.uniform(random, outputs).add(new Scalar(2))))
            .with(NamedTensors.of("shift", RandomImages.uniform(random, outputs)))
            .with(NamedTensors.of("mean", RandomImages.uniform(random, outputs)))
            .with(
                NamedTensors.of(
                    "variance", RandomImages.uniform(random, outputs).add(new Scalar(2))));
    NamedTensors folded = folded(tensors);
    requireAlike(normalized(tensors), convolved(folded));
    return List.of(
        measurement("separate", () -> normalized(tensors)),
        measurement("folded", () -> convolved(folded)));
  }

  private static Measurement measurement(String name, Runnable pass) {
    return new Measurement(
        name,
        memoryProbe -> {
          try (TensorScope scope = TensorScope.open();
              NoGradGuard off = new NoGradGuard()) {
            pass.run();
            memoryProbe.run();
          }
        });
  }

  private static NamedTensors folded(NamedTensors tensors) {
    Tensor factor =
        tensors.get("variance").add(new Scalar(EPSILON)).rsqrt().mul(tensors.get("scale"));
    Tensor bias = tensors.get("shift").sub(tensors.get("mean").mul(factor));
    return NamedTensors.of("input", tensors.get("input"))
        .with(NamedTensors.of("weight", tensors.get("weight").mul(factor.view(-1, 1, 1, 1))))
        .with(NamedTensors.of("bias", bias));
  }

  private Tensor normalized(NamedTensors tensors) {
    Tensor output = convolve(tensors, new TensorOptional(), kernel / 2, groups);
    return torch
        .batch_norm(
            output,
            new TensorOptional(tensors.get("scale")),
            new TensorOptional(tensors.get("shift")),
            new TensorOptional(tensors.get("mean")),
            new TensorOptional(tensors.get("variance")),
            false,
            0,
            EPSILON,
            true)
        .relu();
  }

  private Tensor convolved(NamedTensors tensors) {
    return convolve(tensors, new TensorOptional(tensors.get("bias")), kernel / 2, groups).relu();
  }

  private static Tensor convolve(
      NamedTensors tensors, TensorOptional bias, long padding, long parts) {
    return torch.conv2d(
        tensors.get("input"),
        tensors.get("weight"),
        bias,
        ONE,
        new long[] {padding, padding},
        ONE,
        parts);
  }

  private void requireAlike(Tensor expected, Tensor actual) {
    double error = Tensors.item(actual.sub(expected).abs().max());
    double largest = Tensors.item(expected.abs().max());
    if (!(error <= TOLERANCE * largest)) {
      throw new IllegalStateException(
          "%s: folded differs by %g of at most %g".formatted(caseName(), error, largest));
    }
  }
}
