package io.github.smartaug.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HypergradientEstimatorsTest {
  private static final Map<String, HypergradientEstimator> TEXTS =
      Map.of(
          "unrolled", new Unrolled(),
          "checkpointed", new Checkpointed(),
          "trial:12", new Trial(12),
          "probe:6", new PairedProbe(6),
          "truncated:3", new Truncated(3),
          "forward", new Forward(),
          "finite-difference", new FiniteDifference(),
          "neumann:5", new Neumann(5),
          "cg:12", new ConjugateGradient(12));

  /** An estimator whose number may be left out. */
  private record Recent() implements EstimatorType {
    @Override
    public String name() {
      return "recent";
    }

    @Override
    public String description() {
      return "the last steps";
    }

    @Override
    public ArgumentUse argument() {
      return ArgumentUse.OPTIONAL;
    }

    @Override
    public HypergradientEstimator create(OptionalInt argument) {
      return new Truncated(argument.orElse(7));
    }
  }

  @Test
  void every_text_stands_for_its_estimator_and_every_name_has_one() {
    TEXTS.forEach(
        (text, estimator) ->
            assertThat(HypergradientEstimators.parse(text)).as(text).isEqualTo(estimator));
    assertThat(TEXTS.keySet())
        .extracting(text -> text.replaceFirst(":.*", ""))
        .containsExactlyInAnyOrderElementsOf(HypergradientEstimators.names());
  }

  @Test
  void every_estimator_has_its_text_again() {
    TEXTS.forEach(
        (text, estimator) ->
            assertThat(HypergradientEstimators.textOf(estimator)).as(text).contains(text));
    assertThat(HypergradientEstimators.textOf(new ConjugateGradient(3, 0.5)))
        .as("damping has no place in the text")
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Unrolled",
        "unrolled:1",
        "truncated",
        "truncated:",
        "truncated:0",
        "truncated:-1",
        "truncated:1.5",
        "neumann:x",
        "cg:10000",
        "cg:9999999999",
        "cg:1:2",
        ":3"
      })
  void another_text_is_refused_with_what_is_allowed(String text) {
    assertThat(HypergradientEstimators.find(text)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HypergradientEstimators.parse(text))
        .withMessage(
            "hypergradient estimator: \"%s\", allowed: unrolled, checkpointed, trial[:J], probe[:J],"
                + " truncated:J, forward, finite-difference, neumann:J, cg:J (J a whole number from"
                + " 1 to 9999)",
            text);
  }

  @Test
  void the_number_of_a_probe_or_a_trial_may_be_left_out() {
    assertThat(HypergradientEstimators.parse("probe"))
        .isEqualTo(new PairedProbe(PairedProbe.DEFAULT_IMAGES));
    assertThat(HypergradientEstimators.parse("trial")).isEqualTo(new Trial(Trial.DEFAULT_IMAGES));
  }

  @Test
  void a_registered_estimator_may_leave_its_number_open() {
    HypergradientEstimators.register(new Recent());
    try {
      assertThat(HypergradientEstimators.parse("recent")).isEqualTo(new Truncated(7));
      assertThat(HypergradientEstimators.parse("recent:2")).isEqualTo(new Truncated(2));
      assertThat(HypergradientEstimators.allowedTexts()).contains("cg:J, recent[:J] (");
    } finally {
      HypergradientEstimators.unregister("recent");
    }
    assertThat(HypergradientEstimators.find("recent")).isEqualTo(Optional.empty());
  }
}
