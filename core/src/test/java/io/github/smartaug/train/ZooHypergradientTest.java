package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.meta.InnerObjective;
import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.meta.Unrolled;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Models;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One bilevel step and one probe of every model, by its directional derivative and by second
 * derivatives of autograd. {@code -Dsmartaug.zoo=all} takes all models, {@code
 * -Dsmartaug.zoo=NAME,...} these, and what they come to is printed; without it, one of each kind of
 * layer.
 */
class ZooHypergradientTest {
  private static final String PROPERTY = "smartaug.zoo";
  private static final ImageShape IMAGES = new ImageShape(3, 32, 32);

  private static final InnerStep STEP =
      new InnerStep(new DifferentiableSgd(), Optional.of(new GradientClipping(0.1)));
  private static final Hyperparameters HYPERPARAMETERS =
      new DifferentiableSgd().defaults().with(Hyperparameters.LEARNING_RATE, 0.1);

  static List<String> names() {
    String asked = System.getProperty(PROPERTY, "");
    if (asked.equals("all")) {
      return Models.names();
    }
    return asked.isEmpty()
        ? List.of("mobilenet-v2", "efficientnet-b0", "vit-s-16", "resnet18-auxiliary")
        : List.of(asked.split(","));
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_step_has_the_hypergradient_of_double_backward(String name) {
    try (TensorScope scope = TensorScope.open()) {
      ImageProblem problem = problem(name);
      NamedTensors linearized =
          problem.hypergradient(new Unrolled(), STEP, HYPERPARAMETERS, 1, UnaryOperator.identity());
      NamedTensors byAutograd =
          problem.hypergradient(
              new Unrolled(), STEP, HYPERPARAMETERS, 1, ZooHypergradientTest::evaluationOnly);
      requireClose(name + ", step", linearized, byAutograd);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_probe_has_the_hypergradient_of_double_backward(String name) {
    try (TensorScope scope = TensorScope.open()) {
      ImageProblem problem = problem(name);
      NamedTensors linearized = problem.probed(STEP, HYPERPARAMETERS, UnaryOperator.identity());
      NamedTensors byAutograd =
          problem.probed(STEP, HYPERPARAMETERS, ZooHypergradientTest::evaluationOnly);
      requireClose(name + ", probe", linearized, byAutograd);
    }
  }

  private static ImageProblem problem(String name) {
    Model model = Models.create(name, IMAGES, 10);
    return new ImageProblem(model, ScalarType.Double);
  }

  /** The same objective without its linearization. */
  private static InnerObjective evaluationOnly(InnerObjective objective) {
    return (parameters, buffers, meta) -> objective.evaluate(parameters, buffers, meta);
  }

  private static void requireClose(String what, NamedTensors actual, NamedTensors expected) {
    double worst = 0;
    for (String name : expected.names()) {
      double[] values = Tensors.toDoubles(expected.get(name));
      double largest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
      assertThat(largest).as(name).isPositive().isFinite();
      double[] others = Tensors.toDoubles(actual.get(name));
      assertThat(others).as(name).containsExactly(values, within(1e-3 * largest));
      for (int i = 0; i < values.length; i++) {
        worst = Math.max(worst, Math.abs(others[i] - values[i]) / largest);
      }
    }
    if (System.getProperty(PROPERTY) != null) {
      System.out.printf(
          Locale.ROOT, "%s: largest difference %.0e of the largest derivative%n", what, worst);
    }
  }
}
