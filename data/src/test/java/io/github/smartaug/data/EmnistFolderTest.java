package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.batch.ImageShape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmnistFolderTest {
  @TempDir Path folder;

  @Test
  void images_are_turned_and_letters_are_numbered_from_one() {
    writeSplit(folder, "letters", 1, 26, 3);
    DatasetBundle bundle = load(folder);

    assertThat(DatasetFormats.of(folder).name()).isEqualTo("emnist");
    assertThat(bundle.name()).isEqualTo("emnist-letters");
    assertThat(bundle.shape()).isEqualTo(new ImageShape(1, 4, 5));
    assertThat(bundle.classNames()).hasSize(26).startsWith("a", "b").endsWith("z");
    Fixtures.assertImages(bundle.training(), 0, 0, 25, 2);
    Fixtures.assertImages(bundle.test(), 7, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "byclass,62,0,A,z",
    "bymerge,47,0,A,t",
    "balanced,47,0,A,t",
    "digits,10,0,,9",
    "mnist,10,0,,9",
  })
  void every_split_has_its_classes(
      String split, int classes, String first, String eleventh, String last) {
    writeSplit(folder, split, 0, classes - 1);
    DatasetBundle bundle = load(folder);

    assertThat(bundle.classNames()).hasSize(classes).startsWith(first).endsWith(last);
    assertThat(bundle.classNames()).doesNotHaveDuplicates();
    assertThat(eleventh == null ? "0" : bundle.classNames().get(10))
        .isEqualTo(eleventh == null ? "0" : eleventh);
  }

  @Test
  void of_several_splits_a_file_chooses_one() throws IOException {
    Path unpacked = Files.createDirectory(folder.resolve("gzip"));
    writeSplit(unpacked, "letters", 1, 2);
    writeSplit(unpacked, "digits", 0, 3);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> load(folder))
        .withMessage(
            "%s: has the splits digits, letters, allowed: one, or the path of one of its files",
            unpacked);
    Path chosen = unpacked.resolve("emnist-digits-test-labels-idx1-ubyte.gz");
    assertThat(load(chosen).name()).isEqualTo("emnist-digits");
  }

  @ParameterizedTest
  @CsvSource({"letters,0,1..26", "letters,27,1..26", "digits,10,0..9"})
  void a_label_that_is_no_class_is_refused(String split, int label, String allowed) {
    writeSplit(folder, split, 1, label);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> load(folder))
        .withMessageContaining(
            "labels-idx1-ubyte.gz: label 1 is " + label + ", allowed: " + allowed);
  }

  @Test
  void a_missing_file_is_named() throws IOException {
    writeSplit(folder, "digits", 1, 2);
    Files.delete(folder.resolve("emnist-digits-test-images-idx3-ubyte.gz"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> load(folder))
        .withMessageContaining("emnist-digits-test-images-idx3-ubyte: is missing, allowed: ");
  }

  private static DatasetBundle load(Path path) {
    return Datasets.load(path.toString());
  }

  /** Training images 0, 1, ... with these labels, and test image 7 with the first. */
  private static void writeSplit(Path folder, String split, int... labels) {
    String name = "emnist-" + split + "-";
    write(folder, name + "train-labels-idx1-ubyte.gz", TestData.idxLabels(labels));
    write(folder, name + "test-labels-idx1-ubyte.gz", TestData.idxLabels(labels[0]));
    write(folder, name + "train-images-idx3-ubyte.gz", turnedImages(0, labels.length));
    write(folder, name + "test-images-idx3-ubyte.gz", turnedImages(7, 1));
  }

  private static void write(Path folder, String name, byte[] content) {
    TestData.write(folder.resolve(name), TestData.gzip(content));
  }

  /** Images of 4 rows and 5 columns, stored column by column. */
  private static byte[] turnedImages(int first, int count) {
    ByteBuffer buffer = ByteBuffer.allocate(16 + count * 20);
    buffer.putInt(0x803).putInt(count).putInt(5).putInt(4);
    for (int i = first; i < first + count; i++) {
      for (int x = 0; x < 5; x++) {
        for (int y = 0; y < 4; y++) {
          buffer.put(Fixtures.value(i, 0, y, x));
        }
      }
    }
    return buffer.array();
  }
}
