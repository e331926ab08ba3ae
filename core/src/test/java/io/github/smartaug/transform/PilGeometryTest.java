package io.github.smartaug.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.Sampling.AffineChains;
import io.github.smartaug.transform.Sampling.Interpolation;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Transforms that move pixels, against PIL. Conventions agree but for three: PIL shears about the
 * corner of the image and we about the centre of its first pixel, half a pixel further; bilinear,
 * PIL repeats the outermost pixel for half a pixel where we fade to zero; nearest, PIL rounds
 * halves up and we to even.
 */
class PilGeometryTest {
  private static final Reference INPUTS = Reference.open("inputs");
  private static final Reference PIL = Reference.open("pil_geometry");

  @ParameterizedTest
  @CsvSource({
    "rotate,     rotate_degrees",
    "translateX, translate_pixels",
    "translateY, translate_pixels",
    "shearX,     shear_levels",
    "shearY,     shear_levels"
  })
  void bilinear_levels_are_within_one_of_pils_inside_the_image(String function, String values) {
    try (TensorScope scope = TensorScope.open()) {
      for (String images : List.of("cifar8", "fashion4")) {
        double[] all = Tensors.toDoubles(PIL.tensor(values, ScalarType.Double));
        for (int v = 0; v < all.length; v++) {
          Tensor inside = sources(function, all[v], images);
          Tensor difference =
              difference(function, Interpolation.BILINEAR, images, all[v], v).mul(inside);
          // PIL's fixed-point weights and truncation cost up to one level, and rounding a little.
          assertThat(Tensors.item(difference.max())).isLessThanOrEqualTo(1.02);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rotate,     rotate_degrees,   0.003",
    "translateX, translate_pixels, 0",
    "translateY, translate_pixels, 0"
  })
  void nearest_levels_are_pils_unless_two_pixels_are_equally_near(
      String function, String values, double share) {
    try (TensorScope scope = TensorScope.open()) {
      for (String images : List.of("cifar8", "fashion4")) {
        double[] all = Tensors.toDoubles(PIL.tensor(values, ScalarType.Double));
        for (int v = 0; v < all.length; v++) {
          if (all[v] % 1 != -0.5 || function.equals("rotate")) {
            Tensor difference = difference(function, Interpolation.NEAREST, images, all[v], v);
            double differing =
                Tensors.item(difference.gt(new Scalar(0.5)).to(ScalarType.Double).mean());
            assertThat(differing).as("%s by %s", function, all[v]).isLessThanOrEqualTo(share);
          }
        }
      }
    }
  }

  private static Tensor difference(
      String function, Interpolation interpolation, String images, double value, int index) {
    Tensor expected =
        PIL.tensor(
                images + "__" + function + "_" + interpolation.name().toLowerCase(Locale.ROOT),
                ScalarType.Double)
            .select(0, index);
    return moved(function, value, pixels(images), Sampling.DEFAULT.with(interpolation))
        .mul(new Scalar(255))
        .sub(expected)
        .abs();
  }

  /** The first image, exactly at its levels. */
  private static Tensor pixels(String images) {
    return INPUTS
        .tensor(images, ScalarType.Double)
        .narrow(0, 0, 1)
        .mul(new Scalar(255))
        .round()
        .div(new Scalar(255));
  }

  /** 1 where all that is read lies in the image, 0 where it is at the border. */
  private static Tensor sources(String function, double value, String images) {
    Tensor white = torch.ones_like(pixels(images));
    Tensor read = moved(function, value, white, Sampling.DEFAULT);
    return read.gt(new Scalar(1 - 1e-9)).to(ScalarType.Double);
  }

  private static Tensor moved(String function, double value, Tensor images, Sampling sampling) {
    String axis = function.endsWith("Y") ? "y" : "x";
    return switch (function) {
      case "rotate" -> apply(images, sampling, List.of("rotate"), value);
      case "translateX", "translateY" ->
          apply(images, sampling, List.of("translate-" + axis), -value);
      default ->
          apply(
              images,
              sampling.with(AffineChains.COMPOSED),
              List.of("shear-" + axis, "translate-" + axis),
              -value,
              -value / 2);
    };
  }

  private static Tensor apply(
      Tensor images, Sampling sampling, List<String> names, double... values) {
    TransformSet set =
        new TransformSet(
                "test",
                IntStream.range(0, values.length)
                    .mapToObj(
                        t ->
                            new NamedTransform(
                                names.get(t),
                                Transforms.named(names.get(t)),
                                MagnitudeRange.direct(values[t], values[t])))
                    .toList())
            .withSampling(sampling);
    int[][] chosen = new int[values.length][];
    for (int n = 0; n < chosen.length; n++) {
      chosen[n] = new int[] {n};
    }
    return new TransformStage(set)
        .apply(images, chosen, new double[chosen.length][1], Tensors.full(1, images, set.size()));
  }
}
