package io.github.smartaug.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchSizesTest {
  @Test
  void at_most_a_tenth_of_the_images_is_left_out_whatever_their_number() {
    for (int images = 1; images < 5000; images++) {
      int size = BatchSizes.suitedTo(images);
      assertThat(size).isBetween(1, Math.min(images, 128));
      assertThat(10 * (images % size))
          .as("%d in batches of %d", images, size)
          .isLessThanOrEqualTo(images);
    }
  }

  @Test
  void an_epoch_has_ten_steps_and_those_of_more_than_one_image() {
    for (int images = 80; images < 5000; images++) {
      assertThat(images / BatchSizes.suitedTo(images)).as("%d", images).isGreaterThanOrEqualTo(10);
    }
    for (int images = 2; images < 80; images++) {
      assertThat(BatchSizes.suitedTo(images)).as("%d", images).isGreaterThanOrEqualTo(2);
    }
  }

  /** With 193 in batches of 128, an epoch had one step and left out 65. */
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "7, 7",
    "8, 8",
    "9, 3",
    "11, 5",
    "15, 7",
    "80, 8",
    "193, 19",
    "1279, 127",
    "1280, 128",
    "50000, 128"
  })
  void the_size_follows_from_the_number_of_images(int images, int size) {
    assertThat(BatchSizes.suitedTo(images)).isEqualTo(size);
  }

  @Test
  void no_images_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BatchSizes.suitedTo(0))
        .withMessage("training images: 0, allowed: at least 1");
  }
}
