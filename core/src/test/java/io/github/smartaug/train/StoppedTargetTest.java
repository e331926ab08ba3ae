package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.loss.ImageObjective;
import io.github.smartaug.loss.LabelLoss;
import io.github.smartaug.loss.MixedLoss;
import io.github.smartaug.loss.MixedLoss.CleanBranch;
import io.github.smartaug.loss.ValidationObjective;
import io.github.smartaug.meta.AccumulatedObjective;
import io.github.smartaug.meta.FiniteDifference;
import io.github.smartaug.meta.HypergradientEstimator;
import io.github.smartaug.meta.InnerObjective;
import io.github.smartaug.meta.InnerState;
import io.github.smartaug.meta.Trajectory;
import io.github.smartaug.meta.Unrolled;
import io.github.smartaug.nn.Flatten;
import io.github.smartaug.nn.LayeredModel;
import io.github.smartaug.nn.Linear;
import io.github.smartaug.nn.MemoryFormat;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Sequential;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A target with a stopped gradient stands still wherever a finite difference looks, as it does for
 * the derivative that is approximated; it moved with the parameters.
 */
class StoppedTargetTest {
  /** Smooth, so that the difference is no worse than its width. */
  private static final Model MODEL =
      new LayeredModel(
          new ImageShape(1, 6, 6),
          3,
          MemoryFormat.CONTIGUOUS,
          Sequential.of(new Flatten(), new Linear("fc", 36, 3)));

  @ParameterizedTest
  @CsvSource({"STOPPED, 1, 1", "STOPPED, 2, 1", "STOPPED, 1, 2", "LEARNS, 1, 1"})
  void the_finite_difference_is_near_the_exact_derivative(
      CleanBranch clean, int copies, int parts) {
    try (TensorScope scope = TensorScope.open()) {
      MixedLoss loss = new MixedLoss(1, copies, clean, LabelLoss.PLAIN);
      double[] exact = hypergradient(new Unrolled(), loss, parts);
      double[] difference = hypergradient(new FiniteDifference(), loss, parts);
      double largest = Arrays.stream(exact).map(Math::abs).max().orElseThrow();
      double error = 0;
      for (int i = 0; i < exact.length; i++) {
        error = Math.max(error, Math.abs(difference[i] - exact[i]) / largest);
      }
      System.out.printf("%s, %d copies, %d parts: error %.2e%n", clean, copies, parts, error);
      assertThat(error).isLessThan(1e-3);
    }
  }

  private static double[] hypergradient(
      HypergradientEstimator estimator, MixedLoss loss, int parts) {
    LearnablePolicy fresh = SmallRun.policy();
    LearnablePolicy policy = fresh.withParameters(inDoubles(fresh.parameters()));
    Batch batch = inDoubles(SmallRun.images(6, 3, 6, 1).batch(0, 0));
    ImageObjective objective =
        new ImageObjective(
            MODEL,
            SmallRun.data().normalization(),
            loss,
            policy,
            batch,
            ImageObjective.draw(policy, loss, batch, RandomStream.seeded(2)),
            0);
    Function<ImageObjective, InnerObjective> split =
        whole -> parts == 1 ? whole : new AccumulatedObjective(whole.split(parts));
    InnerState start =
        new InnerState(
            inDoubles(MODEL.initialParameters(RandomStream.seeded(1))),
            OptimizerState.initial(),
            NamedTensors.empty());
    InnerOptions inner = InnerOptions.defaults(0.1);
    try (Trajectory trajectory =
        estimator.start(inner.step(), start, policy.learnedParameters(), 1)) {
      trajectory.step(split.apply(objective), inner.hyperparameters(0, 1));
      Batch validation = inDoubles(SmallRun.data().validation().batch(0, 0));
      ValidationObjective outer =
          new ValidationObjective(MODEL, SmallRun.data().normalization(), validation, policy, 0);
      return trajectory.hypergradient(outer).gradient().tensors().stream()
          .flatMapToDouble(tensor -> Arrays.stream(Tensors.toDoubles(tensor)))
          .toArray();
    }
  }

  private static NamedTensors inDoubles(NamedTensors tensors) {
    return tensors.map((Tensor tensor) -> tensor.to(ScalarType.Double));
  }

  private static Batch inDoubles(Batch batch) {
    return new Batch(batch.images().to(ScalarType.Double), batch.labels());
  }
}
