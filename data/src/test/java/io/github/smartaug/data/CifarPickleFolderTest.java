package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.batch.ImageShape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CifarPickleFolderTest {
  @TempDir Path parent;
  private Path ten;
  private Path hundred;

  @BeforeEach
  void unpack_both_sets() {
    Fixtures.unpack("cifar.zip", parent);
    ten = parent.resolve("cifar-10-batches-py");
    hundred = parent.resolve("cifar-100-python");
  }

  @Test
  void batches_of_cifar_10_are_read_one_after_another() {
    DatasetBundle bundle = load(ten);

    assertThat(DatasetFormats.of(ten).name()).isEqualTo("cifar-python");
    assertThat(bundle.name()).isEqualTo("cifar-10");
    assertThat(bundle.shape()).isEqualTo(new ImageShape(3, 32, 32));
    assertThat(bundle.classNames()).isEqualTo(ClassNames.CIFAR_10);
    Fixtures.assertImages(bundle.training(), 2, 1, 9, 2, 9, 3, 9, 4, 9, 5, 9);
    Fixtures.assertImages(bundle.test(), 50, 0, 8, 4);
  }

  @Test
  void cifar_100_has_its_fine_labels_whoever_wrote_the_pickles() throws IOException {
    DatasetBundle bundle = load(hundred);

    assertThat(bundle.name()).isEqualTo("cifar-100");
    assertThat(bundle.classNames()).containsExactly("apple", "aquarium_fish", "baby");
    Fixtures.assertImages(bundle.training(), 0, 2, 0, 1);
    Fixtures.assertImages(bundle.test(), 3, 1, 1);

    Files.write(
        hundred.resolve("test"),
        Files.readAllBytes(parent.resolve("python3-protocol2").resolve("test")));
    Fixtures.assertImages(load(hundred).test(), 3, 1, 1);
  }

  @Test
  void the_binary_version_of_cifar_100_is_the_same_data() throws IOException {
    DatasetBundle pickled = load(hundred);
    Path binary = parent.resolve("cifar-100-binary");
    TestData.write(binary.resolve("train.bin"), records(pickled.training()));
    TestData.write(binary.resolve("test.bin"), records(pickled.test()));
    TestData.write(
        binary.resolve("fine_label_names.txt"),
        "apple\naquarium_fish\nbaby\n\n".getBytes(StandardCharsets.US_ASCII));
    DatasetBundle read = load(binary);

    assertThat(DatasetFormats.of(binary).name()).isEqualTo("cifar-100-binary");
    assertThat(read.name()).isEqualTo("cifar-100");
    assertThat(read.training().contentHash()).isEqualTo(pickled.training().contentHash());
    assertThat(read.test().contentHash()).isEqualTo(pickled.test().contentHash());

    TestData.write(binary.resolve("test.bin"), new byte[] {5});
    Fixtures.assertRefused(binary, binary.resolve("test.bin") + ": is cut short");
    byte[] wrong = records(pickled.test());
    wrong[1] = 3;
    TestData.write(binary.resolve("test.bin"), wrong);
    Fixtures.assertRefused(
        binary, binary.resolve("test.bin") + ": record 0 has label 3, allowed: 0..2");
  }

  /** Records of a superclass, a class and the pixels. */
  private static byte[] records(ImageDataset images) {
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    for (int i = 0; i < images.size(); i++) {
      records.write(19);
      records.write(images.label(i));
      records.writeBytes(images.pixels(i));
    }
    return records.toByteArray();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cos$system$U#4trueR.          | uses os.system, which is no array",
        "cnumpy.core.multiarray$scalar$) R. | uses numpy.core.multiarray.scalar, which is no array",
        "cnumpy$dtype$(tR.             | calls numpy.dtype with values that it does not take",
        "c_codecs$encode$X#1###xX#3###rot#86R. | calls _codecs.encode with values that it does not",
        "cnumpy.core.multiarray$_reconstruct$cnumpy$dtype$#85R. | calls numpy.core.multiarray._reco",
        "cnumpy$ndarray$)#81.          | makes an object of a class",
        "]}b.                          | gives attributes to what is no array of numbers",
        "K#1Q.                         | refers to something outside it",
        "I1$.                          | has the operation 0x49, which Python with NumPy does not",
        "T####7a.                      | is cut off",
        "]q#1h#1a.                     | adds to what is complete",
        "K#1.                          | holds no dictionary, allowed: one",
        "}.                            | has no list labels but [], allowed: one",
      })
  void what_is_no_batch_is_refused_and_nothing_is_run(String text, String wrong) {
    TestData.write(ten.resolve("test_batch"), pickle(text));

    Fixtures.assertRefused(ten, ten.resolve("test_batch") + ": " + wrong);
  }

  /**
   * After a # a number of one digit, 0x81 or 0x85 to 0x87, or, for one more #, 0; $ ends a line.
   */
  private static byte[] pickle(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {(byte) 0x80, 2});
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '#') {
        bytes.write(c == '$' ? '\n' : c);
      } else if (i + 2 < text.length() && text.substring(i + 1).matches("(?s)8[1567].*")) {
        bytes.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
        i += 2;
      } else if (Character.isDigit(text.charAt(i + 1))) {
        bytes.write(text.charAt(i + 1) - '0');
        i++;
      } else {
        bytes.write(0);
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void labels_and_images_that_do_not_fit_are_refused() throws IOException {
    byte[] whole = Files.readAllBytes(ten.resolve("test_batch"));
    changeOnce(whole, new byte[] {'K', 0, 'K', 8, 'K', 4}, new byte[] {'K', 0, 'K', 10, 'K', 4});
    Fixtures.assertRefused(ten, ten.resolve("test_batch") + ": label 1 is 10, allowed: 0..9");
    changeOnce(whole, new byte[] {'K', 0, 'K', 8, 'K', 4}, new byte[] {'K', 0, 'K', 8, 'N', 'N'});
    Fixtures.assertRefused(ten, ten.resolve("test_batch") + ": data has 9216 bytes, the type u1");
    changeOnce(whole, new byte[] {'U', 2, 'u', '1'}, new byte[] {'U', 2, 'i', '1'});
    Fixtures.assertRefused(ten, ten.resolve("test_batch") + ": data has 9216 bytes, the type i1");
    changeOnce(whole, new byte[] {'K', 3, 'M', 0, 12}, new byte[] {'K', 3, 'M', 1, 12});
    Fixtures.assertRefused(
        ten, ten.resolve("test_batch") + ": data has 9216 bytes, the type u1 and the shape");
  }

  private void changeOnce(byte[] whole, byte[] from, byte[] to) {
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    String old = new String(from, StandardCharsets.ISO_8859_1);
    assertThat(text).contains(old);
    String changed = text.replace(old, new String(to, StandardCharsets.ISO_8859_1));
    TestData.write(ten.resolve("test_batch"), changed.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void a_batch_that_is_cut_short_anywhere_is_refused() throws IOException {
    byte[] whole = Files.readAllBytes(hundred.resolve("test"));
    for (int length = 1; length < whole.length; length += 97) {
      TestData.write(hundred.resolve("test"), Arrays.copyOf(whole, length));

      Fixtures.assertRefused(hundred, hundred.resolve("test") + ": is cut off");
    }
  }

  @Test
  void the_folder_around_the_unpacked_archive_will_do_and_missing_files_are_named()
      throws IOException {
    assertThat(load(parent).name()).isEqualTo("cifar-10");
    Files.delete(ten.resolve("batches.meta"));
    Fixtures.assertRefused(ten, ten.resolve("batches.meta") + ": is missing, allowed: ");
  }

  private static DatasetBundle load(Path path) {
    return Datasets.load(path.toString());
  }
}
