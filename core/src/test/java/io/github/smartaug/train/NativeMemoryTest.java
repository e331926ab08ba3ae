package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.augment.LearnedPolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.nn.Models;
import io.github.smartaug.tensor.ChildJvm;
import io.github.smartaug.tensor.ImageShape;
import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.TorchRuntime;
import io.github.smartaug.transform.TransformSets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing of a training step outlives it, however many steps are taken. */
class NativeMemoryTest {
  private static final int EARLY = 50;
  private static final int LATE = 300;

  /** glibc keeps freed memory for later, more or less of it by chance; here it gives it back. */
  private static final Map<String, String> FREED_IS_GIVEN_BACK =
      Map.of("MALLOC_ARENA_MAX", "1", "MALLOC_TRIM_THRESHOLD_", "65536", "OMP_NUM_THREADS", "1");

  /** Trains a LeNet and prints the resident memory after two of the steps. */
  static final class Report {
    private Report() {}

    /** Run by {@link ChildJvm}. */
    public static void main(String[] arguments) {
      int innerSteps = Integer.getInteger("innerSteps");
      ImageShape shape = new ImageShape(3, 28, 28);
      try (Scope scope = Scope.open();
          TrainingResult result =
              new JointTrainer(
                      Models.create("lenet", shape, 10),
                      LearnedPolicy.initial(
                          TransformSets.named(TransformSets.DEFAULT), PolicyOptions.learned(2)),
                      RandomImages.data(shape, LATE, 16, 10),
                      new TrainingOptions(
                          1, InnerOptions.defaults(0.01), MetaOptions.defaults(innerSteps), 1))
                  .addListener(new Probe())
                  .train()) {
        System.out.println("done");
      }
    }
  }

  /** Collects garbage first, so that what is seen is what is held. */
  private static final class Probe implements TrainingListener {
    @Override
    public void stepFinished(StepReport report) {
      if (report.step() == EARLY || report.step() == LATE) {
        System.gc();
        System.out.println("resident " + TorchRuntime.residentBytes());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void resident_memory_after_300_steps_is_that_after_50(int innerSteps) throws Exception {
    ChildJvm.Result result =
        ChildJvm.run(
            Report.class,
            FREED_IS_GIVEN_BACK,
            "-DinnerSteps=" + innerSteps,
            // A Java heap of one size from the start to the end.
            "-Xms256m",
            "-XX:+AlwaysPreTouch");

    assertThat(result.exitCode()).as(result.output()).isZero();
    long[] resident =
        result
            .output()
            .lines()
            .filter(line -> line.startsWith("resident "))
            .mapToLong(line -> Long.parseLong(line.substring("resident ".length())))
            .toArray();
    assertThat(resident).hasSize(2);
    assertThat(resident[1]).isBetween((long) (0.97 * resident[0]), (long) (1.03 * resident[0]));
  }
}
