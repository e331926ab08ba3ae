package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.batch.ImageShape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TinyImageNetTest {
  @TempDir Path parent;
  private Path folder;

  @BeforeEach
  void write_three_classes_as_published() {
    folder = parent.resolve("tiny-imagenet-200");
    for (int i = 0; i < 6; i++) {
      String id = "n0000000" + i % 3;
      image("train/" + id + "/images/" + id + "_" + i + ".JPEG", 10 * i);
      text("train/" + id + "/" + id + "_boxes.txt", id + "_0.JPEG\t0\t0\t62\t63\n");
    }
    image("val/images/val_0.JPEG", 200);
    image("val/images/val_1.JPEG", 210);
    image("test/images/test_0.JPEG", 250);
    text(
        "val/val_annotations.txt",
        "val_1.JPEG\tn00000002\t0\t32\t44\t62\nval_0.JPEG\tn00000000\t52\t55\t57\t59\n");
    text("wnids.txt", "n00000002\nn00000000\nn00000001\n");
    text(
        "words.txt",
        "n00000000\tgoldfish, Carassius auratus\nn00000001\tcrane\nn00000002\tcrane\nn9\tother\n");
  }

  @Test
  void validation_images_are_the_test_set_with_the_labels_of_their_annotations() {
    DatasetBundle bundle = load();

    assertThat(DatasetFormats.of(folder).name()).isEqualTo("tiny-imagenet");
    assertThat(bundle.name()).isEqualTo("tiny-imagenet-200");
    assertThat(bundle.shape()).isEqualTo(new ImageShape(1, 2, 2));
    assertThat(bundle.classNames())
        .containsExactly("goldfish, Carassius auratus", "crane (n00000001)", "crane (n00000002)");
    assertThat(bundle.training().labels()).containsExactly(0, 0, 1, 1, 2, 2);
    assertThat(Fixtures.levels(bundle.training())).containsExactly(0, 30, 10, 40, 20, 50);
    assertThat(bundle.test().labels()).containsExactly(2, 0);
    assertThat(Fixtures.levels(bundle.test())).containsExactly(210, 200);
    assertThat(bundle.validation()).isEmpty();
    assertThat(bundle.notes())
        .containsExactly(
            "the images of val are the test set, as the labels of test are not published");
  }

  @Test
  void the_folder_around_the_unpacked_archive_will_do_and_words_may_be_missing()
      throws IOException {
    Files.delete(folder.resolve("words.txt"));

    assertThat(Datasets.load(parent.toString()).classNames())
        .containsExactly("n00000000", "n00000001", "n00000002");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "val_0.JPEG n00000007  | line 1 is val_0.JPEG\tn00000007, allowed: the name of a file",
        "val_0.JPEG            | line 1 is val_0.JPEG, allowed: ",
        "../x.JPEG n00000000   | line 1 is ../x.JPEG\tn00000000, allowed: ",
        "val_0.JPEG n00000000;val_0.JPEG n00000000 | line 2 has val_0.JPEG once more, allowed: ",
        "''                    | is empty, allowed: a line per image",
      })
  void annotations_that_are_wrong_are_refused_with_their_line(String lines, String wrong) {
    text("val/val_annotations.txt", lines.replace(' ', '\t').replace(';', '\n'));

    assertRefused(folder.resolve("val/val_annotations.txt") + ": " + wrong);
  }

  @Test
  void an_annotated_image_that_is_not_there_is_refused_or_left_out() throws IOException {
    Files.delete(folder.resolve("val/images/val_1.JPEG"));

    assertRefused(folder.resolve("val/images/val_1.JPEG") + ": cannot be read (no such file)");
    DatasetBundle bundle = Datasets.load(folder.toString(), Resizing.NONE, BadImages.LEAVE_OUT);
    assertThat(Fixtures.levels(bundle.test())).containsExactly(200);
    assertThat(bundle.unreadable()).containsExactly("val/images/val_1.JPEG");
  }

  private DatasetBundle load() {
    return Datasets.load(folder.toString());
  }

  private void assertRefused(String wrong) {
    assertThatIllegalArgumentException().isThrownBy(this::load).withMessageStartingWith(wrong);
  }

  /** The content says the format, so that levels are exact. */
  private void image(String name, int level) {
    TestData.write(folder.resolve(name), "png", TestData.grey(2, 2, level));
  }

  private void text(String name, String text) {
    TestData.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }
}
