package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.batch.ImageShape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SvhnFolderTest {
  @TempDir Path folder;
  private Path training;

  @BeforeEach
  void copy_training_and_test_images() {
    training = Fixtures.copy("train_32x32.mat", folder);
    Fixtures.copy("test_32x32.mat", folder);
  }

  @Test
  void images_are_turned_from_columns_to_rows_and_label_ten_is_the_digit_zero() {
    DatasetBundle bundle = Datasets.load(folder.toString());

    assertThat(bundle.name()).isEqualTo("svhn");
    assertThat(bundle.shape()).isEqualTo(new ImageShape(3, 8, 6));
    assertThat(bundle.classNames())
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    Fixtures.assertImages(bundle.training(), 0, 1, 0, 9, 2);
    Fixtures.assertImages(bundle.test(), 4, 0, 5);
    assertThat(bundle.notes()).isEmpty();
  }

  @Test
  void extra_images_come_after_the_training_images_and_need_not_be_packed() {
    Fixtures.copy("extra_32x32.mat", folder);
    DatasetBundle bundle = Datasets.load(folder.toString());

    assertThat(bundle.training().labels()).containsExactly(1, 0, 9, 2, 3, 0, 4);
    assertThat(bundle.training().pixels(5)).isEqualTo(Fixtures.pixels(7, bundle.shape()));
    assertThat(bundle.notes())
        .containsExactly("the images of extra_32x32.mat come after those of train_32x32.mat");
  }

  @Test
  void one_file_alone_is_known_by_its_beginning() throws IOException {
    Path file = Files.move(Fixtures.copy("extra_32x32.mat", folder), folder.resolve("digits"));
    ImageDataset images = SvhnReader.readDataset(List.of(DataFile.of(file)), Resizing.NONE);

    assertThat(DatasetFormats.of(file).name()).isEqualTo("svhn");
    Fixtures.assertImages(images, 6, 3, 0, 4);
  }

  @Test
  void numbers_of_most_significant_bytes_first_are_read_as_well() throws IOException {
    TestData.write(training, bigEndian(2, 1, 3, 1, "X", new byte[] {1, 2, 3, 4, 5, 6}, 7));

    ImageDataset images = SvhnReader.readDataset(List.of(DataFile.of(training)), Resizing.NONE);
    assertThat(images.shape()).isEqualTo(new ImageShape(3, 2, 1));
    assertThat(images.pixels(0)).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(images.labels()).containsExactly(7);
  }

  /** A file with one image and one label, written by hand. */
  private static byte[] bigEndian(int h, int w, int c, int n, String name, byte[] data, int label)
      throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(
        Arrays.copyOf("MATLAB 5.0 MAT-file, by hand".getBytes(StandardCharsets.US_ASCII), 124));
    file.write(new byte[] {1, 0, 'M', 'I'});
    ByteBuffer x = ByteBuffer.allocate(16 + 24 + 8 + 8 + 8);
    x.putInt(6).putInt(8).putInt(9).putInt(0);
    x.putInt(5).putInt(16).putInt(h).putInt(w).putInt(c).putInt(n);
    x.putInt(0x00010001).put((byte) name.charAt(0)).put(new byte[3]);
    x.putInt(2).putInt(data.length).put(data);
    file.write(ByteBuffer.allocate(8).putInt(14).putInt(x.capacity()).array());
    file.write(x.array());
    ByteBuffer y = ByteBuffer.allocate(16 + 16 + 8 + 8);
    y.putInt(6).putInt(8).putInt(9).putInt(0);
    y.putInt(5).putInt(8).putInt(1).putInt(1);
    y.putInt(0x00010001).put((byte) 'y').put(new byte[3]);
    y.putInt(0x00010002).put((byte) label).put(new byte[3]);
    file.write(ByteBuffer.allocate(8).putInt(14).putInt(y.capacity()).array());
    file.write(y.array());
    return file.toByteArray();
  }

  @Test
  void what_is_wrong_in_a_variable_is_told_with_its_name() throws IOException {
    byte[] two = new byte[] {1, 2, 3, 4, 5, 6};
    TestData.write(training, bigEndian(2, 1, 3, 1, "X", two, 11));
    assertRefused("variable y: label 0 is 11.0, allowed: 1..9, and 10 or 0 for 0");
    TestData.write(training, bigEndian(2, 3, 1, 1, "Z", two, 1));
    assertRefused("has 0 images in X and 1 labels in y, allowed: as many of both");
    TestData.write(training, bigEndian(3, 1, 2, 1, "X", two, 1));
    assertRefused("variable X: has the sizes [3, 1, 2, 1], allowed: unsigned bytes [H,W,C,N]");
    TestData.write(training, bigEndian(2, 3, 1, 9, "X", two, 1));
    assertRefused("variable X: has 6 bytes of type 2 for the sizes [2, 3, 1, 9], allowed: ");
    TestData.write(training, bigEndian(1 << 16, 1 << 16, 3, 1 << 30, "X", two, 1));
    assertRefused("variable X: has 6 bytes of type 2 for the sizes [65536, 65536, 3, 1073741824]");
    TestData.write(training, bigEndian(-2, -3, 1, 1, "X", two, 1));
    assertRefused("variable X: has 6 bytes of type 2 for the sizes [-2, -3, 1, 1], allowed: ");
  }

  @Test
  void a_file_that_is_cut_short_anywhere_is_refused() {
    for (String name : new String[] {"train_32x32.mat", "extra_32x32.mat"}) {
      byte[] whole = Fixtures.bytes(name);
      for (int length : new int[] {10, 126, 130, 140, whole.length / 2, whole.length - 1}) {
        TestData.write(training, Arrays.copyOf(whole, length));
        assertRefused("is cut short");
      }
    }
  }

  @Test
  void a_packed_variable_that_was_changed_is_refused() {
    byte[] changed = Fixtures.bytes("train_32x32.mat");
    for (int at = 0x88; at < changed.length; at += 7) {
      byte[] once = changed.clone();
      once[at] ^= 0x20;
      TestData.write(training, once);
      assertRefused("");
    }
  }

  @Test
  void files_of_other_formats_and_missing_files_are_refused() throws IOException {
    byte[] newer = Fixtures.bytes("train_32x32.mat");
    System.arraycopy("MATLAB 7.3".getBytes(StandardCharsets.US_ASCII), 0, newer, 0, 10);
    TestData.write(training, newer);
    assertRefused("begins with \"MATLAB 7.3 MAT-file");

    Fixtures.copy("train_32x32.mat", folder);
    Files.delete(folder.resolve("test_32x32.mat"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Datasets.load(folder.toString()))
        .withMessageStartingWith(folder.resolve("test_32x32.mat") + ": is missing, allowed: ");
  }

  private void assertRefused(String wrong) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Datasets.load(folder.toString()))
        .withMessageStartingWith(training + ": ")
        .withMessageContaining(wrong)
        .withMessageContaining("allowed: ")
        .withMessageNotContaining("\n");
  }
}
