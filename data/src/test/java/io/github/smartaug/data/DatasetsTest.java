package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
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
        .withMessage(
            "data set \"%s\": no such name or folder, allowed: a folder, or one of %s",
            name, "fashion-mnist-mini");
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
}
