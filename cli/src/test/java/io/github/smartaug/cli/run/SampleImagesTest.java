package io.github.smartaug.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.augment.RandAugment;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.data.ImageDataset;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.transform.TransformSets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleImagesTest {
  @Test
  void classes_take_turns_although_a_folder_has_one_after_the_other() {
    int[] labels = new int[60];
    Arrays.setAll(labels, i -> i / 20);

    assertThat(chosen(labels, 3)).containsExactly(0, 20, 40, 1, 21, 41, 2, 22);
  }

  @Test
  void a_class_with_few_images_is_passed_over_once_they_are_shown() {
    assertThat(chosen(new int[] {1, 1, 1, 0, 1}, 2)).containsExactly(0, 3, 1, 2, 4);
  }

  @Test
  void of_many_classes_each_is_shown_once() {
    int[] labels = IntStream.range(0, 40).map(i -> i / 2).toArray();

    assertThat(chosen(labels, 20)).containsExactly(0, 2, 4, 6, 8, 10, 12, 14);
  }

  private static int[] chosen(int[] labels, int classes) {
    List<String> names = IntStream.range(0, classes).mapToObj(c -> "class " + c).toList();
    ImageDataset images =
        ImageDataset.of(new ImageShape(1, 1, 1), names, new byte[labels.length][1], labels);
    return new SampleImages(
            images,
            new RandAugment(TransformSets.named("base"), 1, 0.5),
            RandomStream.of(0, "samples"))
        .chosenImages();
  }
}
