package io.github.smartaug.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.smartaug.augment.NoAugmentation;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.cli.run.StepMemory.Learning;
import io.github.smartaug.meta.Unrolled;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Models;
import io.github.smartaug.nn.Precision;
import io.github.smartaug.optim.DifferentiableAdam;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.train.InnerOptimizer;
import io.github.smartaug.train.InnerOptions;
import io.github.smartaug.train.MetaOptions;
import io.github.smartaug.train.TrainingOptions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StepMemoryTest {
  private static final ImageShape DIGIT = new ImageShape(1, 28, 28);
  private static final Model LENET = Models.create("lenet", DIGIT, 10);

  /**
   * Results of convolutions, rectifiers, pools, the copy that flattens, and linear layers, by hand;
   * four bytes each.
   */
  private static final double LENET_BYTES =
      4.0 * (20 * 24 * 24 * 2 + 20 * 12 * 12 + 50 * 8 * 8 * 2 + 2 * 50 * 4 * 4 + 500 * 2 + 10);

  /** Weights and biases of two convolutions and two linear layers; four bytes each. */
  private static final double LENET_WEIGHTS =
      4.0 * (20 * 25 + 20 + 50 * 20 * 25 + 50 + 800 * 500 + 500 + 500 * 10 + 10);

  private static final double IMAGES = 1e9;

  private static final InnerOptimizer SGD = InnerOptimizer.sgd(0.1);

  private static final InnerOptimizer WITHOUT_MOMENTUM =
      new InnerOptimizer(SGD.rule(), SGD.hyperparameters().with(Hyperparameters.MOMENTUM, 0.0));

  private static final InnerOptimizer ADAM =
      new InnerOptimizer(new DifferentiableAdam(), new DifferentiableAdam().defaults());

  private static StepMemory plain(double images, InnerOptimizer optimizer) {
    return new StepMemory(images, 1, Learning.NONE, optimizer);
  }

  @Test
  void the_estimate_is_that_of_all_layers_for_all_images_and_steps() {
    double ofOneStep = gigabytes(plain(IMAGES, SGD), LENET);

    assertThat(ofOneStep * (1 << 30)).isCloseTo(IMAGES * LENET_BYTES, withinPercentage(1));
    assertThat(gigabytes(new StepMemory(IMAGES, 3, Learning.BILEVEL, SGD), LENET))
        .isCloseTo(3 * ofOneStep, withinPercentage(1));
  }

  @Test
  void the_state_of_the_optimizer_counts() {
    double activations = 100 * LENET_BYTES;

    // Weights before and after the step, and their gradient.
    assertThat(plain(100, WITHOUT_MOMENTUM).bytes(LENET))
        .isEqualTo(activations + 3 * LENET_WEIGHTS);
    // And one momentum, before and after the step.
    assertThat(plain(100, SGD).bytes(LENET)).isEqualTo(activations + 5 * LENET_WEIGHTS);
    // Or two moments.
    assertThat(plain(100, ADAM).bytes(LENET)).isEqualTo(activations + 7 * LENET_WEIGHTS);
  }

  @Test
  void steps_that_are_looked_back_on_have_states_of_their_own_and_an_adjoint() {
    double activations = 3 * 100 * LENET_BYTES;

    // Three gradients, four states, and the adjoint of one.
    assertThat(bilevel(WITHOUT_MOMENTUM)).isEqualTo(activations + (3 + 4 + 1) * LENET_WEIGHTS);
    assertThat(bilevel(SGD)).isEqualTo(activations + (3 + 2 * 4 + 2) * LENET_WEIGHTS);
    assertThat(bilevel(ADAM)).isEqualTo(activations + (3 + 3 * 4 + 3) * LENET_WEIGHTS);
  }

  private static double bilevel(InnerOptimizer optimizer) {
    return new StepMemory(100, 3, Learning.BILEVEL, optimizer).bytes(LENET);
  }

  @Test
  void what_a_run_learns_decides_how_many_steps_are_looked_back_on() {
    TrainingOptions plain = options(SGD);
    TrainingOptions learning = options(SGD.learning(Hyperparameters.LEARNING_RATE));

    assertThat(StepMemory.of(plain, new NoAugmentation(), 64, 10)).isEqualTo(plain(64, SGD));
    assertThat(StepMemory.of(learning, new NoAugmentation(), 64, 10))
        .isEqualTo(new StepMemory(64, 5, Learning.BILEVEL, learning.inner().optimizer()));
    assertThat(StepMemory.of(learning, new NoAugmentation(), 64, 2).graphs()).isEqualTo(2);
  }

  private static TrainingOptions options(InnerOptimizer optimizer) {
    return new TrainingOptions(
        1,
        InnerOptions.defaults(0.1).toBuilder().optimizer(optimizer).build(),
        MetaOptions.defaults(5).toBuilder().estimator(new Unrolled()).build(),
        0);
  }

  @Test
  void a_shorter_type_needs_less() {
    double whole = gigabytes(plain(IMAGES, SGD), LENET);
    double half = gigabytes(plain(IMAGES, SGD), Precision.BFLOAT16.of(LENET));

    assertThat(half).isBetween(0.4 * whole, 0.8 * whole);
  }

  @Test
  void an_ordinary_step_fits() {
    assertThatCode(() -> new StepMemory(256, 4, Learning.BILEVEL, SGD).require(LENET))
        .doesNotThrowAnyException();
  }

  @Test
  void parameters_that_do_not_fit_are_told_before_they_are_drawn() {
    Model perceptron = Models.create("mlp", new ImageShape(3, 4096, 4096), 10);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> plain(1, SGD).require(perceptron))
        .withMessageStartingWith(
            "--model: a parameter [500, 50331648]: at least 93.8 GB of memory, allowed: the ");
  }

  private static double gigabytes(StepMemory memory, Model model) {
    Throwable refusal = catchThrowable(() -> memory.require(model));
    Matcher number =
        Pattern.compile("about ([0-9.]+) GB of memory").matcher(String.valueOf(refusal));
    assertThat(number.find()).as("%s", refusal).isTrue();
    return Double.parseDouble(number.group(1));
  }
}
