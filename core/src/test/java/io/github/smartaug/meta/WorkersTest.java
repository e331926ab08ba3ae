package io.github.smartaug.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two workers, each on half of every batch, against one worker on the whole, in float64. */
class WorkersTest {
  private static final int WORKERS = 2;

  private static final String SCALE = "hypergradient scale";

  /** Active, and so not the same for the mean of gradients as for each. */
  private static final InnerStep STEP =
      new InnerStep(new DifferentiableSgd(), Optional.of(new GradientClipping(0.2)));

  private final SmoothProblem problem = new SmoothProblem();

  static Stream<Arguments> cases() {
    return Stream.of(
            new Unrolled(),
            new Checkpointed(),
            new Truncated(2),
            new Forward(),
            new FiniteDifference(),
            new Neumann(2),
            new ConjugateGradient(2))
        .flatMap(estimator -> Stream.of(1, 3).map(steps -> Arguments.of(estimator, steps)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void halves_of_a_batch_go_the_way_of_the_whole(HypergradientEstimator estimator, int steps)
      throws Exception {
    Map<String, double[]> whole = run(STEP, estimator, steps, problem::inner, problem.outer());

    List<Map<String, double[]>> halves =
        new SimulatedWorkers(WORKERS)
            .run(
                worker ->
                    run(
                        STEP.withWorkers(worker.average()),
                        estimator,
                        steps,
                        t -> problem.inner(t, worker.index(), WORKERS),
                        problem.outer(worker.index(), WORKERS)));

    for (String name : whole.keySet()) {
      double[] expected = whole.get(name);
      double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
      assertThat(halves.get(0).get(name))
          .as(name)
          .containsExactly(expected, within(1e-10 * largest));
      assertThat(halves.get(1).get(name)).as(name).containsExactly(halves.get(0).get(name));
    }
  }

  @Test
  void a_held_length_is_that_of_the_whole_way() throws Exception {
    Unrolled unrolled = new Unrolled();
    double[] whole = run(STEP, unrolled, 3, problem::inner, held(problem.outer())).get(SCALE);

    List<double[]> halves =
        new SimulatedWorkers(WORKERS)
            .run(
                worker ->
                    run(
                            STEP.withWorkers(worker.average()),
                            unrolled,
                            3,
                            t -> problem.inner(t, worker.index(), WORKERS),
                            held(problem.outer(worker.index(), WORKERS)))
                        .get(SCALE));

    assertThat(halves.get(0)).containsExactly(whole, within(1e-12));
    assertThat(halves.get(1)).containsExactly(halves.get(0));
  }

  private OuterObjective held(OuterObjective outer) {
    return StepLength.HELD.apply(outer, problem.start().parameters());
  }

  @Test
  void running_statistics_are_averaged_and_counts_are_not() throws Exception {
    List<double[]> buffers =
        new SimulatedWorkers(WORKERS)
            .run(
                worker -> {
                  NamedTensors after =
                      STEP.withWorkers(worker.average())
                          .plain(
                              problem.start(),
                              withBuffers(worker.index()),
                              problem.metaParameters,
                              problem.hyperparameters)
                          .state()
                          .buffers();
                  return new double[] {
                    Tensors.item(after.get("mean")), Tensors.item(after.get("count"))
                  };
                });

    assertThat(buffers.get(0)).containsExactly(0.5, 7);
    assertThat(buffers.get(1)).containsExactly(0.5, 7);
  }

  /** An objective after which the running mean is the worker's number. */
  private InnerObjective withBuffers(int worker) {
    NamedTensors buffers =
        NamedTensors.of("mean", Tensors.of(new double[] {worker}))
            .with(NamedTensors.of("count", Tensors.of(new long[] {7})));
    return (parameters, before, meta) ->
        new InnerObjective.Evaluation(
            problem.inner(0).evaluate(parameters, before, meta).loss(), buffers);
  }

  /** All numbers of a trajectory and its hypergradient. */
  private Map<String, double[]> run(
      InnerStep step,
      HypergradientEstimator estimator,
      int steps,
      IntFunction<InnerObjective> inner,
      OuterObjective outer) {
    Map<String, double[]> numbers = new LinkedHashMap<>();
    try (TensorScope scope = TensorScope.open();
        Trajectory trajectory =
            estimator.start(step, problem.start(), problem.withLearnedHyperparameters(), steps)) {
      List<Double> reported = new ArrayList<>();
      for (int t = 0; t < steps; t++) {
        Trajectory.StepReport report =
            trajectory.step(inner.apply(t), problem::hyperparametersFrom);
        reported.add(report.loss());
        reported.add(report.gradientNorm());
      }
      put(numbers, "state ", trajectory.state().parameters());
      put(numbers, "state ", trajectory.state().optimizer().tensors());
      Trajectory.Hypergradient hypergradient = trajectory.hypergradient(outer);
      reported.add(hypergradient.outerLoss());
      put(numbers, "hypergradient ", hypergradient.gradient());
      numbers.put("reported", reported.stream().mapToDouble(Double::doubleValue).toArray());
    }
    return numbers;
  }

  private static void put(Map<String, double[]> numbers, String prefix, NamedTensors tensors) {
    for (Map.Entry<String, Tensor> entry : tensors.asMap().entrySet()) {
      numbers.put(prefix + entry.getKey(), Tensors.toDoubles(entry.getValue()));
    }
  }
}
