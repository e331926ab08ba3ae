package io.github.smartaug.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.optim.DifferentiableAdam;
import io.github.smartaug.optim.DifferentiableAdamW;
import io.github.smartaug.optim.DifferentiableNAdam;
import io.github.smartaug.optim.DifferentiableOptimizer;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.Hyperparameter;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.ParameterGroups;
import io.github.smartaug.optim.WeightDecay;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Implicit differentiation against the closed form of ridge regression. */
class ImplicitEstimatorsTest {
  private static final int STEPS_TO_CONVERGENCE = 300;
  private static final InnerStep STEP = new InnerStep(new DifferentiableSgd(), Optional.empty());
  private static final Hyperparameters HYPERPARAMETERS =
      new DifferentiableSgd().defaults().with(Hyperparameters.LEARNING_RATE, 0.2);

  private final RidgeRegression ridge = new RidgeRegression();

  static Stream<HypergradientEstimator> converged() {
    return Stream.of(new Neumann(200), new ConjugateGradient(RidgeRegression.FEATURES, 0));
  }

  @ParameterizedTest
  @MethodSource("converged")
  void the_hypergradient_converges_to_the_closed_form(HypergradientEstimator estimator) {
    double expected = ridge.hypergradient();

    double actual = hypergradient(estimator, ridge.penalized(), meta -> HYPERPARAMETERS);

    assertThat(Math.abs(expected)).isGreaterThan(0.01);
    assertThat(actual).isCloseTo(expected, within(1e-6 * Math.abs(expected)));
  }

  @ParameterizedTest
  @MethodSource("converged")
  void a_learned_weight_decay_gets_the_same_hypergradient(HypergradientEstimator estimator) {
    double expected = ridge.hypergradient();

    double actual =
        hypergradient(
            estimator, ridge.unpenalized(), ImplicitEstimatorsTest::withLearnedWeightDecay);

    assertThat(actual).isCloseTo(expected, within(1e-6 * Math.abs(expected)));
  }

  private static Hyperparameters withLearnedWeightDecay(NamedTensors meta) {
    return HYPERPARAMETERS.with(
        Hyperparameters.WEIGHT_DECAY,
        Hyperparameter.learned(meta.get(Hyperparameters.WEIGHT_DECAY)));
  }

  /** It was that of the general value, zero here. */
  @ParameterizedTest
  @MethodSource("converged")
  void a_parameter_group_has_its_own_weight_decay(HypergradientEstimator estimator) {
    ParameterGroups groups =
        new ParameterGroups(
            new DifferentiableSgd(),
            List.of(
                new ParameterGroups.Group(
                    "weights",
                    (name, value) -> name.equals("theta"),
                    Map.of(Hyperparameters.WEIGHT_DECAY, 0.1))));
    InnerStep step = new InnerStep(groups, Optional.empty());
    HyperparameterSource source =
        meta ->
            groups
                .defaults()
                .with(Hyperparameters.LEARNING_RATE, 0.2)
                .with(
                    "weights/weight_decay",
                    Hyperparameter.learned(meta.get(Hyperparameters.WEIGHT_DECAY)));

    double actual = hypergradient(estimator, step, ridge.unpenalized(), source);

    double expected = ridge.hypergradient();
    assertThat(actual).isCloseTo(expected, within(1e-6 * Math.abs(expected)));
  }

  /**
   * With an epsilon far above the gradients, Adam is SGD at a hundredth of its learning rate, and
   * decoupled decay a hundred times as strong in the gradient's unit: here that of the ridge.
   */
  @ParameterizedTest
  @ValueSource(strings = {"adamw", "nadam"})
  void decoupled_weight_decay_agrees_with_long_unrolling(String name) {
    DifferentiableOptimizer rule =
        switch (name) {
          case "adamw" -> new DifferentiableAdamW(new DifferentiableAdam(100));
          case "nadam" -> new DifferentiableNAdam(100, 4e-3, WeightDecay.DECOUPLED);
          default -> throw new IllegalArgumentException(name);
        };
    InnerStep step = new InnerStep(rule, Optional.empty());
    HyperparameterSource source =
        meta ->
            rule.defaults()
                .with(Hyperparameters.LEARNING_RATE, 15)
                .with(Hyperparameters.BETA2, 0.5)
                .with(
                    Hyperparameters.WEIGHT_DECAY,
                    Hyperparameter.learned(
                        meta.get(Hyperparameters.WEIGHT_DECAY).mul(new Scalar(0.01))));

    double unrolled = hypergradient(new Unrolled(), step, ridge.unpenalized(), source);
    double implicit =
        hypergradient(
            new ConjugateGradient(RidgeRegression.FEATURES, 0), step, ridge.unpenalized(), source);

    assertThat(Math.abs(unrolled)).isGreaterThan(0.01);
    assertThat(implicit).isCloseTo(unrolled, within(0.02 * Math.abs(unrolled)));
  }

  @Test
  void more_terms_of_the_series_come_nearer() {
    double expected = ridge.hypergradient();

    double few = hypergradient(new Neumann(1), ridge.penalized(), meta -> HYPERPARAMETERS);
    double more = hypergradient(new Neumann(5), ridge.penalized(), meta -> HYPERPARAMETERS);

    assertThat(Math.abs(few - expected)).isGreaterThan(Math.abs(more - expected));
    assertThat(Math.abs(more - expected)).isGreaterThan(1e-6);
  }

  @Test
  void damping_shrinks_the_hypergradient() {
    HypergradientEstimator damped = new ConjugateGradient(RidgeRegression.FEATURES, 1);

    double actual = hypergradient(damped, ridge.penalized(), meta -> HYPERPARAMETERS);

    assertThat(Math.abs(actual)).isLessThan(Math.abs(ridge.hypergradient()));
  }

  @Test
  void surplus_iterations_of_conjugate_gradients_do_no_harm() {
    HypergradientEstimator surplus = new ConjugateGradient(50, 0);

    double actual = hypergradient(surplus, ridge.penalized(), meta -> HYPERPARAMETERS);

    assertThat(actual).isCloseTo(ridge.hypergradient(), within(1e-9));
  }

  private double hypergradient(
      HypergradientEstimator estimator, InnerObjective objective, HyperparameterSource source) {
    return hypergradient(estimator, STEP, objective, source);
  }

  private double hypergradient(
      HypergradientEstimator estimator,
      InnerStep step,
      InnerObjective objective,
      HyperparameterSource source) {
    try (TensorScope scope = TensorScope.open();
        Trajectory trajectory =
            estimator.start(step, ridge.start(), ridge.lambda, STEPS_TO_CONVERGENCE)) {
      for (int t = 0; t < STEPS_TO_CONVERGENCE; t++) {
        trajectory.step(objective, source);
      }
      NamedTensors gradient = trajectory.hypergradient(ridge.outer()).gradient();
      return Tensors.item(gradient.get(Hyperparameters.WEIGHT_DECAY));
    }
  }
}
