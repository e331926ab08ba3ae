package io.github.smartaug.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.Sampling.AffineChains;
import io.github.smartaug.transform.Sampling.Border;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rounding errors of earlier transforms push no number over an edge. */
class LevelsTest {
  /** Even images stay so under these, inside the image, but for rounding. */
  private static final Map<String, Double> MOVES =
      Map.of(
          "rotate", 90.0,
          "translate-x", 2.5,
          "translate-y", -4.0,
          "shear-x", 0.2,
          "sharpness", 1.5,
          "contrast", 1.3,
          "blur", 1.0,
          "color", 0.3);

  private static final double SHAKE = 1e-5;

  private static final List<String> OF_LEVELS =
      List.of("posterize", "solarize", "autocontrast", "equalize");

  @ParameterizedTest
  @ValueSource(ints = {28, 32, 96})
  void an_even_image_keeps_its_level_through_any_transform_and_posterize(int size) {
    try (TensorScope scope = TensorScope.open()) {
      MOVES.forEach(
          (name, value) -> {
            for (int level = 16; level < 256; level += 16) {
              Tensor moved = apply(name, even(level / 255.0, size), value);
              Tensor middle = moved.narrow(2, size / 3, size / 3).narrow(3, size / 3, size / 3);
              assertThat(levels(apply("posterize", middle, 4)))
                  .as(name + " of level " + level)
                  .containsOnly((long) level);
              assertThat(levels(apply("solarize", middle, (float) (level / 255.0))))
                  .as(name + " of level " + level)
                  .containsOnly((long) level);
            }
          });
    }
  }

  @Property(tries = 40)
  void functions_of_levels_do_not_see_rounding_errors(@ForAll long seed) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor exact = TestImages.levels(seed, ScalarType.Float, 4, 3, 24, 24);
      Tensor shaken = shaken(exact, seed);
      double threshold = RandomStream.seeded(seed).nextInt(256) / 255.0;
      for (String name : OF_LEVELS) {
        double value = name.equals("posterize") ? 1 + Math.floorMod(seed, 8) : threshold;
        double[] expected = Tensors.toDoubles(apply(name, exact, value));
        assertThat(Tensors.toDoubles(apply(name, shaken, value)))
            .as(name)
            .containsExactly(expected, within(5 * SHAKE));
      }
    }
  }

  /** Blends make numbers half-way between two levels. */
  @Property(tries = 20)
  void equalize_does_not_split_an_area_half_way_between_two_levels(@ForAll long seed) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor exact = TestImages.levels(seed, ScalarType.Float, 2, 3, 30, 30).mul(new Scalar(0.5));
      assertThat(levels(apply("equalize", shaken(exact, seed), 0)))
          .containsExactly(levels(apply("equalize", exact.add(new Scalar(1e-7)), 0)));
    }
  }

  /** White, each pixel wrong by a rounding error, must not become black in one channel. */
  @ParameterizedTest
  @CsvSource({"1, 0.9999999", "0.5, 0.5000001", "0.2, 0.2038", "0.7529412, 0.7529511"})
  void autocontrast_leaves_a_range_below_one_level_alone(double low, double high) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = Tensors.of(new double[] {low, high, low, high}, 1, 1, 2, 2);
      for (ScalarType type : List.of(ScalarType.Float, ScalarType.Double)) {
        Tensor typed = images.to(type);
        assertThat(Tensors.toDoubles(apply("autocontrast", typed, 0)))
            .containsExactly(Tensors.toDoubles(typed));
      }
    }
  }

  @Test
  void autocontrast_stretches_neighbouring_levels_whatever_rounding_did_to_them() {
    try (TensorScope scope = TensorScope.open()) {
      for (int level = 0; level < 255; level++) {
        double[] pixels = {level / 255.0 + SHAKE, (level + 1) / 255.0 - SHAKE};
        Tensor images = Tensors.of(pixels, 1, 1, 1, 2).to(ScalarType.Float);
        assertThat(levels(apply("autocontrast", images, 0))).containsExactly(0, 255);
      }
    }
  }

  @Test
  void a_blurred_even_channel_is_not_stretched() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor red = torch.ones(1, 1, 40, 40);
      Tensor images = Tensors.concatenate(List.of(red, even(0.3, 40).narrow(1, 0, 1)), 1);
      for (double deviation : new double[] {0.3, 0.8, 1.5, 3}) {
        Tensor result = apply("autocontrast", apply("blur", images, deviation), 0);
        assertThat(Tensors.toDoubles(result))
            .containsExactly(Tensors.toDoubles(images), within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"blur", "rotate", "randblend"})
  void white_keeps_its_gradient_where_rounding_is_taken_away(String name) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors white = NamedTensors.of("x", torch.ones(3, 1, 15, 15)).asLeaves();
      Tensor result = apply(name, white.get("x"), 0.4);
      Tensor weights = TestImages.random(1, ScalarType.Float, 3, 1, 15, 15);
      NamedTensors grey = NamedTensors.of("x", even(0.5, 15).narrow(1, 0, 1)).asLeaves();
      Tensor greyResult = apply(name, grey.get("x").expand(3, 1, 15, 15), 0.4);
      double[] ofWhite =
          Tensors.toDoubles(
              Tensors.gradients(result.mul(weights).sum(), white).get("x").sum(new long[] {0}));
      double[] ofGrey =
          Tensors.toDoubles(Tensors.gradients(greyResult.mul(weights).sum(), grey).get("x"));
      assertThat(ofWhite).containsExactly(ofGrey, within(1e-5));
    }
  }

  /** Exactly: what the next program refuses is one rounding error away. */
  @Property(tries = 60)
  void every_result_is_in_the_unit_range_after_any_sequence(
      @ForAll long seed,
      @ForAll Border border,
      @ForAll AffineChains runs,
      @ForAll Sampling.Interpolation interpolation) {
    TransformSet set =
        TransformSets.named("everything").withSampling(new Sampling(interpolation, border, runs));
    RandomStream random = RandomStream.seeded(seed);
    int batch = 32;
    int[][] chosen = new int[4][];
    double[][] uniforms = new double[4][];
    for (int n = 0; n < chosen.length; n++) {
      chosen[n] = random.ints(batch, 0, set.size()).toArray();
      uniforms[n] = random.doubles(batch).toArray();
    }
    try (TensorScope scope = TensorScope.open()) {
      Tensor levels = TestImages.levels(seed, ScalarType.Float, batch, 3, 11, 14);
      // Even areas, white ones above all, are where rounding passes the limits.
      Tensor images = torch.where(levels.gt(new Scalar(0.5)), torch.ones_like(levels), levels);
      images.narrow(0, 0, 16).fill_(new Scalar(1));
      Tensor magnitudes = TestImages.random(seed + 1, ScalarType.Float, set.size());
      Tensor result = new TransformStage(set).apply(images, chosen, uniforms, magnitudes);
      Images.requireUnitRange(result);
    }
  }

  private static Tensor even(double pixel, int size) {
    return Tensors.full(pixel, torch.zeros(1), 1, 3, size, size);
  }

  /** Moved to both sides by no more than what is allowed for, as far as there is room. */
  private static Tensor shaken(Tensor images, long seed) {
    double[] pixels = Tensors.toDoubles(images);
    RandomStream random = RandomStream.seeded(seed + 1);
    double[] moved =
        Arrays.stream(pixels)
            .map(pixel -> pixel + SHAKE * (2 * random.nextDouble() - 1))
            .map(pixel -> Math.max(0, Math.min(1, pixel)))
            .toArray();
    return Tensors.of(moved, images.shape()).to(ScalarType.Float);
  }

  private static Tensor apply(String name, Tensor images, double value) {
    return TestImages.apply(
        Transforms.named(name),
        images,
        TestImages.values(value, images),
        TestImages.seeds(1, images));
  }

  private static long[] levels(Tensor images) {
    return DoubleStream.of(Tensors.toDoubles(images))
        .mapToLong(pixel -> Math.round(255 * pixel))
        .toArray();
  }
}
