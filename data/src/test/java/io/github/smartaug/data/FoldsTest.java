package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.batch.ImageShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FoldsTest {
  private static final ImageShape SHAPE = new ImageShape(1, 1, 1);

  @Property(tries = 200)
  void folds_are_disjoint_cover_everything_and_are_alike_in_size_and_classes(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 11) int folds,
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 2, max = 40) Integer> classCounts) {
    int[] counts = classCounts.stream().mapToInt(Integer::intValue).toArray();
    ImageDataset images = TestData.dataset(SHAPE, TestData.labels(counts));
    int parts = Math.min(folds, images.size());

    List<StratifiedSplit> all =
        IntStream.rangeClosed(1, parts)
            .mapToObj(fold -> StratifiedSplit.fold(images, fold, parts, seed))
            .toList();

    List<String> tested =
        all.stream().flatMap(split -> names(split.heldOut()).stream()).sorted().toList();
    assertThat(tested).isEqualTo(names(images).stream().sorted().toList());
    for (StratifiedSplit split : all) {
      List<String> both = new ArrayList<>(names(split.remaining()));
      both.addAll(names(split.heldOut()));
      assertThat(both).containsExactlyInAnyOrderElementsOf(names(images));
    }
    assertThat(spread(all.stream().map(split -> split.heldOut().size()).toList())).isLessThan(2);
    for (int label = 0; label < counts.length; label++) {
      int kind = label;
      assertThat(spread(all.stream().map(s -> s.heldOut().classCounts()[kind]).toList()))
          .as("class %s", label)
          .isLessThan(2);
    }
  }

  private static int spread(List<Integer> numbers) {
    return Collections.max(numbers) - Collections.min(numbers);
  }

  private static List<String> names(ImageDataset images) {
    return IntStream.range(0, images.size()).mapToObj(images::imageName).toList();
  }

  @Test
  void the_same_seed_makes_the_same_folds_and_another_seed_others() {
    ImageDataset images = TestData.dataset(SHAPE, TestData.labels(50, 30));
    List<String> first = names(StratifiedSplit.fold(images, 2, 5, 7).heldOut());

    assertThat(names(StratifiedSplit.fold(images, 2, 5, 7).heldOut())).isEqualTo(first);
    assertThat(names(StratifiedSplit.fold(images, 2, 5, 8).heldOut())).isNotEqualTo(first);
    // By number, as in the set: not class after class, and not every fifth.
    assertThat(first).isSortedAccordingTo(Comparator.comparingInt(Integer::parseInt));
    int[] gaps =
        IntStream.range(1, first.size())
            .map(i -> Integer.parseInt(first.get(i)) - Integer.parseInt(first.get(i - 1)))
            .toArray();
    assertThat(Arrays.stream(gaps).distinct().count()).isGreaterThan(2);
  }

  @Test
  void more_folds_than_images_and_folds_that_are_not_there_are_refused() {
    ImageDataset images = TestData.dataset(SHAPE, 0, 1, 1);
    for (int folds : new int[] {1, 4}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> StratifiedSplit.fold(images, 1, folds, 7))
          .withMessage(folds + " folds of 3 images, allowed: 2..3");
    }
    for (int fold : new int[] {0, 4}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> StratifiedSplit.fold(images, fold, 3, 7))
          .withMessage("fold is " + fold + ", allowed: 1..3");
    }
  }
}
