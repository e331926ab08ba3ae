package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.batch.BatchSource;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.TrainingData;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import org.junit.jupiter.api.Test;

class DatasetBundleTest {
  private static final ImageShape SHAPE = new ImageShape(1, 2, 2);
  private static final ImageDataset TRAINING = TestData.dataset(SHAPE, TestData.labels(50, 30, 20));
  private static final ImageDataset TEST = TestData.dataset(SHAPE, TestData.labels(10, 10, 10));
  private static final DatasetBundle BUNDLE =
      DatasetBundle.of("small", "made by a test", TRAINING, TEST);

  @Test
  void a_missing_validation_set_is_split_off_the_training_set() {
    DatasetBundle split = BUNDLE.ensureValidation(0.1, 3);

    assertThat(split.training().classCounts()).containsExactly(45, 27, 18);
    assertThat(split.validation().orElseThrow().classCounts()).containsExactly(5, 3, 2);
    assertThat(split.test()).isSameAs(BUNDLE.test());
  }

  @Test
  void a_validation_set_of_the_source_is_left_as_it_is() {
    DatasetBundle bundle = BUNDLE.withValidation(TEST);

    assertThat(bundle.ensureValidation(0.1, 3)).isSameAs(bundle);
  }

  @Test
  void a_number_of_validation_images_is_as_good_as_the_fraction_that_comes_to_it() {
    DatasetBundle split = BUNDLE.ensureValidation(10, 3);

    assertThat(split.validation().orElseThrow().contentHash())
        .isEqualTo(BUNDLE.ensureValidation(0.1, 3).validation().orElseThrow().contentHash());
    assertThat(split.training().size()).isEqualTo(90);
    for (int count : new int[] {0, 100}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> BUNDLE.ensureValidation(count, 3))
          .withMessage(
              count
                  + " of 100 images to hold out, allowed: a number that leaves at least one on both"
                  + " sides");
    }
  }

  @Test
  void a_fold_is_tested_and_the_own_test_images_are_left_out() {
    DatasetBundle first = BUNDLE.fold(1, 5);

    assertThat(first.test().classCounts()).containsExactly(10, 6, 4);
    assertThat(first.training().classCounts()).containsExactly(40, 24, 16);
    assertThat(first.test().imageName(0)).startsWith("training/");
  }

  @Test
  void test_images_that_the_reader_held_out_are_images_of_the_folds_like_all_others() {
    StratifiedSplit heldOut = StratifiedSplit.validation(TRAINING, 0.2, 9);
    DatasetBundle bundle =
        DatasetBundle.of("small", "", heldOut.remaining(), heldOut.heldOut()).withTestHeldOut();

    DatasetBundle first = bundle.fold(1, 4);

    assertThat(first.training().size() + first.test().size()).isEqualTo(TRAINING.size());
    assertThat(bundle.fold(1, 2, 50).test().size()).isEqualTo(25);
  }

  @Test
  void limits_keep_the_class_proportions() {
    DatasetBundle limited = BUNDLE.limitTraining(10, 3).limitTest(6);

    assertThat(limited.training().classCounts()).containsExactly(5, 3, 2);
    assertThat(limited.test().classCounts()).containsExactly(2, 2, 2);
  }

  @Test
  void sets_of_other_images_or_other_classes_do_not_go_together() {
    ImageDataset larger = TestData.dataset(new ImageShape(1, 3, 2), 0, 1, 2);
    ImageDataset fewer = TestData.dataset(SHAPE, 0, 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> DatasetBundle.of("small", "", TRAINING, larger))
        .withMessage("small: the test images are 1x3x2, allowed: 1x2x2 as the training images");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BUNDLE.withValidation(fewer))
        .withMessage(
            "small: the validation classes are [0, 1], allowed: [0, 1, 2] as the training classes");
  }

  @Test
  void batches_are_those_of_a_training() {
    DatasetBundle split = BUNDLE.ensureValidation(0.1, 3);

    TrainingData batches = split.batches(32, 5);

    assertThat(batches.training().batches()).as("90 images, the last 26 left out").isEqualTo(2);
    assertThat(batches.validation().size()).isEqualTo(10);
    assertThat(batches.test().size()).isEqualTo(30);
    assertThat(batches.normalization()).isEqualTo(split.training().normalization());
    try (TensorScope scope = TensorScope.open()) {
      ShuffledBatches expected =
          new ShuffledBatches(split.training(), 32, 5, "training-batches", LastBatch.DROP);
      assertThat(labels(batches.training(), 3)).isEqualTo(labels(expected, 3));
      assertThat(labels(batches.training(), 3)).isNotEqualTo(labels(batches.training(), 4));
      assertThat(labels(batches.test(), 3)).isEqualTo(labels(batches.test(), 4));
    }
  }

  private static long[] labels(BatchSource source, long epoch) {
    return Tensors.toLongs(source.batch(epoch, 0).labels());
  }

  @Test
  void a_training_without_validation_images_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BUNDLE.batches(32, 5))
        .withMessageStartingWith("small: no validation images, allowed: ");
  }
}
