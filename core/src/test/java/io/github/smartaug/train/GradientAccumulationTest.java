package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.loss.ImageObjective;
import io.github.smartaug.meta.AccumulatedObjective;
import io.github.smartaug.meta.InnerObjective;
import io.github.smartaug.meta.InnerState;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Models;
import io.github.smartaug.nn.Precision;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A batch of seven images in parts against the batch at once. */
class GradientAccumulationTest {
  @ParameterizedTest
  @CsvSource({"lenet, 28, 3", "mlp, 8, 7"})
  void a_plain_step_is_the_same(String name, int size, int parts) {
    try (TensorScope scope = TensorScope.open()) {
      ShortRun run = run(name, size);

      InnerState whole = run.plainStep(objective -> objective);

      EqualToRounding.require(run.plainStep(in(parts)).parameters(), whole.parameters());
    }
  }

  /** With one step by the directional derivative of each part; with two, the last by its graph. */
  @ParameterizedTest
  @CsvSource({"lenet, 28, 1, 2", "mlp, 8, 1, 7", "mlp, 8, 3, 2"})
  void the_hypergradient_is_the_same(String name, int size, int steps, int parts) {
    try (TensorScope scope = TensorScope.open()) {
      ShortRun run = run(name, size);

      NamedTensors whole = run.hypergradient(steps, objective -> objective);

      EqualToRounding.require(run.hypergradient(steps, in(parts)), whole);
    }
  }

  /** Where a part cannot be linearized its gradient's graph is differentiated. */
  @Test
  void the_hypergradient_is_the_same_without_linearization() {
    try (TensorScope scope = TensorScope.open()) {
      ShortRun run = run("mlp", 8);

      NamedTensors whole = run.hypergradient(1, objective -> objective);

      NamedTensors inParts = run.hypergradient(1, GradientAccumulationTest::inThreeEvaluations);

      EqualToRounding.require(inParts, whole);
    }
  }

  @Test
  void parts_of_a_batch_pass_their_running_statistics_on() {
    TrainingControls controls =
        new TrainingControls(
            1, OptionalDouble.empty(), 2, Precision.FLOAT32, MetaControls.defaults());
    try (TensorScope scope = TensorScope.open();
        TrainingResult result =
            SmallRun.train(
                SmallRun.normalized(3),
                SmallRun.policy(),
                SmallRun.options(1, 1).toBuilder().controls(controls).build())) {
      // The clean images of three batches, two parts each.
      assertThat(Tensors.toLongs(result.buffers().get("bn.num_batches_tracked")))
          .containsExactly(6);
    }
  }

  @Test
  void an_objective_has_parts() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AccumulatedObjective(List.of()))
        .withMessage("number of objectives to add: 0, allowed: at least 1");
  }

  private static ShortRun run(String name, int size) {
    Model model = Models.create(name, new ImageShape(3, size, size), 10);
    return new ShortRun(ScalarType.Double, model, model);
  }

  private static Function<ImageObjective, InnerObjective> in(int parts) {
    return objective -> new AccumulatedObjective(objective.split(parts));
  }

  private static InnerObjective inThreeEvaluations(ImageObjective objective) {
    return new AccumulatedObjective(
        objective.split(3).stream().map(GradientAccumulationTest::evaluationOnly).toList());
  }

  /** The same objective without its linearization. */
  private static InnerObjective evaluationOnly(InnerObjective objective) {
    return (parameters, buffers, meta) -> objective.evaluate(parameters, buffers, meta);
  }
}
