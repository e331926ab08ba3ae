package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.Normalization;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageDatasetTest {
  private static final ImageShape SHAPE = new ImageShape(1, 2, 2);

  @Test
  void normalization_is_per_channel_in_units_of_white() {
    byte white = (byte) 255;
    byte[][] images = {{0, white, 51, 51}, {white, white, 102, 102}};
    ImageDataset dataset =
        ImageDataset.of(new ImageShape(2, 1, 2), List.of("only"), images, new int[2]);

    Normalization normalization = dataset.normalization();

    assertThat(normalization.mean().get(0)).isCloseTo(0.75, within(1e-12));
    assertThat(normalization.mean().get(1)).isCloseTo(0.3, within(1e-12));
    assertThat(normalization.standardDeviation().get(0))
        .isCloseTo(Math.sqrt(0.1875), within(1e-12));
    assertThat(normalization.standardDeviation().get(1)).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void a_channel_of_one_value_gets_the_standard_deviation_one() {
    ImageDataset black = ImageDataset.of(SHAPE, List.of("only"), new byte[3][4], new int[3]);

    assertThat(black.normalization().mean()).containsExactly(0.0);
    assertThat(black.normalization().standardDeviation()).containsExactly(1.0);
  }

  @Test
  void a_subset_has_the_chosen_images_in_the_chosen_order() {
    ImageDataset dataset = TestData.dataset(SHAPE, 0, 1, 2, 0);

    ImageDataset subset = dataset.subset(new int[] {3, 1});

    assertThat(subset.labels()).containsExactly(0, 1);
    assertThat(subset.pixels(0)).isEqualTo(dataset.pixels(3));
    assertThat(subset.pixels(1)).isEqualTo(dataset.pixels(1));
    assertThat(subset.classNames()).isEqualTo(dataset.classNames());
    assertThat(subset.classCounts()).containsExactly(1, 1, 0);
  }

  @Test
  void nothing_that_goes_in_or_out_can_change_a_data_set() {
    byte[][] images = {{1, 2, 3, 4}};
    int[] labels = {0};
    ImageDataset dataset = ImageDataset.of(SHAPE, List.of("a", "b"), images, labels);
    String hash = dataset.contentHash();

    images[0][0] = 9;
    labels[0] = 1;
    dataset.pixels(0)[0] = 9;
    dataset.labels()[0] = 1;

    assertThat(dataset.contentHash()).isEqualTo(hash);
  }

  @Test
  void the_content_hash_depends_on_pixels_labels_shape_and_class_names() {
    byte[][] images = {{1, 2, 3, 4}};
    byte[][] others = {{1, 2, 3, 5}};
    List<String> names = List.of("a", "b");

    assertThat(
            List.of(
                ImageDataset.of(SHAPE, names, images, new int[] {0}).contentHash(),
                ImageDataset.of(SHAPE, names, others, new int[] {0}).contentHash(),
                ImageDataset.of(SHAPE, names, images, new int[] {1}).contentHash(),
                ImageDataset.of(SHAPE, List.of("a", "c"), images, new int[] {0}).contentHash(),
                ImageDataset.of(new ImageShape(1, 1, 4), names, images, new int[] {0})
                    .contentHash()))
        .doesNotHaveDuplicates()
        .allMatch(hash -> hash.matches("[0-9a-f]{64}"));
  }

  @Test
  void what_does_not_fit_together_is_refused() {
    List<String> names = List.of("a", "b");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageDataset.of(SHAPE, names, new byte[2][4], new int[3]))
        .withMessageContaining("2 images and 3 labels");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageDataset.of(SHAPE, names, new byte[0][4], new int[0]))
        .withMessageContaining("at least one image");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageDataset.of(SHAPE, names, new byte[1][5], new int[1]))
        .withMessage("image 0 has 5 bytes, allowed: 4 for the shape 1x2x2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageDataset.of(SHAPE, names, new byte[1][4], new int[] {2}))
        .withMessage("image 0 has label 2, allowed: 0..1");
  }
}
