package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.batch.ImageShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFolderWriterTest {
  @TempDir Path folder;

  private static ImageDataset images(int channels, int count, List<String> classes, long seed) {
    ImageShape shape = new ImageShape(channels, 5, 7);
    Random random = new Random(seed);
    byte[][] pixels = new byte[count][channels * 35];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      random.nextBytes(pixels[i]);
      labels[i] = i % classes.size();
    }
    return ImageDataset.of(shape, classes, pixels, labels);
  }

  private static DatasetBundle bundle(int channels, List<String> classes) {
    return DatasetBundle.of(
            "made", "made up", images(channels, 23, classes, 1), images(channels, 12, classes, 2))
        .withValidation(images(channels, 14, classes, 3));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void what_is_read_again_is_the_same_pixels_labels_and_sets(int channels) throws IOException {
    DatasetBundle written = bundle(channels, List.of("bird", "cat", "dog"));

    ImageFolderWriter.write(written, folder);
    DatasetBundle read = Datasets.load(folder.toString());

    assertThat(read.classNames()).containsExactly("bird", "cat", "dog");
    requireSame(read.training(), written.training());
    requireSame(read.validation().orElseThrow(), written.validation().orElseThrow());
    requireSame(read.test(), written.test());
  }

  /** Class by class: that is the order in which a folder is read. */
  private static void requireSame(ImageDataset read, ImageDataset written) {
    assertThat(read.shape()).isEqualTo(written.shape());
    assertThat(read.size()).isEqualTo(written.size());
    int position = 0;
    for (int c = 0; c < written.classNames().size(); c++) {
      for (int i = 0; i < written.size(); i++) {
        if (written.label(i) == c) {
          assertThat(read.label(position)).isEqualTo(c);
          assertThat(read.pixels(position)).isEqualTo(written.pixels(i));
          position++;
        }
      }
    }
  }

  /** In the order of their names, "T-shirt/top" would not be class 0, nor a folder. */
  @Test
  void classes_keep_their_numbers_whatever_their_names() throws IOException {
    ImageFolderWriter.write(bundle(1, List.of("T-shirt/top", "Bag", "..")), folder);

    assertThat(Datasets.load(folder.toString()).classNames())
        .containsExactly("0-T-shirt-top", "1-Bag", "2-..");
  }

  @Test
  void a_set_without_images_of_a_class_is_refused_and_nothing_is_written() {
    List<String> classes = List.of("a", "b", "c");
    DatasetBundle lacking =
        DatasetBundle.of("made", "made up", images(1, 6, classes, 1), images(1, 2, classes, 2));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageFolderWriter.write(lacking, folder))
        .withMessage("test: no image of class c, allowed: at least one of every class");
    assertThat(folder).isEmptyDirectory();
  }
}
