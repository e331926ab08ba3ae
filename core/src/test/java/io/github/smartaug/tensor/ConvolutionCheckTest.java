package io.github.smartaug.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.random.RandomStream;
import java.util.List;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Convolutions as they are after the set-up, on whatever machine this is, against float64. */
class ConvolutionCheckTest {
  @ParameterizedTest
  @CsvSource({
    "4, 1, 28, 20, 5, 1",
    "128, 1, 28, 20, 5, 1",
    "4, 3, 28, 20, 5, 1",
    "128, 3, 32, 20, 5, 1",
    "4, 20, 12, 50, 5, 1",
    "128, 20, 12, 50, 5, 1",
    "16, 64, 8, 64, 3, 1",
    "16, 64, 8, 128, 1, 2",
    "16, 256, 4, 512, 1, 2",
    "16, 3, 32, 64, 7, 2"
  })
  void float32_convolutions_and_their_gradients_are_right_to_rounding(
      int batch, int channels, int pixels, int outputs, int size, int stride) {
    for (torch.MemoryFormat format :
        List.of(torch.MemoryFormat.Contiguous, torch.MemoryFormat.ChannelsLast)) {
      try (TensorScope scope = TensorScope.open()) {
        RandomStream random = RandomStream.seeded(3);
        Tensor images = uniform(random, batch, channels, pixels, pixels);
        Tensor kernel = uniform(random, outputs, channels, size, size);
        List<Tensor> expected = results(images, kernel, stride, torch.ScalarType.Double, format);
        List<Tensor> actual = results(images, kernel, stride, torch.ScalarType.Float, format);
        for (int i = 0; i < expected.size(); i++) {
          double largest = Tensors.item(expected.get(i).abs().max());
          Tensor error = actual.get(i).to(torch.ScalarType.Double).sub(expected.get(i));
          assertThat(Tensors.item(error.abs().max()))
              .as(format + ", result " + i)
              .isLessThan(1e-4 * largest);
        }
      }
    }
  }

  private static Tensor uniform(RandomStream random, long... shape) {
    long count = 1;
    for (long length : shape) {
      count *= length;
    }
    return Tensors.of(random.doubles(count).map(u -> 2 * u - 1).toArray(), shape);
  }

  private static List<Tensor> results(
      Tensor images, Tensor kernel, int stride, torch.ScalarType type, torch.MemoryFormat format) {
    NamedTensors leaves =
        NamedTensors.of("images", images.to(type, false, true, new MemoryFormatOptional(format)))
            .with(NamedTensors.of("kernel", kernel.to(type)))
            .asLeaves();
    Tensor result =
        torch.conv2d(
            leaves.get("images"),
            leaves.get("kernel"),
            new TensorOptional(),
            new long[] {stride, stride},
            new long[] {0, 0},
            new long[] {1, 1},
            1);
    NamedTensors gradients = Tensors.gradients(result.mul(result.detach().cos()).sum(), leaves);
    return List.of(result.detach(), gradients.get("images"), gradients.get("kernel"));
  }
}
