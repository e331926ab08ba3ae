package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Npy;
import io.github.smartaug.tensor.Npz;
import io.github.smartaug.tensor.TensorScope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumpyFormatTest {
  @TempDir Path folder;

  @Test
  void a_file_as_of_medmnist_has_three_sets_and_channels_last() {
    Path file = Fixtures.copy("colours.npz", folder);
    DatasetBundle bundle = Datasets.load(file.toString());

    assertThat(DatasetFormats.of(file).name()).isEqualTo("numpy");
    assertThat(bundle.name()).isEqualTo("colours");
    assertThat(bundle.shape()).isEqualTo(new ImageShape(3, 4, 5));
    assertThat(bundle.classNames()).containsExactly("0", "1", "2");
    Fixtures.assertImages(bundle.training(), 0, 0, 1, 2, 0, 1, 2);
    Fixtures.assertImages(bundle.validation().orElseThrow(), 6, 2, 0);
    Fixtures.assertImages(bundle.test(), 8, 1, 1, 0);
    assertThat(bundle.notes()).isEmpty();
  }

  @Test
  void a_file_as_of_keras_is_grey() throws IOException {
    Path file = Files.move(Fixtures.copy("grey.npz", folder), folder.resolve("of another name"));
    DatasetBundle bundle = Datasets.load(file.toString());

    assertThat(bundle.shape()).isEqualTo(new ImageShape(1, 4, 5));
    Fixtures.assertImages(bundle.training(), 0, 1, 0, 1, 0);
    Fixtures.assertImages(bundle.test(), 4, 0, 1);
  }

  @Test
  void files_of_arrays_in_a_folder_may_have_channels_first_and_no_test_set() {
    Fixtures.copy("train_images.npy", folder);
    Fixtures.copy("train_labels.npy", folder);
    DatasetBundle bundle = Datasets.load(folder.toString());

    assertThat(bundle.shape()).isEqualTo(new ImageShape(3, 4, 5));
    assertThat(bundle.classNames()).containsExactly("0", "1", "2", "3");
    assertThat(bundle.training().size()).isEqualTo(4);
    assertThat(bundle.test().size()).isEqualTo(1);
    assertThat(bundle.training().pixels(0)).isEqualTo(Fixtures.pixels(0, bundle.shape()));
    assertThat(bundle.notes())
        .containsExactly(
            "no test images: 1 of 5 images, always the same ones, are held out for it");
  }

  @Test
  void images_are_resized() {
    Path file = Fixtures.copy("colours.npz", folder);

    assertThat(Datasets.load(file.toString(), 8).shape()).isEqualTo(new ImageShape(3, 8, 8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UINT8 4 28 28 28 | INT64 4   | images\": shape [4, 28, 28, 28], allowed: [N,H,W],"
            + " [N,H,W,C]",
        "UINT8 4 28       | INT64 4   | images\": shape [4, 28], allowed: [N,H,W]",
        "UINT8 4 2 2 4    | INT64 4   | images\": shape [4, 2, 2, 4], allowed: ",
        "UINT8 4 0 2      | INT64 4   | images\": shape [4, 0, 2], allowed: ",
        "FLOAT 4 2 2      | INT64 4   | images\": dtype <f4, allowed: |u1 (uint8)",
        "UINT8 4 2 2      | FLOAT 4   | labels\": dtype <f4, allowed: whole numbers",
        "UINT8 4 2 2      | UINT8 4 14| labels\": shape [4, 14], allowed: [N] or [N,1]",
        "UINT8 4 2 2      | INT64 3   | images has the shape [4, 2, 2], allowed: 3 images, one for",
        "UINT8 0 2 2      | INT64 0   | images\": shape [0, 2, 2], allowed: ",
      })
  void arrays_of_other_kinds_are_refused(String images, String labels, String wrong)
      throws IOException {
    Path file = folder.resolve("x.npz");
    try (TensorScope scope = TensorScope.open()) {
      assertThat(scope).isNotNull();
      Map<String, Tensor> arrays = new LinkedHashMap<>();
      arrays.put("images", zeros(images));
      arrays.put("labels", zeros(labels));
      Npz.write(file, NamedTensors.of(arrays));
    }

    assertRefused(file, wrong);
  }

  private static Tensor zeros(String kind) {
    String[] words = kind.split(" ", -1);
    ScalarType type =
        switch (words[0]) {
          case "UINT8" -> ScalarType.Byte;
          case "INT64" -> ScalarType.Long;
          default -> ScalarType.Float;
        };
    long[] shape = Arrays.stream(words).skip(1).mapToLong(Long::parseLong).toArray();
    return torch.zeros(shape).to(type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-1     | label 0 is -1, allowed: 0..65535",
        "70000  | label 0 is 70000, allowed: 0..65535",
      })
  void labels_that_are_no_classes_are_refused(long label, String wrong) throws IOException {
    Fixtures.copy("train_images.npy", folder);
    ByteBuffer file = ByteBuffer.allocate(128 + 40).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) 118);
    file.put(
        "{'descr': '<i8', 'fortran_order': False, 'shape': (5,), }"
            .getBytes(StandardCharsets.US_ASCII));
    file.position(128).putLong(label);
    TestData.write(folder.resolve("train_labels.npy"), file.array());

    assertRefused(folder, "train_labels.npy: " + wrong);
  }

  @Test
  void a_test_label_that_training_does_not_know_is_refused() throws IOException {
    Fixtures.copy("train_images.npy", folder);
    Fixtures.copy("train_labels.npy", folder);
    Files.copy(folder.resolve("train_images.npy"), folder.resolve("test-images.npy"));
    try (TensorScope scope = TensorScope.open()) {
      assertThat(scope).isNotNull();
      Npy.write(folder.resolve("test-labels.npy"), torch.arange(new Scalar(5)));
    }

    assertRefused(folder, "test_labels: label 4 is 4, allowed: 0..3 as in training");
  }

  @Test
  void images_without_labels_and_other_arrays_are_refused_by_name() throws IOException {
    Fixtures.copy("train_images.npy", folder);
    assertRefused(folder, "has train_images without train_labels");

    Path file = folder.resolve("weights.npz");
    try (TensorScope scope = TensorScope.open()) {
      assertThat(scope).isNotNull();
      Npz.write(file, NamedTensors.of("weight", zeros("FLOAT 2")));
    }
    assertRefused(
        file, "has the arrays weight, allowed: images under one of the names train_images");
  }

  @Test
  void files_that_are_cut_short_or_longer_are_refused() {
    Fixtures.copy("train_labels.npy", folder);
    byte[] whole = Fixtures.bytes("train_images.npy");
    Path images = folder.resolve("train_images.npy");

    TestData.write(images, Arrays.copyOf(whole, whole.length - 1));
    assertRefused(folder, "train_images.npy: truncated, allowed: all elements of the shape");
    TestData.write(images, Arrays.copyOf(whole, whole.length + 1));
    assertRefused(folder, "train_images.npy: is longer than its header says");
    TestData.write(images, Arrays.copyOf(whole, 20));
    assertRefused(folder, "train_images.npy: truncated in the .npy header");
  }

  @Test
  void a_shape_larger_than_the_heap_is_refused_before_anything_is_read() {
    Fixtures.copy("train_labels.npy", folder);
    byte[] huge =
        new String(Fixtures.bytes("train_images.npy"), StandardCharsets.ISO_8859_1)
            .replace("(5, 3, 4, 5), } ", "(5, 3, 99999, 99999)} ".substring(0, 22))
            .getBytes(StandardCharsets.ISO_8859_1);
    TestData.write(folder.resolve("train_images.npy"), huge);

    assertRefused(folder, "of memory, allowed: ");
  }

  @Test
  void an_archive_that_is_cut_short_or_changed_is_refused() {
    for (String name : new String[] {"colours.npz", "grey.npz"}) {
      byte[] whole = Fixtures.bytes(name);
      Path file = folder.resolve(name);
      TestData.write(file, Arrays.copyOf(whole, whole.length - 30));
      assertRefused(file, "not a .npz file");

      byte[] changed = whole.clone();
      int at = name.startsWith("grey") ? 190 : 120;
      changed[at] ^= 0x10;
      TestData.write(file, changed);
      assertRefused(file, "array \"");
    }
  }

  private static void assertRefused(Path path, String wrong) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Datasets.load(path.toString()))
        .withMessageStartingWith(path.toString())
        .withMessageContaining(wrong)
        .withMessageNotContaining("\n");
  }
}
