package io.github.smartaug.cli.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.Augmented;
import io.github.smartaug.augment.FrozenPolicy;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.PolicyFile;
import io.github.smartaug.cli.options.HiddenTransform;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HiddenShiftTest {
  private static final int IMAGES = 300;
  private static final int SIDE = 41;

  private final TensorScope scope = TensorScope.open();

  @AfterEach
  void close() {
    scope.close();
  }

  private static RandomStream random() {
    return RandomStream.of(7, "test");
  }

  /** Images with one grey spot of 3x3 pixels on black, {@code right} of the middle. */
  private static Tensor spots(int right) {
    double[] values = new double[IMAGES * SIDE * SIDE];
    for (int i = 0; i < IMAGES; i++) {
      for (int y = -1; y <= 1; y++) {
        for (int x = -1; x <= 1; x++) {
          values[(i * SIDE + SIDE / 2 + y) * SIDE + SIDE / 2 + right + x] = 0.5;
        }
      }
    }
    return Tensors.of(values, IMAGES, 1, SIDE, SIDE);
  }

  /** Where the spot went, right and down of the middle, [image]. */
  private static double[][] centres(LearnablePolicy policy, int right) {
    Tensor images = spots(right);
    double[] values =
        Tensors.toDoubles(policy.apply(images, policy.draw(IMAGES, random())).images());
    double[][] centres = new double[IMAGES][2];
    for (int i = 0; i < IMAGES; i++) {
      double sum = 0;
      for (int p = 0; p < SIDE * SIDE; p++) {
        double value = values[i * SIDE * SIDE + p];
        sum += value;
        centres[i][0] += value * (p % SIDE - SIDE / 2);
        centres[i][1] += value * (p / SIDE - SIDE / 2);
      }
      centres[i][0] /= sum;
      centres[i][1] /= sum;
    }
    return centres;
  }

  @Test
  void rotation_reaches_its_amount_both_ways_and_not_beyond_and_leaves_no_image_out() {
    HiddenShift shift = new HiddenShift(HiddenTransform.ROTATE, 30);
    double[] angles =
        Arrays.stream(centres(shift.hidden(), 15))
            .mapToDouble(c -> Math.toDegrees(Math.atan2(c[1], c[0])))
            .sorted()
            .toArray();
    assertThat(angles[0]).isBetween(-30.5, -28.0);
    assertThat(angles[IMAGES - 1]).isBetween(28.0, 30.5);
    assertThat(Arrays.stream(angles).map(Math::abs).average().orElseThrow())
        .isCloseTo(15, within(1.5));
  }

  @Test
  void translation_moves_along_both_axes_independently() {
    double[][] centres = centres(new HiddenShift(HiddenTransform.TRANSLATE, 4).hidden(), 0);

    double product = 0;
    for (int axis = 0; axis < 2; axis++) {
      int a = axis;
      double[] moves = Arrays.stream(centres).mapToDouble(c -> c[a]).sorted().toArray();
      assertThat(moves[0]).isBetween(-4.01, -3.7);
      assertThat(moves[IMAGES - 1]).isBetween(3.7, 4.01);
    }
    for (double[] centre : centres) {
      product += centre[0] * centre[1] / IMAGES;
    }
    // Uniform in both: the product has a deviation of 16/3, its mean one of 0.31.
    assertThat(product).isCloseTo(0, within(0.95));
  }

  @Test
  void a_flip_exchanges_left_and_right_of_half_of_the_images_exactly() {
    double[] right =
        Arrays.stream(centres(new HiddenShift(HiddenTransform.FLIP_LR, 0).hidden(), 10))
            .mapToDouble(c -> c[0])
            .toArray();
    assertThat(Arrays.stream(right).boxed())
        .allSatisfy(x -> assertThat(Math.abs(x)).isCloseTo(10, within(1e-5)));
    assertThat(Arrays.stream(right).filter(x -> x < 0).count()).isBetween(120L, 180L);
  }

  @Test
  void factors_of_brightness_are_around_one() {
    HiddenShift shift = new HiddenShift(HiddenTransform.BRIGHTNESS, 0.4);
    LearnablePolicy policy = shift.hidden();
    double[] halves = new double[IMAGES];
    Arrays.fill(halves, 0.5);
    double[] levels =
        Tensors.toDoubles(
            policy
                .apply(Tensors.of(halves, IMAGES, 1, 1, 1), policy.draw(IMAGES, random()))
                .images());
    assertThat(Arrays.stream(levels).min().orElseThrow()).isBetween(0.3 - 1e-6, 0.31);
    assertThat(Arrays.stream(levels).max().orElseThrow()).isBetween(0.69, 0.7 + 1e-6);
  }

  /** Read from its file, as training reads it: half of the images as they are, all of weight 1. */
  @ParameterizedTest
  @EnumSource(HiddenTransform.class)
  void the_oracle_changes_half_of_the_images_and_weighs_all_alike(HiddenTransform transform) {
    HiddenShift shift = new HiddenShift(transform, transform == HiddenTransform.ROTATE ? 30 : 1);
    String json = new PolicyFile(shift.oracle(), Map.of()).toJson();
    FrozenPolicy oracle = new FrozenPolicy(PolicyFile.parse(json, "oracle.json").policy());
    Tensor images = spots(8);

    Augmented augmented = oracle.apply(images, oracle.draw(IMAGES, random()));

    double[] before = Tensors.toDoubles(images);
    double[] after = Tensors.toDoubles(augmented.images());
    int pixels = SIDE * SIDE;
    long same =
        IntStream.range(0, IMAGES)
            .filter(
                i ->
                    Arrays.equals(
                        before, i * pixels, (i + 1) * pixels, after, i * pixels, (i + 1) * pixels))
            .count();
    if (transform == HiddenTransform.NONE) {
      assertThat(same).isEqualTo(IMAGES);
    } else if (transform != HiddenTransform.FLIP) {
      // The spot lies on the axis of the flip; all else shows.
      assertThat(same).isBetween(120L, 180L);
    }
    assertThat(Tensors.toDoubles(augmented.weights().values())).containsOnly(1.0);
    assertThat(oracle.learns()).isFalse();
  }
}
