package io.github.smartaug.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.meta.Checkpointed;
import io.github.smartaug.meta.ConjugateGradient;
import io.github.smartaug.meta.FiniteDifference;
import io.github.smartaug.meta.Forward;
import io.github.smartaug.meta.HypergradientEstimator;
import io.github.smartaug.meta.Neumann;
import io.github.smartaug.meta.Truncated;
import io.github.smartaug.meta.Unrolled;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HypergradientTest {
  @Test
  void every_word_stands_for_its_estimator() {
    Map<String, HypergradientEstimator> expected =
        Map.of(
            "unrolled", new Unrolled(),
            "checkpointed", new Checkpointed(),
            "truncated:3", new Truncated(3),
            "forward", new Forward(),
            "finite-difference", new FiniteDifference(),
            "neumann:5", new Neumann(5),
            "cg:12", new ConjugateGradient(12));

    expected.forEach(
        (text, estimator) ->
            assertThat(Hypergradient.parse(text).orElseThrow().estimator())
                .as(text)
                .isEqualTo(estimator));
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
        "cg:9999999999",
        "cg:1:2",
        ":3"
      })
  void anything_else_is_none(String text) {
    assertThat(Hypergradient.parse(text)).isEmpty();
  }
}
