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

class CifarFolderTest {
  @TempDir Path parent;
  private Path folder;

  @BeforeEach
  void write_a_whole_data_set() {
    folder = parent.resolve("cifar-10-batches-bin");
    for (int batch = 1; batch <= 5; batch++) {
      write("data_batch_" + batch + ".bin", TestData.cifarRecords(2 * batch, batch, 9));
    }
    write("test_batch.bin", TestData.cifarRecords(50, 0, 8, 4));
  }

  @Test
  void batches_are_read_one_after_another_with_the_known_class_names() {
    DatasetBundle bundle = Datasets.load(folder.toString());

    assertThat(bundle.name()).isEqualTo("cifar-10");
    assertThat(bundle.shape()).isEqualTo(new ImageShape(3, 32, 32));
    assertThat(bundle.classNames()).startsWith("airplane", "automobile").endsWith("ship", "truck");
    assertThat(bundle.training().labels()).containsExactly(1, 9, 2, 9, 3, 9, 4, 9, 5, 9);
    assertThat(bundle.test().labels()).containsExactly(0, 8, 4);
    for (int i = 0; i < 10; i++) {
      assertThat(bundle.training().pixels(i)).isEqualTo(TestData.pixels(2 + i, 3072));
    }
  }

  @Test
  void the_folder_around_the_unpacked_archive_will_do() {
    assertThat(Datasets.load(parent.toString()).training().contentHash())
        .isEqualTo(Datasets.load(folder.toString()).training().contentHash());
  }

  @Test
  void a_missing_batch_is_named() throws IOException {
    Files.delete(folder.resolve("data_batch_3.bin"));

    assertRefused("data_batch_3.bin", "is missing");
  }

  @Test
  void a_batch_that_is_cut_short_is_refused() {
    write("data_batch_2.bin", Arrays.copyOf(TestData.cifarRecords(0, 1, 2), 2 * 3073 - 1));

    assertRefused("data_batch_2.bin", "is cut short in record 1");
  }

  @Test
  void an_empty_batch_is_refused() {
    write("test_batch.bin", new byte[0]);

    assertRefused("test_batch.bin", "is empty");
  }

  @Test
  void a_label_beyond_the_ten_classes_is_refused() {
    write("test_batch.bin", TestData.cifarRecords(0, 3, 10));

    assertRefused("test_batch.bin", "record 1 has label 10, allowed: 0..9");
  }

  private void write(String name, byte[] content) {
    TestData.write(folder.resolve(name), content);
  }

  private void assertRefused(String file, String wrong) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Datasets.load(folder.toString()))
        .withMessageContaining(file)
        .withMessageContaining(wrong)
        .withMessageContaining("allowed: ");
  }
}
