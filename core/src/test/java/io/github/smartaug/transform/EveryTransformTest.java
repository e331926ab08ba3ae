package io.github.smartaug.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for all transforms: a new one is tested by its row in the table. */
class EveryTransformTest {
  /** Those that turn pixels into levels, and so have no true derivative by the images. */
  private static final Set<String> QUANTIZING = Set.of("posterize", "equalize");

  private static final List<long[]> SHAPES =
      List.of(
          new long[] {2, 3, 6, 6},
          new long[] {2, 3, 5, 8},
          new long[] {2, 1, 6, 6},
          new long[] {2, 1, 7, 4});

  private static final double STEP = 1e-6;

  static List<String> names() {
    return Transforms.names();
  }

  static Stream<Arguments> namesAndShapes() {
    return names().stream()
        .flatMap(name -> SHAPES.stream().map(shape -> Arguments.of(name, shape)));
  }

  @ParameterizedTest
  @MethodSource("namesAndShapes")
  void derivatives_by_the_images_are_those_of_finite_differences(String name, long[] shape) {
    if (QUANTIZING.contains(name)) {
      return;
    }
    try (TensorScope scope = TensorScope.open()) {
      Case it = new Case(name, shape);
      Tensor gradient = it.gradients().get("images");
      for (int d = 0; d < 3; d++) {
        Tensor direction = TestImages.random(50 + d, ScalarType.Double, shape);
        double along = Tensors.item(gradient.mul(direction).sum());
        double difference =
            centralDifference(h -> it.pulled(it.images.add(direction, new Scalar(h)), it.values));
        assertThat(along).isCloseTo(difference, within(1e-7 * (1 + Math.abs(difference))));
      }
    }
  }

  static Stream<Arguments> exactByValue() {
    return namesAndShapes()
        .filter(
            row -> {
              Transform transform = Transforms.named((String) row.get()[0]);
              return transform.usesValue() && transform.gradientKind() == GradientKind.EXACT;
            });
  }

  @ParameterizedTest
  @MethodSource("exactByValue")
  void derivatives_by_the_values_are_those_of_finite_differences(String name, long[] shape) {
    try (TensorScope scope = TensorScope.open()) {
      Case it = new Case(name, shape);
      double[] gradient = Tensors.toDoubles(it.gradients().get("values"));
      for (int image = 0; image < gradient.length; image++) {
        double[] direction = new double[gradient.length];
        direction[image] = 1;
        Tensor along = Tensors.constant(direction, it.values, direction.length);
        double difference =
            centralDifference(h -> it.pulled(it.images, it.values.add(along, new Scalar(h))));
        assertThat(gradient[image])
            .isCloseTo(difference, within(1e-7 * (1 + Math.abs(difference))));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void without_straight_through_what_has_no_true_derivative_has_none(String name) {
    Transform plain = Transforms.named(name).withoutStraightThrough();
    assertThat(plain.gradientKind()).isNotEqualTo(GradientKind.STRAIGHT_THROUGH);
    try (TensorScope scope = TensorScope.open()) {
      Case it = new Case(Transforms.named(name), SHAPES.get(0));
      Case without = new Case(plain, SHAPES.get(0));
      assertThat(Tensors.toDoubles(without.result()))
          .containsExactly(Tensors.toDoubles(it.result()));
      if (plain.usesValue() && plain.gradientKind() == GradientKind.NONE) {
        assertThat(Tensors.toDoubles(without.gradients().get("values"))).containsOnly(0);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_transform_changes_something_but_not_its_input(String name) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = TestImages.random(1, ScalarType.Float, 2, 3, 20, 20);
      double[] before = Tensors.toDoubles(images);
      Transform transform = Transforms.named(name);
      Tensor values = TestImages.values(valueOf(transform, 1), images);
      Tensor result = TestImages.apply(transform, images, values, new long[] {1, 2});
      assertThat(Tensors.toDoubles(images)).containsExactly(before);
      assertThat(result.shape()).containsExactly(images.shape());
      if (!name.equals("identity")) {
        assertThat(Tensors.toDoubles(result)).isNotEqualTo(before);
      }
    }
  }

  /** Said in advance and found out: both must agree. */
  @ParameterizedTest
  @MethodSource("names")
  void a_transform_says_whether_it_changes_grey_images(String name) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor grey = TestImages.random(1, ScalarType.Float, 2, 1, 20, 20);
      Transform transform = Transforms.named(name);
      Tensor values = TestImages.values(valueOf(transform, 1), grey);
      Tensor result = TestImages.apply(transform, grey, values, new long[] {1, 2});
      double change = Tensors.item(result.sub(grey).abs().max());
      assertThat(change > 1e-6).isEqualTo(transform.changesGrey() && !name.equals("identity"));
      assertThat(new CheckedTransform(transform).changesGrey()).isEqualTo(transform.changesGrey());
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void images_of_one_pixel_and_batches_of_none_are_transformed(String name) {
    try (TensorScope scope = TensorScope.open()) {
      Transform transform = Transforms.named(name);
      Tensor pixel = TestImages.random(1, ScalarType.Float, 2, 3, 1, 1);
      Tensor values = TestImages.values(valueOf(transform, 0), pixel);
      Tensor result = TestImages.apply(transform, pixel, values, new long[] {1, 2});
      assertThat(result.shape()).containsExactly(2, 3, 1, 1);
      assertThat(Arrays.stream(Tensors.toDoubles(result))).allMatch(v -> v >= 0 && v <= 1);
      Tensor none = pixel.narrow(0, 0, 0);
      assertThat(TestImages.apply(transform, none, values.narrow(0, 0, 0), new long[0]).shape())
          .containsExactly(0, 3, 1, 1);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void wrong_images_are_refused(String name) {
    Transform transform = Transforms.named(name);
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = TestImages.random(1, ScalarType.Float, 2, 3, 4, 4);
      refuses(transform, images.to(ScalarType.Half), "images are of type Half, allowed: Float or");
      refuses(transform, images.to(ScalarType.Byte), "images are of type Byte, allowed: Float or");
      refuses(transform, images.select(0, 0), "images of shape [3, 4, 4], expected [B,C,H,W]");
      refuses(transform, images.narrow(2, 0, 0), "images of shape [2, 3, 0, 4] have no pixels");
    }
  }

  private static void refuses(Transform transform, Tensor images, String message) {
    Tensor values = Tensors.full(1, images, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestImages.apply(transform, images, values, new long[2]))
        .withMessageStartingWith(message);
  }

  static List<String> namesWithAValue() {
    return names().stream().filter(name -> Transforms.named(name).usesValue()).toList();
  }

  @ParameterizedTest
  @MethodSource("namesWithAValue")
  void wrong_numbers_of_values_and_other_types_are_refused(String name) {
    Transform transform = Transforms.named(name);
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = TestImages.random(1, ScalarType.Float, 2, 3, 4, 4);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> transform.apply(images, Tensors.full(1, images, 3)))
          .withMessage("values of shape [3] for 2 images, expected one each: [2]");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> transform.apply(images, Tensors.full(1, images.to(ScalarType.Double), 2)))
          .withMessage("values are Double and images Float, expected the same type");
    }
  }

  private static double centralDifference(ToDoubleFunction<Double> of) {
    return (of.applyAsDouble(STEP) - of.applyAsDouble(-STEP)) / (2 * STEP);
  }

  /** A value in general position: allowed, and on no kink. */
  private static double valueOf(Transform transform, int image) {
    return TestImages.allowedValue(transform, image == 0 ? 0.37 : 0.83);
  }

  /** A transform at one point, in float64, with a cotangent that makes it a number. */
  private static final class Case {
    private final Transform transform;
    private final Tensor images;
    private final Tensor values;
    private final Tensor cotangent;
    private final long[] seeds = {11, 12};

    Case(String name, long[] shape) {
      this(Transforms.named(name), shape);
    }

    Case(Transform transform, long[] shape) {
      this.transform = transform;
      this.images = TestImages.random(1, ScalarType.Double, shape);
      this.values = Tensors.of(new double[] {valueOf(transform, 0), valueOf(transform, 1)}, 2);
      this.cotangent = TestImages.random(2, ScalarType.Double, shape).sub(new Scalar(0.5));
    }

    Tensor result() {
      return TestImages.apply(transform, images, values, seeds);
    }

    double pulled(Tensor images, Tensor values) {
      try (TensorScope scope = TensorScope.open()) {
        return Tensors.item(
            TestImages.apply(transform, images, values, seeds).mul(cotangent).sum());
      }
    }

    NamedTensors gradients() {
      NamedTensors leaves =
          NamedTensors.of("images", images).with(NamedTensors.of("values", values)).asLeaves();
      Tensor result =
          TestImages.apply(transform, leaves.get("images"), leaves.get("values"), seeds);
      // Added so that there is a graph where the transform has none.
      Tensor pulled =
          result.mul(cotangent).sum().add(leaves.get("images").sum().mul(new Scalar(0)));
      return Tensors.gradients(pulled, leaves);
    }
  }
}
