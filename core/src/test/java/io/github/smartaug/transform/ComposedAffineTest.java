package io.github.smartaug.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs of affine transforms that are resampled once, against one resampling per transform. */
class ComposedAffineTest {
  private static final Map<String, NamedTransform> BY_NAME =
      Map.of(
          "identity", named("identity", new Identity(), 0),
          "flip-x", named("flip-x", new Flip(Axis.X), 0),
          "flip-y", named("flip-y", new Flip(Axis.Y), 0),
          "quarter", named("quarter", new Rotate(), 90),
          "half", named("half", new Rotate(), 180),
          "right-2", named("right-2", new Translate(Axis.X), 2),
          "up-1", named("up-1", new Translate(Axis.Y), -1),
          "rotate", named("rotate", new Rotate(), 17),
          "shear", named("shear", new Shear(Axis.X), 0.2),
          "darker", named("darker", new Brightness(), 0.5));

  private static NamedTransform named(String name, Transform transform, double value) {
    // A range of one value: the same whatever magnitude and draw.
    return new NamedTransform(name, transform, (height, width) -> fixed(value));
  }

  private static ValueCoefficients fixed(double value) {
    return new ValueCoefficients(value, 0, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flip-x flip-y",
        "flip-x flip-x flip-x",
        "half identity flip-y",
        "quarter quarter",
        "quarter flip-x quarter",
        "right-2 up-1",
        "flip-x right-2 flip-x",
        "right-2 darker up-1 identity flip-x",
        "identity quarter darker half identity",
      })
  void what_keeps_pixels_on_their_lattice_is_the_same_in_one_resampling(String names) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = TestImages.random(1, ScalarType.Float, 1, 3, 9, 9);
      assertThat(pixels(names, images, Sampling.AffineChains.COMPOSED))
          .containsExactly(pixels(names, images, Sampling.AffineChains.SEPARATE), within(1e-5));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rotate shear", "shear right-2 rotate", "rotate identity flip-x shear"})
  void the_centre_of_a_smooth_image_differs_by_interpolation_only(String names) {
    try (TensorScope scope = TensorScope.open()) {
      int size = 41;
      double[] pixels =
          IntStream.range(0, size * size)
              .mapToDouble(
                  i ->
                      0.5 + 0.4 * Math.sin(i % size / 7.0) * Math.cos(Math.floorDiv(i, size) / 6.0))
              .toArray();
      Tensor image = Tensors.of(pixels, 1, 1, size, size);
      assertThat(centre(pixels(names, image, Sampling.AffineChains.COMPOSED), size))
          .containsExactly(
              centre(pixels(names, image, Sampling.AffineChains.SEPARATE), size), within(0.02));
    }
  }

  private static double[] centre(double[] pixels, int size) {
    return IntStream.range(0, pixels.length)
        .filter(i -> Math.abs(i % size - size / 2) < 8 && Math.abs(i / size - size / 2) < 8)
        .mapToDouble(i -> pixels[i])
        .toArray();
  }

  @Test
  void a_run_blurs_less_than_its_transforms_one_by_one() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = TestImages.random(3, ScalarType.Float, 4, 3, 24, 24);
      String names = "rotate shear rotate";
      assertThat(variance(pixels(names, images, Sampling.AffineChains.COMPOSED)))
          .isGreaterThan(1.2 * variance(pixels(names, images, Sampling.AffineChains.SEPARATE)));
    }
  }

  private static double variance(double[] pixels) {
    double mean = Arrays.stream(pixels).average().orElseThrow();
    return Arrays.stream(pixels).map(p -> (p - mean) * (p - mean)).average().orElseThrow();
  }

  @Test
  void what_leaves_the_image_within_a_run_comes_back_and_what_leaves_it_otherwise_does_not() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = Tensors.full(1, Tensors.of(new float[1], 1), 1, 3, 4, 4);
      assertThat(pixels("right-2 flip-x right-2 flip-x", images, Sampling.AffineChains.COMPOSED))
          .containsOnly(new double[] {1}, within(1e-5));
      assertThat(pixels("right-2 flip-x right-2 flip-x", images, Sampling.AffineChains.SEPARATE))
          .contains(0.0);
    }
  }

  @Test
  void magnitudes_learn_through_a_composed_run_as_finite_differences_say() {
    TransformSet set =
        TransformSets.named("wide-geometric")
            .withSampling(Sampling.DEFAULT.with(Sampling.AffineChains.COMPOSED));
    int[][] chosen = {{3, 3}, {0, 6}, {5, 4}};
    double[][] uniforms = {{0.61, 0.33}, {0.5, 0.61}, {0.58, 0.41}};
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = TestImages.random(4, ScalarType.Double, 2, 1, 7, 8);
      Tensor weights = TestImages.random(5, ScalarType.Double, 2, 1, 7, 8);
      TransformStage stage = new TransformStage(set);
      double[] start = new double[set.size()];
      Arrays.fill(start, 0.43);
      NamedTensors leaf = NamedTensors.of("magnitudes", Tensors.of(start, start.length)).asLeaves();
      Tensor sum = stage.apply(images, chosen, uniforms, leaf.get("magnitudes")).mul(weights).sum();
      double[] gradient = Tensors.toDoubles(Tensors.gradients(sum, leaf).get("magnitudes"));
      for (int t = 0; t < start.length; t++) {
        double step = 1e-6;
        double[] up = start.clone();
        double[] down = start.clone();
        up[t] += step;
        down[t] -= step;
        double difference =
            Tensors.item(
                    stage
                        .apply(images, chosen, uniforms, Tensors.of(up, up.length))
                        .sub(stage.apply(images, chosen, uniforms, Tensors.of(down, down.length)))
                        .mul(weights)
                        .sum())
                / (2 * step);
        assertThat(gradient[t]).as(set.names().get(t)).isCloseTo(difference, within(1e-4));
      }
    }
  }

  private static double[] pixels(String names, Tensor images, Sampling.AffineChains runs) {
    List<NamedTransform> all = List.copyOf(BY_NAME.values());
    TransformSet set = new TransformSet("test", all).withSampling(Sampling.DEFAULT.with(runs));
    List<String> sequence = List.of(names.split(" ", -1));
    int batch = (int) images.size(0);
    int[][] chosen = new int[sequence.size()][batch];
    for (int n = 0; n < chosen.length; n++) {
      Arrays.fill(chosen[n], all.indexOf(BY_NAME.get(sequence.get(n))));
    }
    try (TensorScope scope = TensorScope.open()) {
      Tensor magnitudes = Tensors.full(1, images, set.size());
      return Tensors.toDoubles(
          new TransformStage(set)
              .apply(images, chosen, new double[chosen.length][batch], magnitudes));
    }
  }
}
