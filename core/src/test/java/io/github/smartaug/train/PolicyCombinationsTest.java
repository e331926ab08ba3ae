package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.Draws;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.LearnedPolicyType;
import io.github.smartaug.augment.Policies;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.PolicyOptions.Learning;
import io.github.smartaug.augment.PolicyOptions.MagnitudeSharing;
import io.github.smartaug.augment.ProbabilityGradient;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.loss.ImageObjective;
import io.github.smartaug.loss.LabelLoss;
import io.github.smartaug.loss.MixedLoss;
import io.github.smartaug.loss.MixedLoss.CleanBranch;
import io.github.smartaug.loss.ValidationObjective;
import io.github.smartaug.meta.InnerObjective;
import io.github.smartaug.meta.InnerState;
import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.meta.Trajectory;
import io.github.smartaug.meta.Unrolled;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.MultilayerPerceptron;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.TransformSets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that can be learned, in every combination, through a whole bilevel step. */
class PolicyCombinationsTest {
  private static final int IMAGES = 8;
  private static final int CLASSES = 3;

  /** What is learned, of which kind of policy. */
  record Combination(LearnedPolicyType kind, PolicyOptions options, int copies) {
    List<String> learned() {
      List<String> names = new ArrayList<>();
      if (options.probabilities() == Learning.LEARNED) {
        names.add(LearnablePolicy.LOGITS);
      }
      if (options.magnitudes() == Learning.LEARNED) {
        names.add(LearnablePolicy.MAGNITUDES);
      }
      if (options.temperatureLearning() == Learning.LEARNED) {
        names.add(LearnablePolicy.TEMPERATURE);
      }
      return names;
    }
  }

  static Stream<Combination> combinations() {
    List<Combination> all = new ArrayList<>();
    for (LearnedPolicyType kind : Policies.learned()) {
      for (Learning probabilities : Learning.values()) {
        for (Learning magnitudes : Learning.values()) {
          for (MagnitudeSharing sharing : MagnitudeSharing.values()) {
            for (int classes : new int[] {1, CLASSES}) {
              PolicyOptions options =
                  PolicyOptions.builder()
                      .length(2)
                      .temperature(0.8)
                      .probabilities(probabilities)
                      .magnitudes(magnitudes)
                      .sharing(sharing)
                      .classes(classes)
                      .build();
              all.add(new Combination(kind, options, classes));
              for (Learning temperature : Learning.values()) {
                all.add(
                    new Combination(
                        kind,
                        options.toBuilder()
                            .probabilityGradient(ProbabilityGradient.SCORE_FUNCTION)
                            .temperatureLearning(temperature)
                            .build(),
                        2));
              }
            }
          }
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void what_is_learned_gets_a_gradient_and_nothing_else_does(Combination combination) {
    try (TensorScope scope = TensorScope.open()) {
      LearnablePolicy policy = awayFromStart(combination);
      MixedLoss loss = new MixedLoss(1, combination.copies(), CleanBranch.LEARNS, LabelLoss.PLAIN);
      NamedTensors gradient = hypergradient(policy, loss, UnaryOperator.identity());
      assertThat(gradient.names()).containsExactlyElementsOf(combination.learned());
      for (String name : combination.learned()) {
        double largest = Tensors.item(gradient.get(name).abs().max());
        assertThat(largest).as(name).isFinite().isPositive();
      }
    }
  }

  static Stream<MixedLoss> losses() {
    LabelLoss every = new LabelLoss(0.1, List.of(0.5, 1.0, 2.0));
    return Stream.of(
        new MixedLoss(2, 3, CleanBranch.LEARNS, LabelLoss.PLAIN),
        new MixedLoss(2, 1, CleanBranch.STOPPED, LabelLoss.PLAIN),
        new MixedLoss(2, 2, CleanBranch.STOPPED, every));
  }

  /** A first step's directional derivative, where the model has one, against autograd's. */
  @ParameterizedTest
  @MethodSource("losses")
  void a_linearized_step_gives_the_same_hypergradient_of_every_loss(MixedLoss loss) {
    try (TensorScope scope = TensorScope.open()) {
      for (LearnedPolicyType kind : Policies.learned()) {
        LearnablePolicy policy =
            awayFromStart(
                new Combination(
                    kind,
                    PolicyOptions.learned(2).toBuilder()
                        .probabilityGradient(ProbabilityGradient.SCORE_FUNCTION)
                        .temperatureLearning(Learning.LEARNED)
                        .build(),
                    loss.copies()));
        NamedTensors linearized = hypergradient(policy, loss, UnaryOperator.identity());
        NamedTensors byAutograd =
            hypergradient(
                policy, loss, objective -> (p, b, meta) -> objective.evaluate(p, b, meta));
        for (String name : byAutograd.names()) {
          double[] expected = Tensors.toDoubles(byAutograd.get(name));
          double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
          assertThat(largest).as(name).isPositive();
          assertThat(Tensors.toDoubles(linearized.get(name)))
              .as(name)
              .containsExactly(expected, within(1e-4 * largest));
        }
      }
    }
  }

  private static LearnablePolicy awayFromStart(Combination combination) {
    LearnablePolicy policy =
        combination.kind().initial(TransformSets.named("wide"), combination.options());
    RandomStream random = RandomStream.seeded(2);
    return policy.withParameters(
        policy
            .parameters()
            .map(
                (name, tensor) ->
                    Tensors.constant(
                        random.doubles(tensor.numel(), 0.2, 1).toArray(), tensor, tensor.shape())));
  }

  private static NamedTensors hypergradient(
      LearnablePolicy policy, MixedLoss loss, UnaryOperator<InnerObjective> seenAs) {
    RandomStream random = RandomStream.seeded(6);
    Model model = MultilayerPerceptron.create(new ImageShape(1, 6, 6), CLASSES);
    Normalization normalization = new Normalization(List.of(0.5), List.of(0.25));
    float[] pixels = new float[IMAGES * 36];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat();
    }
    Batch batch =
        new Batch(
            Tensors.of(pixels, IMAGES, 1, 6, 6),
            Tensors.of(random.longs(IMAGES, 0, CLASSES).toArray(), IMAGES));
    InnerState start =
        new InnerState(
            model.initialParameters(random), OptimizerState.initial(), model.initialBuffers());
    if (policy.learnedParameters().isEmpty()) {
      return policy.learnedParameters();
    }
    try (Trajectory trajectory =
        new Unrolled()
            .start(
                new InnerStep(new DifferentiableSgd(), Optional.empty()),
                start,
                policy.learnedParameters(),
                1)) {
      Draws draws = ImageObjective.draw(policy, loss, batch, random);
      InnerObjective objective =
          new ImageObjective(model, normalization, loss, policy, batch, draws, 0);
      trajectory.step(
          seenAs.apply(objective),
          new DifferentiableSgd().defaults().with(Hyperparameters.LEARNING_RATE, 0.1));
      return trajectory
          .hypergradient(new ValidationObjective(model, normalization, batch, policy, 0.001))
          .gradient();
    }
  }
}
