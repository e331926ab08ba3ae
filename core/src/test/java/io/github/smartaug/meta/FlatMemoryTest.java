package io.github.smartaug.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.tensor.ChildJvm;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.TorchRuntime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

/** Long runs of every estimator, in a process whose Java heap cannot grow. */
class FlatMemoryTest {
  private static final List<HypergradientEstimator> ESTIMATORS =
      List.of(
          new Unrolled(),
          new Checkpointed(),
          new Truncated(2),
          new Forward(),
          new FiniteDifference(),
          new Neumann(2),
          new ConjugateGradient(2));
  private static final int WARM_UP = 100;
  private static final int STEPS = 500;
  private static final int STEPS_PER_TRAJECTORY = 5;
  private static final Pattern LINE =
      Pattern.compile("(\\w+): (\\d+) to (\\d+) bytes, (\\d+) to (\\d+) handles");

  @Test
  void resident_memory_is_flat_over_500_steps_of_every_estimator() throws Exception {
    ChildJvm.Result result = ChildJvm.runForMemory(LongRun.class);

    assertThat(result.exitCode()).as(result.output()).isZero();
    Matcher lines = LINE.matcher(result.output());
    for (HypergradientEstimator estimator : ESTIMATORS) {
      assertThat(lines.find()).as(result.output()).isTrue();
      assertThat(lines.group(1)).isEqualTo(estimator.getClass().getSimpleName());
      double before = Double.parseDouble(lines.group(2));
      double after = Double.parseDouble(lines.group(3));
      assertThat(after / before).as(estimator.toString()).isLessThan(1.03);
      assertThat(Long.parseLong(lines.group(5)))
          .as("native handles")
          .isLessThanOrEqualTo(Long.parseLong(lines.group(4)));
    }
  }

  /** Prints a line per estimator. */
  static final class LongRun {
    private static final SmoothProblem PROBLEM = new SmoothProblem();
    private static final InnerStep STEP =
        new InnerStep(new DifferentiableSgd(), Optional.of(new GradientClipping(1)));

    private LongRun() {}

    public static void main(String[] arguments) {
      for (HypergradientEstimator estimator : ESTIMATORS) {
        run(estimator, WARM_UP);
        long bytes = TorchRuntime.residentBytes();
        long handles = Pointer.totalCount();
        run(estimator, STEPS);
        System.out.printf(
            "%s: %d to %d bytes, %d to %d handles%n",
            estimator.getClass().getSimpleName(),
            bytes,
            TorchRuntime.residentBytes(),
            handles,
            Pointer.totalCount());
      }
    }

    private static void run(HypergradientEstimator estimator, int steps) {
      for (int step = 0; step < steps; step += STEPS_PER_TRAJECTORY) {
        try (TensorScope scope = TensorScope.open();
            Trajectory trajectory =
                estimator.start(
                    STEP, PROBLEM.start(), PROBLEM.metaParameters, STEPS_PER_TRAJECTORY)) {
          for (int t = 0; t < STEPS_PER_TRAJECTORY; t++) {
            trajectory.step(PROBLEM.inner(t), PROBLEM.hyperparameters);
          }
          trajectory.hypergradient(PROBLEM.outer());
        }
      }
    }
  }
}
