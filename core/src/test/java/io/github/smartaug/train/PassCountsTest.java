package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.NoAugmentation;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.ProbabilityGradient;
import io.github.smartaug.augment.RandAugment;
import io.github.smartaug.meta.Checkpointed;
import io.github.smartaug.meta.ConjugateGradient;
import io.github.smartaug.meta.FiniteDifference;
import io.github.smartaug.meta.Forward;
import io.github.smartaug.meta.HypergradientEstimator;
import io.github.smartaug.meta.Neumann;
import io.github.smartaug.meta.PairedProbe;
import io.github.smartaug.meta.Trial;
import io.github.smartaug.meta.Truncated;
import io.github.smartaug.meta.Unrolled;
import io.github.smartaug.train.PassCounts.PassKind;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformSets;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Of two epochs of three batches of four images; six images each to validate and to test. */
class PassCountsTest {
  private static final TransformSet SET = TransformSets.named("base");
  private static final double EVALUATED = 2 * 12;

  private static PassCounts counts(Augmenter augmenter, MetaOptions meta) {
    return PassCounts.of(
        SmallRun.options(2, 1).toBuilder().meta(meta).build(), augmenter, SmallRun.data(), 4);
  }

  private static MetaOptions meta(int innerSteps, HypergradientEstimator estimator) {
    return MetaOptions.defaults(innerSteps).toBuilder().estimator(estimator).build();
  }

  private static IndependentPolicy policy() {
    return IndependentPolicy.initial(
        SET,
        PolicyOptions.learned(1).toBuilder()
            .probabilityGradient(ProbabilityGradient.SCORE_FUNCTION)
            .build());
  }

  @Test
  void plain_training_sees_each_image_once_and_random_augmentation_twice() {
    MetaOptions meta = MetaOptions.defaults(1);

    assertThat(counts(new NoAugmentation(), meta).images())
        .isEqualTo(Map.of(PassKind.GRADIENT, 24.0, PassKind.EVALUATION, EVALUATED));
    assertThat(counts(new RandAugment(SET, 1, 0.5), meta).images())
        .isEqualTo(Map.of(PassKind.GRADIENT, 48.0, PassKind.EVALUATION, EVALUATED));
  }

  /**
   * Two cycles of two and one steps an epoch; magnitudes that are learned are tried at two, and
   * four of these again, on four images.
   */
  @Test
  void trials_are_gradients() {
    long learned = IntStream.range(0, SET.size()).filter(SET::learnable).count();
    double alternatives = SET.size() + learned;

    assertThat(counts(policy(), meta(2, new Trial(3))).images())
        .isEqualTo(
            Map.of(
                PassKind.GRADIENT,
                48.0 + 4 * 3 * (1 + alternatives) + 4 * 4 * (1 + 4),
                PassKind.VALIDATION,
                4.0 * 4,
                PassKind.EVALUATION,
                EVALUATED));
  }

  @Test
  void a_probe_has_every_image_with_every_transform() {
    assertThat(counts(policy(), meta(2, new PairedProbe(3))).images())
        .containsEntry(PassKind.GRADIENT, 48.0)
        .containsEntry(PassKind.SECOND_DERIVATIVE, 4.0 * 3 * (1 + SET.size()));
  }

  static Stream<Arguments> secondDerivatives() {
    return Stream.of(
        Arguments.of(new Unrolled(), 2),
        Arguments.of(new Checkpointed(), 2),
        Arguments.of(new Truncated(1), 1),
        Arguments.of(new Truncated(5), 2),
        Arguments.of(new Forward(), 1),
        Arguments.of(new Neumann(5), 6),
        Arguments.of(new ConjugateGradient(4), 5));
  }

  @ParameterizedTest
  @MethodSource("secondDerivatives")
  void other_estimators_differentiate_whole_steps(HypergradientEstimator estimator, int steps) {
    assertThat(counts(policy(), meta(2, estimator)).images())
        .containsEntry(PassKind.SECOND_DERIVATIVE, 4.0 * steps * 8);
  }

  @Test
  void differences_need_no_second_derivatives() {
    assertThat(counts(policy(), meta(2, new FiniteDifference())).images())
        .doesNotContainKey(PassKind.SECOND_DERIVATIVE);
  }

  @Test
  void they_are_written_as_shares_of_the_time() {
    PassCounts counts =
        new PassCounts(
            Map.of(
                PassKind.GRADIENT,
                70.0,
                PassKind.SECOND_DERIVATIVE,
                10.0,
                PassKind.EVALUATION,
                1.0));

    assertThat(counts).hasToString("gradients 75 %, second derivatives 25 %");
    assertThat(new PassCounts(Map.of(PassKind.GRADIENT, 1.0))).hasToString("gradients");
    assertThat(counts.inGradients()).isEqualTo((210 + 70 + 1) / 3.0);
    assertThat(counts.measuredInGradients()).isEqualTo(10 / 3.0);
  }
}
