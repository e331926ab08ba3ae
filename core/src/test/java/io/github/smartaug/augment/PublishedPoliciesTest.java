package io.github.smartaug.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.random.RandomStream;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformSets;
import io.github.smartaug.transform.ValueCoefficients;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies without learning draw the values that were published. */
class PublishedPoliciesTest {
  private static final int IMAGES = 40_000;

  /** M = 9 of 30 of torchvision's ranges. */
  @ParameterizedTest
  @CsvSource({
    "Rotate, -9, 9",
    "ShearX, -0.09, 0.09",
    "Brightness, 0.73, 1.27",
    "Posterize, 6.8, 6.8",
    "Solarize, 0.7, 0.7"
  })
  void randaugment_has_one_strength_with_a_random_sign(String name, double low, double high) {
    TransformSet set = TransformSets.named("randaugment");
    double[] values = values(set, new RandAugment(set, 2, RandAugment.USUAL_MAGNITUDE), name, 0.3);

    assertThat(Arrays.stream(values).boxed())
        .allMatch(value -> Math.abs(value - low) < 5e-8 || Math.abs(value - high) < 5e-8);
    if (low < high) {
      double share = Arrays.stream(values).filter(value -> value < (low + high) / 2).count();
      assertThat(share / values.length).isCloseTo(0.5, within(0.03));
    }
  }

  /** With 8 bits for none of them: 30 steps of a fifth of a bit below, cut to whole bits. */
  @Test
  void trivialaugment_keeps_eight_bits_in_one_of_31_strengths() {
    TransformSet set = TransformSets.named("trivialaugment-wide");
    double[] values = values(set, new TrivialAugment(set), "Posterize", 1);
    Map<Integer, Long> bits =
        Arrays.stream(values)
            .mapToObj(value -> (int) (float) value)
            .collect(Collectors.groupingBy(bit -> bit, Collectors.counting()));

    assertThat(bits.keySet()).containsExactlyInAnyOrder(2, 3, 4, 5, 6, 7, 8);
    assertThat((double) bits.get(8) / values.length).isCloseTo(1 / 31.0, within(0.012));
    assertThat((double) bits.get(5) / values.length).isCloseTo(5 / 31.0, within(0.025));
  }

  @Test
  void trivialaugment_has_31_strengths_in_both_directions() {
    TransformSet set = TransformSets.named("trivialaugment-wide");
    double[] values = values(set, new TrivialAugment(set), "Rotate", 1);
    double[] levels =
        Arrays.stream(values).map(v -> Math.round(v / 135 * 30)).distinct().sorted().toArray();

    assertThat(levels).containsExactly(IntStream.rangeClosed(-30, 30).asDoubleStream().toArray());
    assertThat(Arrays.stream(values).boxed())
        .allMatch(value -> Math.abs(value / 135 * 30 - Math.round(value / 135 * 30)) < 1e-7);
  }

  /** Holes and noise take their seeds from these numbers. */
  @Test
  void draws_of_the_same_strength_differ_from_image_to_image() {
    TransformSet set = TransformSets.named("everything");
    double[] uniforms = new RandAugment(set, 1, 1).draw(1000, RandomStream.seeded(1)).uniforms()[0];

    assertThat(Arrays.stream(uniforms).distinct().count()).isEqualTo(1000);
    assertThat(Arrays.stream(uniforms).boxed()).allMatch(u -> u >= 0 && u < 1);
  }

  /** The values of the images that got that transform. */
  private static double[] values(
      TransformSet set, TransformPolicy policy, String name, double magnitude) {
    int index = set.names().indexOf(name);
    NamedTransform named = set.transforms().get(index);
    ValueCoefficients coefficients = named.mapping().coefficients(32, 32);
    Draws draws = policy.draw(IMAGES, RandomStream.seeded(2));
    return IntStream.range(0, IMAGES)
        .filter(i -> draws.transforms()[0][i] == index)
        .mapToDouble(i -> coefficients.value(magnitude, draws.uniforms()[0][i]))
        .toArray();
  }
}
