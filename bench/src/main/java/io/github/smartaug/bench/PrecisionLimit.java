package io.github.smartaug.bench;

import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Single operations, forward and backward, that no model can be faster than. */
enum PrecisionLimit {
  /** 3x3, 64 channels, images of 32x32. */
  CONVOLUTION_64_AT_32(64, 32),
  /** 3x3, 256 channels, images of 8x8. */
  CONVOLUTION_256_AT_8(256, 8),
  /** 3x3, 512 channels, images of 4x4. */
  CONVOLUTION_512_AT_4(512, 4),
  /** 1024 x 1024 by 1024 x 1024. */
  MATRIX_PRODUCT(1024, 0);

  private static final long[] ONE = {1, 1};

  private final int channels;
  private final int pixels;

  PrecisionLimit(int channels, int pixels) {
    this.channels = channels;
    this.pixels = pixels;
  }

  /** In float32 and bfloat16, and of convolutions both memory formats. */
  List<Measurement> cases(int images) {
    List<Measurement> cases = new ArrayList<>();
    for (ScalarType type : List.of(ScalarType.Float, ScalarType.BFloat16)) {
      for (torch.MemoryFormat format :
          pixels == 0
              ? List.of(torch.MemoryFormat.Contiguous)
              : List.of(torch.MemoryFormat.Contiguous, torch.MemoryFormat.ChannelsLast)) {
        String name = type == ScalarType.Float ? "float32" : "bfloat16";
        String order = format == torch.MemoryFormat.Contiguous ? "contiguous" : "channels-last";
        NamedTensors operands = operands(images, type, format);
        cases.add(
            new Measurement(
                (name + "-" + order).toLowerCase(Locale.ROOT),
                memoryProbe -> {
                  run(operands);
                  memoryProbe.run();
                }));
      }
    }
    return cases;
  }

  private NamedTensors operands(int images, ScalarType type, torch.MemoryFormat format) {
    RandomStream random = RandomStream.seeded(1);
    if (pixels == 0) {
      return NamedTensors.of("input", RandomImages.uniform(random, channels, channels).to(type))
          .with(
              NamedTensors.of("weight", RandomImages.uniform(random, channels, channels).to(type)));
    }
    MemoryFormatOptional order = new MemoryFormatOptional(format);
    Tensor input = RandomImages.uniform(random, images, channels, pixels, pixels);
    Tensor weight = RandomImages.uniform(random, channels, channels, 3, 3);
    return NamedTensors.of("input", input.to(type, false, true, order))
        .with(NamedTensors.of("weight", weight.to(type, false, true, order)));
  }

  private void run(NamedTensors operands) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors leaves = operands.asLeaves();
      Tensor input = leaves.get("input");
      Tensor weight = leaves.get("weight");
      Tensor output =
          pixels == 0
              ? input.matmul(weight)
              : torch.conv2d(input, weight, new TensorOptional(), ONE, ONE, ONE, 1);
      Tensors.gradients(output.sum(), leaves);
    }
  }
}
