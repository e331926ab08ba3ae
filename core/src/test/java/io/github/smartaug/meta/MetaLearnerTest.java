package io.github.smartaug.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetaLearnerTest {
  private final SmoothProblem problem = new SmoothProblem();
  private final InnerStep step =
      new InnerStep(new DifferentiableSgd(), Optional.of(new GradientClipping(0.2)));
  private MetaLearner learner;

  @BeforeEach
  void build() {
    learner = builder().optMetaLearningRate(0.05).build();
  }

  @AfterEach
  void close() {
    learner.close();
  }

  private MetaLearner.Builder builder() {
    return MetaLearner.builder()
        .setInnerStep(step)
        .setHyperparameters(problem.hyperparameters)
        .setParameters(problem.start().parameters())
        .setMetaParameters(problem.metaParameters);
  }

  @Test
  void cycles_make_the_outer_loss_smaller() {
    double first = learner.cycle(List.of(problem.inner(0)), problem.outer()).outerLoss();
    double last = first;
    for (int i = 0; i < 30; i++) {
      last = learner.cycle(List.of(problem.inner(0)), problem.outer()).outerLoss();
    }
    assertThat(last).isLessThan(0.8 * first);
  }

  @Test
  void steps_by_hand_are_the_same_as_a_cycle() {
    learner.begin(2);
    learner.step(problem.inner(0));
    learner.step(problem.inner(1));
    double byHand = learner.metaStep(problem.outer()).outerLoss();
    try (MetaLearner other = builder().optMetaLearningRate(0.05).build()) {
      double cycle =
          other.cycle(List.of(problem.inner(0), problem.inner(1)), problem.outer()).outerLoss();
      assertThat(byHand).isEqualTo(cycle);
      assertThat(Tensors.toDoubles(learner.metaParameters().get("scale")))
          .containsExactly(Tensors.toDoubles(other.metaParameters().get("scale")))
          .isNotEqualTo(Tensors.toDoubles(problem.metaParameters.get("scale")));
    }
  }

  @Test
  void a_cycle_that_fails_leaves_all_as_it_was() {
    InnerObjective failing =
        (parameters, buffers, meta) -> {
          throw new IllegalStateException("no more data");
        };

    assertThatThrownBy(() -> learner.cycle(List.of(problem.inner(0), failing), problem.outer()))
        .hasMessage("no more data");

    assertThat(learner.state().optimizer().steps()).isZero();
    assertThat(Tensors.toDoubles(learner.state().parameters().get("hidden")))
        .containsExactly(Tensors.toDoubles(problem.start().parameters().get("hidden")));
  }

  @Test
  void a_meta_step_that_is_not_finite_is_skipped_and_reported() {
    OuterObjective broken =
        (parameters, buffers, meta) ->
            problem.outer().evaluate(parameters, buffers, meta).div(new Scalar(0.0));

    MetaLearner.Report report = learner.cycle(List.of(problem.inner(0)), broken);

    assertThat(report.metaStep().problem()).hasValue("the validation loss is Infinity");
    assertThat(Tensors.toDoubles(learner.metaParameters().get("scale")))
        .containsExactly(Tensors.toDoubles(problem.metaParameters.get("scale")));
    assertThat(learner.state().optimizer().steps()).isEqualTo(1);
  }

  @Test
  void detaching_keeps_the_state_and_forgets_its_history() {
    learner.begin(3);
    learner.step(problem.inner(0));
    learner.step(problem.inner(1));
    assertThat(learner.held().steps()).isEqualTo(2);
    double[] before = Tensors.toDoubles(learner.state().parameters().get("hidden"));

    learner.detach();

    assertThat(learner.held()).isEqualTo(new Trajectory.Memory(0, 0));
    assertThat(Tensors.toDoubles(learner.state().parameters().get("hidden")))
        .containsExactly(before);
    assertThat(learner.state().optimizer().steps()).isEqualTo(2);
  }

  @Test
  void restarting_puts_the_parameters_back() {
    learner.cycle(List.of(problem.inner(0)), problem.outer());

    learner.restart(problem.start().parameters());

    assertThat(Tensors.toDoubles(learner.state().parameters().get("hidden")))
        .containsExactly(Tensors.toDoubles(problem.start().parameters().get("hidden")));
    assertThat(learner.state().optimizer().steps()).isZero();
  }

  @Test
  void a_step_without_a_trajectory_is_refused_with_what_to_do() {
    assertThatThrownBy(() -> learner.step(problem.inner(0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no trajectory was begun: call begin(steps) first");
  }

  @Test
  void a_learner_without_something_required_is_refused() {
    assertThatThrownBy(() -> MetaLearner.builder().setInnerStep(step).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a meta learner needs setHyperparameters(...)");
  }

  @Test
  void callbacks_change_the_gradients_inside_the_step_and_in_the_hypergradient() {
    InnerStep halved =
        new InnerStep(new DifferentiableSgd(), Optional.empty())
            .withCallback(g -> g.map(gradient -> gradient.mul(new Scalar(0.5))));
    InnerStep plain = new InnerStep(new DifferentiableSgd(), Optional.empty());
    InnerObjective half =
        (parameters, buffers, meta) -> {
          InnerObjective.Evaluation whole = problem.inner(0).evaluate(parameters, buffers, meta);
          return new InnerObjective.Evaluation(whole.loss().mul(new Scalar(0.5)), whole.buffers());
        };

    try (TensorScope scope = TensorScope.open()) {
      double[] byCallback = scaleGradient(halved, problem.inner(0));
      double[] byLoss = scaleGradient(plain, half);
      assertThat(byCallback).containsExactly(byLoss, within(1e-14));
    }
  }

  private double[] scaleGradient(InnerStep innerStep, InnerObjective objective) {
    NamedTensors meta = problem.metaParameters;
    try (Trajectory trajectory = new Unrolled().start(innerStep, problem.start(), meta, 1)) {
      trajectory.step(objective, problem.hyperparameters);
      return Tensors.toDoubles(trajectory.hypergradient(problem.outer()).gradient().get("scale"));
    }
  }
}
