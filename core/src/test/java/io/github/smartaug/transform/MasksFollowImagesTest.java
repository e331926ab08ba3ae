package io.github.smartaug.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.Sampling.AffineChains;
import io.github.smartaug.transform.Sampling.Border;
import io.github.smartaug.transform.Sampling.Interpolation;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes into images and masks from outside is the same, whatever moves them. */
class MasksFollowImagesTest {
  private static final int IMAGES = 24;
  private static final double LABELS = 256;

  @Property(tries = 40)
  void no_pixel_differs_after_any_sequence_of_everything(
      @ForAll long seed, @ForAll Border border, @ForAll AffineChains runs) {
    TransformSet set =
        TransformSets.named("everything")
            .withSampling(new Sampling(Interpolation.NEAREST, border, runs));
    RandomStream random = RandomStream.seeded(seed);
    int height = random.nextInt(1, 20);
    int width = random.nextInt(1, 20);
    int[][] chosen = new int[3][];
    double[][] uniforms = new double[3][];
    for (int n = 0; n < chosen.length; n++) {
      chosen[n] = random.ints(IMAGES, 0, set.size()).toArray();
      uniforms[n] = random.doubles(IMAGES).toArray();
      // A crop moves pixels in its own way.
      chosen[n][random.nextInt(IMAGES)] = set.names().indexOf("Crop");
    }
    try (TensorScope scope = TensorScope.open()) {
      Tensor labels =
          TestImages.random(seed, ScalarType.Float, IMAGES, 1, height, width)
              .mul(new Scalar(200))
              .to(ScalarType.Long);
      Tensor magnitudes = TestImages.random(seed + 1, ScalarType.Float, set.size());
      Tensor images = labels.to(ScalarType.Float).div(new Scalar(LABELS));
      Tensor shown =
          new TransformStage(movingOnly(set)).apply(images, chosen, uniforms, magnitudes);
      Tensor moved =
          new TransformStage(set)
              .geometry(chosen, uniforms, magnitudes, height, width)
              .masks(labels, 0);
      assertThat(Tensors.toLongs(moved))
          .containsExactly(
              Tensors.toLongs(shown.mul(new Scalar(LABELS)).round().to(ScalarType.Long)));
    }
  }

  /** Not the identity, which does not interrupt a run of transforms that are composed. */
  private record Still() implements ValuelessTransform {
    @Override
    public Tensor apply(Tensor images, Tensor values) {
      return images;
    }
  }

  /** What does not move pixels leaves them alone, so that labels can be told from the images. */
  private static TransformSet movingOnly(TransformSet set) {
    return new TransformSet(
        set.name(),
        set.transforms().stream()
            .map(
                named ->
                    named.transform() instanceof Identity
                            || named.transform() instanceof AffineTransform
                            || named.transform() instanceof ShiftingTransform
                        ? named
                        : new NamedTransform(named.name(), new Still()))
            .toList(),
        set.sampling());
  }

  @ParameterizedTest
  @CsvSource({
    "ZEROS, 0 0 0 1 2 3",
    "REFLECTION, 3 2 1 1 2 3",
    "EDGE, 1 1 1 1 2 3",
  })
  void a_crop_fills_with_what_the_border_says(Border border, String expected) {
    try (TensorScope scope = TensorScope.open()) {
      Crop crop = new Crop();
      Tensor image = Tensors.of(new double[] {1, 2, 3, 4, 5, 6}, 1, 1, 1, 6).div(new Scalar(8));
      Tensor padding = Tensors.full(3, image, 1);
      long seed = 0;
      while (!shift(crop, padding, seed).equals("3 0")) {
        seed++;
      }
      Tensor result = crop.apply(image, padding, new long[] {seed}, Sampling.DEFAULT.with(border));
      assertThat(text(result.mul(new Scalar(8)))).isEqualTo(expected);
    }
  }

  private static String shift(Crop crop, Tensor padding, long seed) {
    try (TensorScope scope = TensorScope.open()) {
      return text(crop.shifts(padding, new long[] {seed}));
    }
  }

  private static String text(Tensor numbers) {
    return String.join(
        " ",
        Arrays.stream(Tensors.toLongs(numbers.to(ScalarType.Long)))
            .mapToObj(Long::toString)
            .toList());
  }
}
