package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.data.parquet.ParquetFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parquet files that pyarrow wrote: {@code make.py} beside them. */
class ParquetTest {
  private static final int ROWS = 10;

  @TempDir Path folder;

  private Path file(String name, String to) throws IOException {
    Path target = folder.resolve(to);
    Files.createDirectories(target.getParent());
    try (InputStream in = getClass().getResourceAsStream("parquet/" + name + ".parquet")) {
      Files.copy(in, target);
    }
    return target;
  }

  private Path file(String name) throws IOException {
    return file(name, name + ".parquet");
  }

  private static DatasetBundle load(Path path) {
    return Datasets.load(path.toString());
  }

  /** Image i is of the level 10 i + 1, which also tells its label. */
  private static List<Integer> numbers(ImageDataset images) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      int number = (Byte.toUnsignedInt(images.pixels(i)[0]) - 1) / 10;
      assertThat(images.label(i)).isEqualTo(number % 3);
      numbers.add(number);
    }
    return numbers;
  }

  private static void assertAllTen(DatasetBundle bundle) {
    List<Integer> numbers = new ArrayList<>(numbers(bundle.training()));
    numbers.addAll(numbers(bundle.test()));
    assertThat(numbers).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(bundle.shape()).isEqualTo(new ImageShape(1, 4, 4));
  }

  @Test
  void a_folder_of_a_hub_is_read_in_the_order_of_its_files_with_the_names_of_classes()
      throws IOException {
    for (String name :
        List.of("train-00000-of-00002", "train-00001-of-00002", "test-00000-of-00001")) {
      file(name, "animals/data/" + name + ".parquet");
    }
    DatasetBundle bundle = load(folder.resolve("animals"));
    assertThat(bundle.name()).isEqualTo("animals");
    assertThat(bundle.classNames()).containsExactly("cat", "dog", "eel");
    assertThat(numbers(bundle.training())).containsExactly(0, 1, 2, 3, 4, 5, 6);
    assertThat(numbers(bundle.test())).containsExactly(7, 8, 9);
    assertThat(bundle.training().imageName(4)).isEqualTo("data/train-00001-of-00002.parquet/0");
  }

  @Test
  void folders_may_be_named_as_the_sets() throws IOException {
    file("train-00000-of-00002", "animals/train/0000.parquet");
    file("train-00001-of-00002", "animals/validation/0000.parquet");
    file("test-00000-of-00001", "animals/test/0000.parquet");
    DatasetBundle bundle = load(folder.resolve("animals"));
    assertThat(numbers(bundle.training())).containsExactly(0, 1, 2, 3);
    assertThat(numbers(bundle.validation().orElseThrow())).containsExactly(4, 5, 6);
    assertThat(numbers(bundle.test())).containsExactly(7, 8, 9);
  }

  @Test
  void several_files_are_one_path() throws IOException {
    file("train-00000-of-00002");
    file("train-00001-of-00002");
    DatasetBundle bundle = load(folder.resolve("train-{00000..00001}-of-00002.parquet"));
    assertThat(bundle.training().size() + bundle.test().size()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "codec-none",
        "codec-snappy",
        "codec-gzip",
        "codec-zstd",
        "codec-lz4",
        "second-version",
        "plain",
        "img",
        "small-numbers"
      })
  void files_of_all_usual_kinds_are_read(String name) throws IOException {
    DatasetBundle bundle = load(file(name));
    assertAllTen(bundle);
    assertThat(bundle.classNames()).containsExactly("0", "1", "2");
  }

  @Test
  void labels_may_be_texts_and_the_files_name_any() throws IOException {
    DatasetBundle bundle = load(file("texts", "texts.dat"));
    assertAllTen(bundle);
    assertThat(bundle.classNames()).containsExactly("cat", "dog", "eel");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "codec-brotli | pages are compressed by the method 4, allowed: UNCOMPRESSED (0), SNAPPY (1)",
        "delta | values of the column label are encoded by the method 5, allowed: PLAIN (0)",
        "hidden-labels | row 0: has the label -1, allowed: at least 0",
        "no-label | has no column of labels but image.bytes, image.path, allowed: a column label",
        "no-bytes | row 0: has no bytes of an image, allowed: bytes and a label in every row",
      })
  void what_cannot_be_read_is_told_with_the_files_name(String name, String message)
      throws IOException {
    Path file = file(name);
    assertThatThrownBy(() -> load(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(message);
  }

  @Test
  void a_file_that_is_cut_short_is_told() throws IOException {
    Path file = file("codec-snappy");
    byte[] whole = Files.readAllBytes(file);
    for (int length = 4; length < whole.length; length += 37) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> load(file))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(file + ": is cut short or damaged, allowed: a whole Parquet file");
    }
  }

  @Test
  void damage_anywhere_is_an_error_or_other_values_and_nothing_else() throws IOException {
    for (String name : List.of("codec-zstd", "second-version", "plain", "train-00000-of-00002")) {
      Path file = file(name);
      byte[] whole = Files.readAllBytes(file);
      Random random = new Random(7);
      for (int i = 0; i < 400; i++) {
        byte[] damaged = whole.clone();
        for (int change = 0; change < 3; change++) {
          damaged[4 + random.nextInt(damaged.length - 4)] = (byte) random.nextInt(256);
        }
        Files.write(file, damaged);
        try {
          readAll(file);
        } catch (IllegalArgumentException e) {
          assertThat(e).hasMessageStartingWith(file + ": ");
        }
      }
    }
  }

  private static void readAll(Path path) {
    ParquetFile file = ParquetFile.open(path);
    int count = 0;
    try (ParquetFile.Rows rows = file.rows(file.columns())) {
      while (rows.hasNext() && count++ < 100 * ROWS) {
        assertThat(rows.next()).hasSize(file.columns().size());
      }
    }
  }

  @Test
  void the_table_tells_its_columns_and_rows() throws IOException {
    ParquetFile file = ParquetFile.open(file("train-00000-of-00002"));
    assertThat(file.columns())
        .hasToString(
            "[ParquetColumn[path=image.bytes, kind=BYTES, depth=2],"
                + " ParquetColumn[path=image.path, kind=BYTES, depth=2],"
                + " ParquetColumn[path=label, kind=INT64, depth=1]]");
    assertThat(file.rows()).isEqualTo(4);
    assertThat(file.metadata("huggingface").orElseThrow()).contains("\"cat\"");
    List<Object> paths = new ArrayList<>();
    try (ParquetFile.Rows rows = file.rows(List.of(file.column("image.path").orElseThrow()))) {
      rows.forEachRemaining(
          row ->
              paths.add(
                  row[0] == null ? null : new String((byte[]) row[0], StandardCharsets.UTF_8)));
    }
    assertThat(paths).containsExactly(null, "1.png", null, "3.png");
  }
}
