package io.github.smartaug.train;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.nn.Models;
import io.github.smartaug.tensor.ChildJvm;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.transform.TransformSets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Nothing of a training step outlives it, however many steps are taken. */
class NativeMemoryTest {
  private static final int EARLY = 50;
  private static final int LATE = 300;

  /** Trains a LeNet and prints the resident memory after two of the steps. */
  static final class Report {
    private Report() {}

    /** Run by {@link ChildJvm}. */
    public static void main(String[] arguments) {
      int innerSteps = Integer.getInteger("innerSteps");
      ImageShape shape = new ImageShape(3, 28, 28);
      try (TensorScope scope = TensorScope.open();
          TrainingResult result =
              new JointTrainer(
                      Models.create("lenet", shape, 10),
                      IndependentPolicy.initial(
                          TransformSets.named(TransformSets.DEFAULT), PolicyOptions.learned(2)),
                      RandomImages.data(shape, LATE, 16, 10),
                      new TrainingOptions(
                          1, InnerOptions.defaults(0.01), MetaOptions.defaults(innerSteps), 1))
                  .addListener(ResidentMemory.printedAfter(EARLY, LATE))
                  .train()) {
        System.out.println("done");
      }
    }
  }

  @Test
  void resident_memory_after_300_steps_is_that_after_50() throws Exception {
    ExecutorService both = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> runs = new ArrayList<>();
      for (int innerSteps : new int[] {1, 5}) {
        runs.add(
            both.submit(
                () -> {
                  ResidentMemory.requireFlat(Report.class, "-DinnerSteps=" + innerSteps);
                  return null;
                }));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    } finally {
      both.shutdownNow();
    }
  }
}
