package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.batch.ImageShape;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"fashion-mnist-mikro", "/no/such/folder", "", " ", "nul\0character"})
  void an_unknown_name_is_refused_with_the_known_ones(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Datasets.load(name))
        .withMessage("data set: \"%s\", allowed: %s, a folder or file", name, "fashion-mnist-mini");
  }

  @Test
  void a_folder_of_nothing_known_is_refused_with_what_is_recognised() {
    TestData.write(folder.resolve("data_batch_1"), new byte[10]);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Datasets.load(folder.toString()))
        .withMessageContaining(folder + ": holds no known data set, allowed: ")
        .withMessageContaining("train-images-idx3-ubyte")
        .withMessageContaining("data_batch_1.bin")
        .withMessageContaining("train/CLASS/")
        .withMessageNotContaining("\n");
  }

  @Test
  void all_names_can_be_loaded() {
    assertThat(Datasets.names())
        .isNotEmpty()
        .allSatisfy(name -> assertThat(Datasets.load(name).name()).isEqualTo(name));
  }

  /** Grey images of 2x2 pixels in {@code images.dat}: a byte for the class, four for the levels. */
  private record Records() implements DatasetFormat {
    @Override
    public String name() {
      return "records";
    }

    @Override
    public String description() {
      return "images.dat";
    }

    @Override
    public boolean recognizes(Path folder) {
      return Files.isRegularFile(folder.resolve("images.dat"));
    }

    @Override
    public DatasetBundle read(Path folder, Resizing resizing) {
      List<DecodedImage> images = new ArrayList<>();
      List<Integer> labels = new ArrayList<>();
      int count =
          DataFile.of(folder.resolve("images.dat")).read(input -> parse(input, images, labels));
      assertThat(count).isEqualTo(images.size());
      ImageDataset all =
          ImageDataset.ofDecoded(
              resizing.applyToAll(images),
              List.of("dark", "light"),
              labels.stream().mapToInt(Integer::intValue).toArray());
      return DatasetBundle.of("records", "images.dat in " + folder, all, all);
    }

    private static int parse(DataInputStream input, List<DecodedImage> images, List<Integer> labels)
        throws IOException {
      for (int label = input.read(); label >= 0; label = input.read()) {
        labels.add(label);
        images.add(DecodedImage.of(new ImageShape(1, 2, 2), input.readNBytes(4)));
      }
      return labels.size();
    }
  }

  @Test
  void a_format_from_outside_reads_its_folders_until_it_is_taken_back() {
    TestData.write(folder.resolve("images.dat"), new byte[] {0, 0, 0, 1, 2, 1, -1, -2, -3, -4});
    DatasetFormats.register(new Records());
    try {
      assertThat(DatasetFormats.names())
          .startsWith("idx")
          .endsWith("image-list", "image-folder", "records");
      ImageDataset training = Datasets.load(folder.toString()).training();
      assertThat(training.pixels(1)).containsExactly(-1, -2, -3, -4);
      assertThat(Datasets.load(folder.toString(), 6).shape()).isEqualTo(new ImageShape(1, 6, 6));
    } finally {
      DatasetFormats.unregister("records");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> Datasets.load(folder.toString()));
  }
}
