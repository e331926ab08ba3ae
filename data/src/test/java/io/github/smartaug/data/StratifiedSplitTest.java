package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.batch.ImageShape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StratifiedSplitTest {
  /** 100, 50 and 10 images of three classes; the four pixels of an image tell its number. */
  private static final ImageDataset DATASET = numbered(TestData.labels(100, 50, 10));

  @Test
  void every_class_gives_its_exact_share() {
    StratifiedSplit split = StratifiedSplit.validation(DATASET, 0.2, 7);

    assertThat(split.heldOut().classCounts()).containsExactly(20, 10, 2);
    assertThat(split.remaining().classCounts()).containsExactly(80, 40, 8);
  }

  @Test
  void every_image_is_on_exactly_one_side_and_the_order_is_kept() {
    StratifiedSplit split = StratifiedSplit.validation(DATASET, 0.3, 7);
    List<Integer> remaining = numbers(split.remaining());
    List<Integer> heldOut = numbers(split.heldOut());

    assertThat(remaining).isSorted();
    assertThat(heldOut).isSorted();
    List<Integer> both = new ArrayList<>(remaining);
    both.addAll(heldOut);
    assertThat(both)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, DATASET.size()).boxed().toList());
  }

  @Test
  void the_same_seed_draws_the_same_images_and_another_seed_others() {
    List<Integer> first = numbers(StratifiedSplit.validation(DATASET, 0.2, 7).heldOut());

    assertThat(numbers(StratifiedSplit.validation(DATASET, 0.2, 7).heldOut())).isEqualTo(first);
    assertThat(numbers(StratifiedSplit.validation(DATASET, 0.2, 8).heldOut())).isNotEqualTo(first);
  }

  @Test
  void images_are_drawn_from_the_whole_of_a_class() {
    List<Integer> drawn = numbers(StratifiedSplit.validation(DATASET, 0.5, 7).heldOut());

    // Of 100 images of class 0: both halves of the class give some, neither gives all.
    assertThat(drawn.stream().filter(i -> i < 50).count()).isBetween(10L, 40L);
  }

  @Test
  void remainders_go_to_the_classes_that_lost_most_by_rounding_down() {
    assertThat(StratifiedSplit.quotas(new int[] {10, 10, 10}, 10)).containsExactly(4, 3, 3);
    // Shares 0.7, 1.4, 4.9: seven in all.
    assertThat(StratifiedSplit.quotas(new int[] {1, 2, 7}, 7)).containsExactly(1, 1, 5);
    assertThat(StratifiedSplit.quotas(new int[] {0, 5}, 5)).containsExactly(0, 5);
    assertThat(StratifiedSplit.quotas(new int[] {30_000, 30_000}, 59_999))
        .containsExactly(30_000, 29_999);
  }

  @Test
  void fractions_out_of_range_or_without_effect_are_refused() {
    for (double fraction : new double[] {0, 1, -0.1, 1.5, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> StratifiedSplit.validation(DATASET, fraction, 7))
          .withMessageContaining("fraction to hold out is " + fraction + ", allowed: between");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StratifiedSplit.validation(DATASET, 0.001, 7))
        .withMessageContaining("fraction 0.001 of 160 images holds out 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StratifiedSplit.validation(DATASET, 0.999, 7))
        .withMessageContaining("holds out 160");
  }

  @Test
  void a_limit_draws_that_many_images_in_proportion() {
    ImageDataset limited = StratifiedSplit.limit(DATASET, 32, 7);

    assertThat(limited.classCounts()).containsExactly(20, 10, 2);
    assertThat(numbers(limited)).isSorted().doesNotHaveDuplicates();
    assertThat(numbers(StratifiedSplit.limit(DATASET, 32, 7))).isEqualTo(numbers(limited));
  }

  @Test
  void a_limit_beyond_the_size_changes_nothing_and_one_below_one_is_refused() {
    assertThat(StratifiedSplit.limit(DATASET, 160, 7)).isSameAs(DATASET);
    assertThat(StratifiedSplit.limit(DATASET, 1_000, 7)).isSameAs(DATASET);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StratifiedSplit.limit(DATASET, 0, 7))
        .withMessage("limit is 0 images, allowed: at least 1");
  }

  private static ImageDataset numbered(int[] labels) {
    byte[][] images = new byte[labels.length][];
    for (int i = 0; i < images.length; i++) {
      images[i] = new byte[] {(byte) i};
    }
    return ImageDataset.of(new ImageShape(1, 1, 1), ClassNames.numerals(3), images, labels);
  }

  private static List<Integer> numbers(ImageDataset dataset) {
    return IntStream.range(0, dataset.size())
        .mapToObj(i -> Byte.toUnsignedInt(dataset.pixels(i)[0]))
        .toList();
  }
}
