package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.batch.ImageShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFolderTest {
  private static final String TRAINING_IMAGES = "train-images-idx3-ubyte";
  private static final String TRAINING_LABELS = "train-labels-idx1-ubyte";
  private static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  private static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  @TempDir Path folder;

  @BeforeEach
  void write_a_whole_data_set() {
    write(TRAINING_IMAGES, TestData.idxImages(4, 3, 5));
    write(TRAINING_LABELS, TestData.idxLabels(2, 0, 1, 2));
    write(TEST_IMAGES, TestData.idxImages(2, 3, 5));
    write(TEST_LABELS, TestData.idxLabels(1, 0));
  }

  @Test
  void images_and_labels_are_read_in_order_with_rows_before_columns() {
    DatasetBundle bundle = load();

    assertThat(bundle.name()).isEqualTo(folder.getFileName().toString());
    assertThat(bundle.shape()).isEqualTo(new ImageShape(1, 3, 5));
    assertThat(bundle.classNames()).containsExactly("0", "1", "2");
    assertThat(bundle.training().labels()).containsExactly(2, 0, 1, 2);
    assertThat(bundle.test().labels()).containsExactly(1, 0);
    for (int i = 0; i < 4; i++) {
      assertThat(bundle.training().pixels(i)).isEqualTo(TestData.pixels(i, 15));
    }
  }

  @Test
  void gzipped_files_and_names_with_a_dot_are_the_same_data() throws IOException {
    String hash = load().training().contentHash();
    Files.delete(folder.resolve(TRAINING_IMAGES));
    write(TRAINING_IMAGES + ".gz", TestData.gzip(TestData.idxImages(4, 3, 5)));
    Files.move(folder.resolve(TRAINING_LABELS), folder.resolve("train-labels.idx1-ubyte"));

    assertThat(load().training().contentHash()).isEqualTo(hash);
  }

  @Test
  void kmnist_is_known_by_the_name_of_its_folder() {
    Path raw = folder.resolve("KMNIST").resolve("raw");
    TestData.write(raw.resolve(TRAINING_IMAGES), TestData.idxImages(2, 3, 5));
    TestData.write(raw.resolve(TRAINING_LABELS), TestData.idxLabels(9, 0));
    TestData.write(raw.resolve(TEST_IMAGES), TestData.idxImages(1, 3, 5));
    TestData.write(raw.resolve(TEST_LABELS), TestData.idxLabels(1));
    DatasetBundle bundle = Datasets.load(raw.toString());

    assertThat(bundle.name()).isEqualTo("kmnist");
    assertThat(bundle.classNames()).hasSize(10).startsWith("o", "ki").endsWith("wo");
  }

  @Test
  void a_missing_file_is_named() throws IOException {
    Files.delete(folder.resolve(TEST_LABELS));

    assertRefused(TEST_LABELS, "is missing");
  }

  @Test
  void a_file_that_ends_in_the_middle_of_an_image_is_refused() {
    byte[] whole = TestData.idxImages(4, 3, 5);
    write(TRAINING_IMAGES, Arrays.copyOf(whole, whole.length - 1));

    assertRefused(TRAINING_IMAGES, "is cut short in image 3");
  }

  @Test
  void a_file_that_ends_in_its_header_is_refused() {
    write(TRAINING_IMAGES, Arrays.copyOf(TestData.idxImages(4, 3, 5), 6));

    assertRefused(TRAINING_IMAGES, "is cut short");
  }

  @Test
  void labels_that_are_cut_short_are_refused() {
    write(TEST_LABELS, Arrays.copyOf(TestData.idxLabels(1, 0), 9));

    assertRefused(TEST_LABELS, "is cut short in label 1");
  }

  @Test
  void a_gzipped_file_that_is_cut_short_is_refused() throws IOException {
    byte[] packed = TestData.gzip(TestData.idxImages(4, 3, 5));
    Files.delete(folder.resolve(TRAINING_IMAGES));
    for (int length : new int[] {5, packed.length / 2, packed.length - 4}) {
      write(TRAINING_IMAGES + ".gz", Arrays.copyOf(packed, length));

      assertRefused(TRAINING_IMAGES + ".gz", "is cut short");
    }
  }

  @Test
  void a_file_that_only_pretends_to_be_gzipped_is_refused() throws IOException {
    Files.move(folder.resolve(TEST_IMAGES), folder.resolve(TEST_IMAGES + ".gz"));

    assertRefused(TEST_IMAGES + ".gz", "cannot be read");
  }

  @Test
  void a_file_longer_than_its_header_says_is_refused() {
    write(TRAINING_IMAGES, TestData.idxImages(0x803, 4, 3, 5, 5));

    assertRefused(TRAINING_IMAGES, "is longer than its header says");
  }

  @Test
  void a_wrong_magic_number_is_refused() {
    write(TRAINING_IMAGES, TestData.idxImages(0x801, 4, 3, 5, 4));

    assertRefused(TRAINING_IMAGES, "starts with 0x00000801, allowed: 0x00000803");
  }

  @Test
  void an_impossible_number_of_rows_is_refused() {
    write(TRAINING_IMAGES, TestData.idxImages(0x803, 4, 0, 5, 0));

    assertRefused(TRAINING_IMAGES, "number of rows is 0");
  }

  @Test
  void an_unequal_number_of_images_and_labels_is_refused() {
    write(TRAINING_LABELS, TestData.idxLabels(2, 0, 1));

    assertRefused(TRAINING_LABELS, "has 3 labels, allowed: 4");
  }

  @Test
  void a_test_label_that_training_does_not_know_is_refused() {
    write(TEST_LABELS, TestData.idxLabels(1, 3));

    assertRefused(TEST_LABELS, "label 1 is 3, allowed: 0..2");
  }

  @Test
  void test_images_of_another_size_are_refused() {
    write(TEST_IMAGES, TestData.idxImages(2, 4, 5));

    assertRefused("test images are 1x4x5", "allowed: 1x3x5");
  }

  private DatasetBundle load() {
    return Datasets.load(folder.toString());
  }

  private void write(String name, byte[] content) {
    TestData.write(folder.resolve(name), content);
  }

  private void assertRefused(String file, String wrong) {
    assertThatIllegalArgumentException()
        .isThrownBy(this::load)
        .withMessageContaining(file)
        .withMessageContaining(wrong)
        .withMessageContaining("allowed: ");
  }
}
