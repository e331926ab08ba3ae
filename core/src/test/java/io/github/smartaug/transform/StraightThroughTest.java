package io.github.smartaug.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StraightThroughTest {
  private static final int COPIES = 8;
  private static final int STEPS = 15;
  private static final double STEP = 0.02;

  static List<String> straightThrough() {
    return Transforms.names().stream()
        .filter(name -> Transforms.named(name).gradientKind() == GradientKind.STRAIGHT_THROUGH)
        .toList();
  }

  @Test
  void these_learn_through_an_estimate() {
    assertThat(straightThrough())
        .containsExactly("posterize", "solarize", "cutout", "crop", "erase");
  }

  @ParameterizedTest
  @MethodSource("straightThrough")
  void descending_the_distance_from_the_clean_images_weakens_a_transform(String name) {
    assertThat(learnedMagnitude(name, -1)).isLessThan(0.5 - 0.8 * STEPS * STEP);
  }

  @ParameterizedTest
  @MethodSource("straightThrough")
  void ascending_the_distance_from_the_clean_images_strengthens_a_transform(String name) {
    assertThat(learnedMagnitude(name, 1)).isGreaterThan(0.5 + 0.8 * STEPS * STEP);
  }

  /** The magnitude, 0.5 at first, after steps of equal length with or against the gradient. */
  private static double learnedMagnitude(String name, int sign) {
    Transform transform = Transforms.named(name);
    ValueRange allowed = transform.allowedValues();
    MagnitudeRange range =
        Double.isFinite(allowed.max())
            ? MagnitudeRange.inverse(allowed.min(), allowed.max())
            : MagnitudeRange.direct(0, 12);
    TransformStage stage =
        new TransformStage(
            new TransformSet("one", List.of(new NamedTransform(name, transform, range))));
    double magnitude = 0.5;
    for (int step = 0; step < STEPS; step++) {
      magnitude += sign * STEP * Math.signum(slopeOfDistance(stage, magnitude, step));
    }
    return magnitude;
  }

  private static double slopeOfDistance(TransformStage stage, double magnitude, int step) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = Reference.open("inputs").tensor("cifar8").repeat(COPIES, 1, 1, 1);
      int batch = (int) images.size(0);
      Tensor learned = Tensors.full(magnitude, images, 1).set_requires_grad(true);
      double[] uniforms = RandomStream.seeded(step).doubles(batch).toArray();
      Tensor distance =
          stage.apply(images, new int[batch], uniforms, learned).sub(images).square().mean();
      return Tensors.item(Tensors.gradients(distance, NamedTensors.of("m", learned)).get("m"));
    }
  }

  @Test
  void the_threshold_of_solarize_descends_to_the_one_that_made_the_images() {
    try (TensorScope scope = TensorScope.open()) {
      Transform solarize = Transforms.named("solarize");
      Tensor images = Reference.open("inputs").tensor("cifar8");
      Tensor target = solarize.apply(images, TestImages.values(0.3, images));
      double threshold = 0.6;
      for (int step = 0; step < 60; step++) {
        Tensor learned = TestImages.values(threshold, images).set_requires_grad(true);
        Tensor distance = solarize.apply(images, learned).sub(target).square().mean();
        Tensor slope = Tensors.gradients(distance, NamedTensors.of("t", learned)).get("t");
        threshold -= 0.01 * Math.signum(Tensors.item(slope.sum()));
      }
      assertThat(threshold).isCloseTo(0.3, within(0.05));
    }
  }

  @Test
  void the_slope_of_posterize_is_what_the_next_bit_brings() {
    try (TensorScope scope = TensorScope.open()) {
      Transform posterize = Transforms.named("posterize");
      Tensor images = TestImages.levels(1, ScalarType.Double, 1, 3, 5, 7);
      for (double bits : new double[] {0.3, 2, 4.7, 7.5, 8}) {
        Tensor value = TestImages.values(bits, images).set_requires_grad(true);
        Tensor result = posterize.apply(images, value);
        Tensor slope = Tensors.gradients(result.sum(), NamedTensors.of("v", value)).get("v");
        Tensor coarse = posterize.apply(images, TestImages.values(Math.floor(bits), images));
        Tensor fine =
            posterize.apply(images, TestImages.values(Math.min(8, Math.floor(bits) + 1), images));
        assertThat(Tensors.item(slope.sum()))
            .isCloseTo(Tensors.item(fine.sub(coarse).sum()), within(1e-9));
      }
    }
  }

  @Test
  void posterize_and_equalize_pass_gradients_to_the_images_unchanged() {
    try (TensorScope scope = TensorScope.open()) {
      for (String name : List.of("posterize", "equalize")) {
        Tensor images =
            TestImages.levels(1, ScalarType.Double, 2, 3, 20, 20).set_requires_grad(true);
        Tensor cotangent = TestImages.random(2, ScalarType.Double, 2, 3, 20, 20);
        Tensor pulled =
            Transforms.named(name).apply(images, TestImages.values(3, images)).mul(cotangent).sum();
        Tensor gradient = Tensors.gradients(pulled, NamedTensors.of("x", images)).get("x");
        assertThat(Tensors.toDoubles(gradient)).containsExactly(Tensors.toDoubles(cotangent));
      }
    }
  }

  @Test
  void without_it_such_transforms_are_not_learnable_and_the_set_is_written_as_before() {
    TransformSet set = TransformSets.named("inverse-scale-wide-cutout");
    TransformSet without = set.withoutStraightThrough();
    assertThat(namesOfLearnable(set)).contains("Posterize", "Solarize", "CutOut");
    assertThat(namesOfLearnable(without))
        .isEqualTo(
            namesOfLearnable(set).stream()
                .filter(name -> !List.of("Posterize", "Solarize", "CutOut").contains(name))
                .toList());
    assertThat(without.toJson()).isEqualTo(set.toJson());
  }

  private static List<String> namesOfLearnable(TransformSet set) {
    return set.transforms().stream()
        .filter(NamedTransform::learnable)
        .map(NamedTransform::name)
        .toList();
  }

  @Test
  void hard_and_soft_cutout_have_the_same_derivative_by_the_size() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = TestImages.random(1, ScalarType.Double, 3, 1, 9, 9);
      double[] hard = slope("cutout", images);
      double[] soft = slope("soft-cutout", images);
      assertThat(hard).containsExactly(soft, within(1e-12));
      assertThat(Arrays.stream(hard).map(Math::abs).sum()).isGreaterThan(0.1);
    }
  }

  private static double[] slope(String name, Tensor images) {
    Tensor values = TestImages.values(4.3, images).set_requires_grad(true);
    Tensor sum =
        TestImages.apply(Transforms.named(name), images, values, new long[] {1, 2, 3}).sum();
    return Tensors.toDoubles(Tensors.gradients(sum, NamedTensors.of("v", values)).get("v"));
  }
}
