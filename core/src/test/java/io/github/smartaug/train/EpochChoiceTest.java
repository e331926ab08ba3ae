package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.augment.NoAugmentation;
import io.github.smartaug.random.RandomStream;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EpochChoiceTest {
  private static final int EPOCHS = 15;

  /** With 100 images the error is 4 points at 0.8 and 3 at 0.9; with 10,000 a tenth of it. */
  @ParameterizedTest
  @CsvSource({
    "LATEST_WITHIN_ERROR, 100,   0.5 0.8 0.77,           3",
    "LATEST_WITHIN_ERROR, 100,   0.5 0.8 0.75,           2",
    "LATEST_WITHIN_ERROR, 100,   0.8 0.9 0.88 0.86 0.87, 5",
    "LATEST_WITHIN_ERROR, 100,   0.8 0.78 0.9 0.86 0.85, 3",
    "LATEST_WITHIN_ERROR, 10000, 0.5 0.8 0.77,           2",
    "LATEST_WITHIN_ERROR, 10000, 0.5 0.8 0.797,          3",
    "LATEST_WITHIN_ERROR, 10,    0 0 0,                  3",
    "LATEST_WITHIN_ERROR, 10,    0.5 1 1 0.9,            3",
    "HIGHEST,             100,   0.5 0.8 0.77,           2",
    "HIGHEST,             100,   0.8 0.8 0.7,            1",
    "LAST,                100,   0.5 0.8 0.1,            3"
  })
  void an_epoch_is_chosen_by_its_accuracy_and_how_sure_that_is(
      EpochChoice choice, int images, String accuracies, int epoch) {
    double[] each =
        Pattern.compile(" ").splitAsStream(accuracies).mapToDouble(Double::parseDouble).toArray();
    assertThat(chosen(choice, each, images)).isEqualTo(epoch);
  }

  @ParameterizedTest
  @EnumSource(EpochChoice.class)
  void a_run_leaves_the_model_of_that_epoch_behind(EpochChoice choice) {
    TrainingOptions options =
        SmallRun.options(6, 1).toBuilder()
            .controls(TrainingControls.builder().epochChoice(choice).build())
            .build();
    try (TrainingResult result =
        SmallRun.train(SmallRun.perceptron(3), new NoAugmentation(), options)) {
      double[] accuracies =
          result.epochs().stream().mapToDouble(EpochReport::validationAccuracy).toArray();
      assertThat(result.bestEpoch())
          .isEqualTo(chosen(choice, accuracies, SmallRun.data().validation().size()));
    }
  }

  /** True accuracies rise to the end, as with a learning rate that falls to 0. */
  @Test
  void on_few_images_the_latest_within_the_error_is_better_than_the_highest() {
    IntToDoubleFunction rising = epoch -> 0.84 - 0.24 * Math.exp(-epoch / 4.0);
    double latest = meanTruth(EpochChoice.LATEST_WITHIN_ERROR, rising, 250);
    double highest = meanTruth(EpochChoice.HIGHEST, rising, 250);
    System.out.printf("rising, 250 images: latest %.4f, highest %.4f%n", latest, highest);
    assertThat(latest).isGreaterThan(highest + 0.002);
  }

  /** True accuracies fall by a point and a half an epoch in the second half. */
  @Test
  void where_a_run_overfits_it_loses_no_more_than_half_the_error() {
    IntToDoubleFunction falling =
        epoch -> 0.84 - 0.24 * Math.exp(-epoch / 2.0) - 0.015 * Math.max(0, epoch - 6);
    for (int images : new int[] {250, 10_000}) {
      double latest = meanTruth(EpochChoice.LATEST_WITHIN_ERROR, falling, images);
      double highest = meanTruth(EpochChoice.HIGHEST, falling, images);
      System.out.printf("falling, %d images: latest %.4f, highest %.4f%n", images, latest, highest);
      assertThat(latest).isGreaterThan(highest - 0.5 * Math.sqrt(0.84 * 0.16 / images));
    }
  }

  private static int chosen(EpochChoice choice, double[] accuracies, int images) {
    int chosen = 1;
    for (int epoch = 2; epoch <= accuracies.length; epoch++) {
      double highest = Arrays.stream(accuracies, 0, epoch - 1).max().orElseThrow();
      if (choice.prefers(accuracies[epoch - 1], highest, images)) {
        chosen = epoch;
      }
    }
    return chosen;
  }

  /**
   * The mean true accuracy of the chosen epoch over 400 runs, whose truth goes up and down by two
   * points at first and less as the learning rate falls. Half of what an image has to do with being
   * classified rightly is the same in all epochs.
   */
  private static double meanTruth(EpochChoice choice, IntToDoubleFunction truth, int images) {
    RandomStream random = RandomStream.seeded(5);
    double sum = 0;
    int runs = 400;
    for (int run = 0; run < runs; run++) {
      double[] own = random.doubles(images).toArray();
      double[] truths = new double[EPOCHS];
      double[] measured = new double[EPOCHS];
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        double rate = Math.sqrt((1 + Math.cos(Math.PI * epoch / EPOCHS)) / 2);
        double accuracy = truth.applyAsDouble(epoch) + 0.02 * rate * random.nextGaussian();
        int right = 0;
        for (double image : own) {
          double difficulty = random.nextBoolean() ? image : random.nextDouble();
          right += difficulty < accuracy ? 1 : 0;
        }
        truths[epoch] = accuracy;
        measured[epoch] = (double) right / images;
      }
      sum += truths[chosen(choice, measured, images) - 1];
    }
    return sum / runs;
  }
}
