package io.github.smartaug.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transforms that draw a place or noise. */
class DrawnTransformsTest {
  private static final int IMAGES = 500;

  @Test
  void cutout_leaves_a_black_square_of_that_side_where_it_is_not_cut_off() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor holes = holes("cutout", 4, 16);
      int whole = 0;
      for (int i = 0; i < IMAGES; i++) {
        double[] hole = Tensors.toDoubles(holes.select(0, i));
        assertThat(Arrays.stream(hole)).allMatch(v -> v == 0 || v == 1);
        whole += Arrays.stream(hole).sum() == 16 ? 1 : 0;
      }
      // Whole if the centre is at least 1.5 pixels from the border, that is, 2 from the centres of
      // the pixels outside.
      assertThat(whole / (double) IMAGES).isCloseTo(Math.pow(13 / 16.0, 2), within(0.06));
    }
  }

  @ParameterizedTest
  @CsvSource({"soft-cutout, 3.3", "soft-cutout, 0.4", "cutout, 3.3"})
  void the_holes_of_cutout_are_as_large_as_their_side_says_on_average(String name, double side) {
    try (TensorScope scope = TensorScope.open()) {
      double size = 16;
      double area = Tensors.item(holes(name, side, 16).sum()) / IMAGES;
      double lostPart = 1 - side / 4 / size;
      assertThat(area).isCloseTo(Math.pow(side * lostPart, 2), within(0.05 * side * side));
    }
  }

  @Test
  void erase_covers_the_area_of_the_square_and_keeps_inside() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = Tensors.full(0, Tensors.of(new double[] {0}, 1), IMAGES, 1, 20, 20);
      Tensor values = TestImages.values(6, images).set_requires_grad(true);
      Tensor erased =
          TestImages.apply(
              Transforms.named("soft-erase"), images, values, TestImages.seeds(1, images));
      // Noise has mean 1/2.
      assertThat(2 * Tensors.item(erased.sum()) / IMAGES).isCloseTo(36, within(0.5));
    }
  }

  @Test
  void crop_moves_by_every_whole_number_up_to_the_padding_alike() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = Tensors.full(0, Tensors.of(new double[] {0}, 1), IMAGES, 1, 9, 9);
      images.select(2, 4).select(2, 4).fill_(new Scalar(1));
      Tensor moved =
          TestImages.apply(
              Transforms.named("crop"),
              images,
              TestImages.values(2, images),
              TestImages.seeds(1, images));
      double[] visits = Tensors.toDoubles(moved.sum(0));
      for (int place = 0; place < 81; place++) {
        boolean reachable = Math.abs(place / 9 - 4) <= 2 && Math.abs(place % 9 - 4) <= 2;
        assertThat(visits[place] / IMAGES)
            .isCloseTo(reachable ? 1 / 25.0 : 0, within(reachable ? 0.03 : 0));
      }
    }
  }

  @Test
  void noise_is_normal_with_the_given_deviation() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = Tensors.full(0.5, Tensors.of(new double[] {0}, 1), 20, 3, 41, 41);
      Tensor noise =
          TestImages.apply(
                  Transforms.named("noise"),
                  images,
                  TestImages.values(0.1, images),
                  TestImages.seeds(3, images))
              .sub(new Scalar(0.5));
      double[] normal = Arrays.stream(Tensors.toDoubles(noise)).map(v -> v / 0.1).toArray();
      assertThat(moment(normal, 1)).isCloseTo(0, within(0.01));
      assertThat(moment(normal, 2)).isCloseTo(1, within(0.02));
      assertThat(moment(normal, 3)).isCloseTo(0, within(0.05));
      assertThat(moment(normal, 4)).isCloseTo(3, within(0.1));
      assertThat(correlation(normal, 1)).isCloseTo(0, within(0.01));
      assertThat(correlation(normal, 3 * 41 * 41)).isCloseTo(0, within(0.01));
    }
  }

  @Test
  void blending_with_noise_alone_gives_uniform_noise() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = Tensors.full(0, Tensors.of(new double[] {0}, 1), 20, 3, 41, 41);
      long[] neighbours = IntStream.range(0, 20).asLongStream().toArray();
      double[] uniform =
          Tensors.toDoubles(
              TestImages.apply(
                  Transforms.named("randblend"), images, TestImages.values(1, images), neighbours));
      assertThat(moment(uniform, 1)).isCloseTo(0.5, within(0.005));
      assertThat(moment(uniform, 2)).isCloseTo(1 / 3.0, within(0.005));
      double[] centred = Arrays.stream(uniform).map(v -> v - 0.5).toArray();
      assertThat(12 * correlation(centred, 1)).isCloseTo(0, within(0.02));
      assertThat(12 * correlation(centred, 3 * 41 * 41)).isCloseTo(0, within(0.02));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"noise", "randblend", "erase"})
  void noise_is_the_same_in_float32_and_in_float64(String name) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor single = TestImages.levels(1, ScalarType.Float, 3, 3, 9, 9);
      Tensor twice = single.to(ScalarType.Double);
      long[] seeds = {1, 2, 3};
      Transform transform = Transforms.named(name);
      double[] first =
          Tensors.toDoubles(
              TestImages.apply(transform, single, TestImages.values(0.5, single), seeds));
      double[] second =
          Tensors.toDoubles(
              TestImages.apply(transform, twice, TestImages.values(0.5, twice), seeds));
      assertThat(first).containsExactly(second, within(1e-5));
    }
  }

  @Test
  void the_blend_is_the_ancestors() {
    Reference recorded = Reference.open("blend");
    try (TensorScope scope = TensorScope.open()) {
      for (String name : new String[] {"cifar8", "fashion4"}) {
        Tensor images = Reference.open("inputs").tensor(name);
        Tensor shares = recorded.tensor(name + "__param").view(-1, 1, 1, 1);
        Tensor blended = images.lerp(recorded.tensor(name + "__second"), shares);
        assertThat(Tensors.toDoubles(blended))
            .containsExactly(Tensors.toDoubles(recorded.tensor(name + "__out")), within(1e-6));
      }
    }
  }

  @Test
  void seeds_follow_from_draws_and_differ_for_neighbouring_ones() {
    double[] uniforms = RandomStream.seeded(1).doubles(100).toArray();
    long[] seeds = Seeds.ofUniforms(uniforms);
    assertThat(Seeds.ofUniforms(uniforms)).containsExactly(seeds);
    assertThat(Arrays.stream(seeds).distinct()).hasSize(100);
    long[] close = Seeds.ofUniforms(new double[] {0.5, Math.nextUp(0.5)});
    assertThat(Long.bitCount(close[0] ^ close[1])).isBetween(16, 48);
  }

  private static Tensor holes(String name, double side, int size) {
    Tensor images = Tensors.full(1, Tensors.of(new double[] {0}, 1), IMAGES, 1, size, size);
    Tensor cut =
        TestImages.apply(
            Transforms.named(name),
            images,
            TestImages.values(side, images),
            TestImages.seeds(1, images));
    return cut.neg().add(new Scalar(1));
  }

  private static double moment(double[] values, int power) {
    return Arrays.stream(values).map(v -> Math.pow(v, power)).average().orElseThrow();
  }

  private static double correlation(double[] values, int distance) {
    return IntStream.range(0, values.length - distance)
        .mapToDouble(i -> values[i] * values[i + distance])
        .average()
        .orElseThrow();
  }
}
