package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.meta.Checkpointed;
import io.github.smartaug.meta.ConjugateGradient;
import io.github.smartaug.meta.FiniteDifference;
import io.github.smartaug.meta.Forward;
import io.github.smartaug.meta.HypergradientEstimator;
import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.meta.Neumann;
import io.github.smartaug.meta.Truncated;
import io.github.smartaug.meta.Unrolled;
import io.github.smartaug.nn.Mode;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.ScriptedModels;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.tensor.ChildJvm;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.TransformSets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A TorchScript model learns, and makes a policy learn, as the same model of this library does. */
class TorchScriptTrainingTest {
  private static final int EARLY = 60;
  private static final int LATE = 300;

  @TempDir Path folder;

  /** Whether hypergradients see that running statistics depend on what was learned before. */
  private enum Statistics {
    WITH_HISTORY,
    /** As those of a script. */
    CONSTANT
  }

  /** A model that begins with the weights of another one. */
  private record StartingFrom(Model model, Model start, Statistics statistics) implements Model {
    @Override
    public Output forward(Tensor images, NamedTensors parameters, NamedTensors buffers, Mode mode) {
      NamedTensors given = statistics == Statistics.CONSTANT ? buffers.detach() : buffers;
      return model.forward(images, parameters, given, mode);
    }

    @Override
    public NamedTensors initialParameters(RandomGenerator random) {
      return start.initialParameters(random);
    }

    @Override
    public NamedTensors initialBuffers() {
      return start.initialBuffers();
    }

    @Override
    public ImageShape input() {
      return model.input();
    }

    @Override
    public int classes() {
      return model.classes();
    }
  }

  static Stream<Arguments> modelsAndEstimators() {
    List<HypergradientEstimator> estimators =
        List.of(
            new Unrolled(),
            new Checkpointed(),
            new Truncated(2),
            new FiniteDifference(),
            new Neumann(3),
            // So much damping that the curvature, of a model far from a minimum, is positive.
            new ConjugateGradient(3, 10));
    return Arrays.stream(ScriptedModels.values())
        .flatMap(models -> estimators.stream().map(e -> Arguments.of(models, e)));
  }

  @ParameterizedTest
  @MethodSource("modelsAndEstimators")
  void hypergradients_are_those_of_the_same_model_of_this_library(
      ScriptedModels models, HypergradientEstimator estimator) {
    try (TensorScope scope = TensorScope.open()) {
      Model scripted = models.scripted(folder);

      NamedTensors actual = hypergradient(scripted, estimator, 3);

      Model own = new StartingFrom(models.own(), scripted, Statistics.CONSTANT);
      EqualToRounding.require(actual, hypergradient(own, estimator, 3));
    }
  }

  @ParameterizedTest
  @EnumSource
  void one_step_has_the_whole_hypergradient_with_running_statistics(ScriptedModels models) {
    try (TensorScope scope = TensorScope.open()) {
      Model scripted = models.scripted(folder);

      NamedTensors actual = hypergradient(scripted, new Unrolled(), 1);

      Model own = new StartingFrom(models.own(), scripted, Statistics.WITH_HISTORY);
      EqualToRounding.require(actual, hypergradient(own, new Unrolled(), 1));
    }
  }

  private static NamedTensors hypergradient(
      Model model, HypergradientEstimator estimator, int steps) {
    return new ImageProblem(model, ScalarType.Double)
        .hypergradient(
            estimator,
            new InnerStep(new DifferentiableSgd(), Optional.of(new GradientClipping(1))),
            hyperparameters(),
            steps,
            UnaryOperator.identity());
  }

  private static Hyperparameters hyperparameters() {
    return new DifferentiableSgd()
        .defaults()
        .with(Hyperparameters.LEARNING_RATE, 0.05)
        .with(Hyperparameters.MOMENTUM, 0.9);
  }

  @Test
  void forward_mode_is_refused() {
    try (TensorScope scope = TensorScope.open()) {
      Model scripted = ScriptedModels.NORMALIZED.scripted(folder);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> hypergradient(scripted, new Forward(), 3))
          .withMessageContaining("no forward-mode derivatives");
    }
  }

  @Test
  void model_and_policy_learn_and_the_running_statistics_move() {
    try (TensorScope scope = TensorScope.open()) {
      Model model = ScriptedModels.NORMALIZED.scripted(folder);
      IndependentPolicy policy = policy();
      try (TrainingResult result = trainer(model, policy, 20).train()) {
        List<EpochReport> epochs = result.epochs();
        assertThat(result.last().trainLoss()).isLessThan(0.9 * epochs.get(0).trainLoss());
        assertThat(result.last().policy()).isNotEqualTo(PolicyReports.of(policy));
        long tracked = Tensors.toLongs(result.buffers().get("features.1.num_batches_tracked"))[0];
        // The clean images of each step up to the best epoch.
        assertThat(tracked).isEqualTo(20L * result.bestEpoch());
      }
    }
  }

  private static IndependentPolicy policy() {
    return IndependentPolicy.initial(
        TransformSets.named(TransformSets.DEFAULT), PolicyOptions.learned(1));
  }

  private static JointTrainer trainer(Model model, IndependentPolicy policy, int batches) {
    return new JointTrainer(
        model,
        policy,
        RandomImages.data(model.input(), batches, 8, model.classes()),
        new TrainingOptions(3, InnerOptions.defaults(0.02), MetaOptions.defaults(2), 1));
  }

  /** Trains and prints the resident memory after two of the steps. */
  static final class Report {
    private Report() {}

    /** Run by {@link ChildJvm}. */
    public static void main(String[] arguments) {
      try (TensorScope scope = TensorScope.open()) {
        Model model = ScriptedModels.NORMALIZED.scripted(Path.of(System.getProperty("folder")));
        trainer(model, policy(), LATE / 3)
            .addListener(ResidentMemory.printedAfter(EARLY, LATE))
            .train()
            .close();
      }
    }
  }

  @Test
  void resident_memory_after_300_steps_is_that_after_60() throws Exception {
    ResidentMemory.requireFlat(Report.class, "-Dfolder=" + folder);
  }
}
