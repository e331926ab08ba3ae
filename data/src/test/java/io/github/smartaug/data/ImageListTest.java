package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.batch.ImageShape;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageListTest {
  private static final String SIX =
      """
      path,label
      a1.png,cat
      a2.png,dog
      a3.png,cat
      sub/a4.png,dog
      a5.png,cat
      "with, comma ""and"" quotes.png",dog
      """;

  @TempDir Path folder;

  @BeforeEach
  void write_six_images_of_different_greys() {
    List<String> names =
        List.of(
            "a1.png", "a2.png", "a3.png", "sub/a4.png", "a5.png", "with, comma \"and\" quotes.png");
    for (int i = 0; i < names.size(); i++) {
      TestData.write(folder.resolve(names.get(i)), "png", TestData.grey(2, 3, 10 * (i + 1)));
    }
  }

  @Test
  void images_follow_the_list_and_classes_the_names_of_the_labels() {
    DatasetBundle bundle = load("photos.csv", withSplit(SIX, "train,train,train,train,test,test"));

    assertThat(bundle.name()).isEqualTo("photos");
    assertThat(bundle.shape()).isEqualTo(new ImageShape(1, 3, 2));
    assertThat(bundle.classNames()).containsExactly("cat", "dog");
    assertThat(bundle.training().labels()).containsExactly(0, 1, 0, 1);
    assertThat(Fixtures.levels(bundle.training())).containsExactly(10, 20, 30, 40);
    assertThat(bundle.training().imageName(3)).isEqualTo("sub/a4.png");
    assertThat(bundle.test().labels()).containsExactly(0, 1);
    assertThat(Fixtures.levels(bundle.test())).containsExactly(50, 60);
    assertThat(bundle.validation()).isEmpty();
  }

  @Test
  void a_split_has_the_names_that_folders_of_sets_have() {
    DatasetBundle bundle =
        load("photos.csv", withSplit(SIX, "Training,train,valid,validation,testing,TEST"));

    assertThat(Fixtures.levels(bundle.training())).containsExactly(10, 20);
    assertThat(Fixtures.levels(bundle.validation().orElseThrow())).containsExactly(30, 40);
    assertThat(Fixtures.levels(bundle.test())).containsExactly(50, 60);
  }

  @Test
  void without_a_split_a_fifth_is_held_out_and_a_note_says_so() {
    DatasetBundle bundle = load("photos.csv", SIX);

    assertThat(bundle.training().size()).isEqualTo(5);
    assertThat(bundle.test().size()).isEqualTo(1);
    assertThat(bundle.notes())
        .containsExactly(
            "no test images: 1 of 6 images, always the same ones, are held out for it");
  }

  @Test
  void json_lines_say_the_same_as_csv() {
    String json =
        """
        {"path": "a1.png", "label": "cat", "split": "train"}

        {"label": "dog", "split": "train", "path": "a2.png", "width": 2}
        {"file_name": "a3.png", "class": "cat", "split": "test"}
        {"path": "sub/a4.png", "label": "dog", "split": "test"}
        """;
    DatasetBundle bundle = load("photos.jsonl", json);

    assertThat(bundle.classNames()).containsExactly("cat", "dog");
    assertThat(Fixtures.levels(bundle.training())).containsExactly(10, 20);
    assertThat(Fixtures.levels(bundle.test())).containsExactly(30, 40);
    assertThat(bundle.test().labels()).containsExactly(0, 1);
  }

  @Test
  void columns_may_have_other_names_and_stand_in_any_order_among_others() {
    String text = "id,Class,FILE_NAME,split\n1,b,a1.png,train\n2,a,a2.png,train\n3,a,a3.png,test\n";
    DatasetBundle bundle = load("photos.csv", text);

    assertThat(bundle.classNames()).containsExactly("a", "b");
    assertThat(Fixtures.levels(bundle.training())).containsExactly(10, 20);
    assertThat(bundle.training().labels()).containsExactly(1, 0);
  }

  @Test
  void a_list_without_header_is_path_label_and_perhaps_split() {
    DatasetBundle bundle = load("x.csv", "a1.png,9,train\r\na2.png,10,train\r\na3.png,9,test");

    assertThat(bundle.classNames()).containsExactly("9", "10");
    assertThat(bundle.training().labels()).containsExactly(0, 1);
    assertThat(Fixtures.levels(bundle.test())).containsExactly(30);
  }

  @Test
  void labels_that_are_all_numbers_are_in_the_order_of_numbers_and_otherwise_of_texts() {
    assertThat(ClassLabels.of(List.of("10", "9", "10")).names()).containsExactly("9", "10");
    assertThat(ClassLabels.of(List.of("10", "9", "x")).names()).containsExactly("10", "9", "x");
    assertThat(ClassLabels.of(List.of("01", "1")).names()).containsExactly("01", "1");
  }

  @Test
  void a_folder_with_one_list_is_that_list_although_folders_of_images_stand_beside_it() {
    write("photos.csv", SIX);

    assertThat(DatasetFormats.of(folder).name()).isEqualTo("image-list");
    assertThat(Datasets.load(folder.toString()).training().contentHash())
        .isEqualTo(Datasets.load(folder.resolve("photos.csv").toString()).training().contentHash());
    write("other.csv", SIX);
    assertThat(DatasetFormats.of(folder).name()).isEqualTo("image-folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"photos.txt", "photos"})
  void a_list_is_known_by_its_first_line_whatever_its_name(String name) {
    assertThat(load(name, "\uFEFF" + SIX).classNames()).containsExactly("cat", "dog");
  }

  @Test
  void another_text_is_no_list() {
    write("notes.txt", "path to the images,\nsee the label on the box\n");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Datasets.load(folder.resolve("notes.txt").toString()))
        .withMessageContaining("notes.txt: holds no known data set, allowed: ");
  }

  @Test
  void images_that_cannot_be_read_are_refused_by_name_or_left_out() {
    TestData.write(folder.resolve("a2.png"), new byte[] {1, 2, 3});
    Path list =
        write(
            "photos.csv",
            withSplit(SIX + "gone.png,cat\n", "train,train,train,train,test,test,train"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Datasets.load(list.toString()))
        .withMessageContaining(list + ": 2 images cannot be used: a2.png (unknown format);")
        .withMessageContaining("gone.png (no such file), allowed: ")
        .withMessageEndingWith("or --skip-bad");

    DatasetBundle bundle = Datasets.load(list.toString(), Resizing.NONE, BadImages.LEAVE_OUT);
    assertThat(Fixtures.levels(bundle.training())).containsExactly(10, 30, 40);
    assertThat(bundle.training().labels()).containsExactly(0, 0, 1);
    assertThat(Fixtures.levels(bundle.test())).containsExactly(50, 60);
    assertThat(bundle.unreadable()).containsExactly("a2.png", "gone.png");
    assertThat(bundle.notes()).containsExactly("2 images left out, unreadable: a2.png, gone.png");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "path,label\\na1.png          | line 2 has 1 columns, allowed: 2 as line 1",
        "path,label\\na1.png,         | line 2 has no label",
        "path,label\\n,cat            | line 2 has no path",
        "path,label\\na1.png,cat\\n\\nsub/../a1.png,dog | line 4 lists sub/../a1.png, as line 2 does",
        "path,label,split\\na1.png,cat,dev | line 2 has the split \"dev\", allowed: train, training,",
        "path,label\\n\"a1.png,cat    | line 2 has a quote that is never closed",
        "path,label\\n\"a\\nb\",c\\n\"x\"y,cat | line 4 has text after a quote",
        "path,label\\na\"1.png,cat    | line 2 has a quote within a field",
        "file,kind\\na1.png,cat       | line 1 begins with file,kind, allowed: a header",
        "path;label\\na1.png;cat      | line 1 begins with path;label, allowed: a header",
        "path,label                   | lists no images",
        "''                           | lists no images",
        "a1.png,cat,train,x           | line 1 begins with a1.png,cat,train,x",
        "path,label,split\\na1.png,cat,train\\na2.png,dog,test | class \"dog\" has no training image",
        "{\"path\": \"a1.png\"}         | line 1: label: missing, allowed: a text or a whole number",
        "{\"path\": 3, \"label\": 1}    | line 1: path: 3, allowed: a text",
        "{\"path\": \"a1.png\", \"label\": 1.5} | line 1: label: 1.5, allowed: a text or a whole",
        "{\"path\": \"a1.png\", \"label\": 1}\\n[1] | line 2: [1], allowed: an object",
        "{\"path\": \"a1.png\", \"label\": 1}\\n{ | line 2: not JSON",
      })
  void what_is_wrong_in_a_list_is_told_with_its_line(String text, String wrong) {
    Path list = write("photos.csv", text.replace("\\n", "\n"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Datasets.load(list.toString()))
        .withMessageStartingWith(list + ": " + wrong)
        .withMessageNotContaining("\n");
  }

  @Test
  void a_list_that_is_no_text_is_refused() {
    Path list = folder.resolve("photos.csv");
    TestData.write(list, new byte[] {'p', (byte) 0xff, 0});

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Datasets.load(list.toString()))
        .withMessage(list + ": not a text, allowed: a list in UTF-8");
  }

  private DatasetBundle load(String name, String text) {
    return Datasets.load(write(name, text).toString());
  }

  private Path write(String name, String text) {
    Path file = folder.resolve(name);
    TestData.write(file, text.getBytes(StandardCharsets.UTF_8));
    return file;
  }

  /** The list with a column more. */
  private static String withSplit(String list, String splits) {
    String[] lines = list.strip().split("\n", -1);
    String[] values = ("split," + splits).split(",", -1);
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < lines.length; i++) {
      result.append(lines[i]).append(',').append(values[i]).append('\n');
    }
    return result.toString();
  }
}
