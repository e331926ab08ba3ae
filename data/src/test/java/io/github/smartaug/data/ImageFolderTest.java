package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.batch.ImageShape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFolderTest {
  private static final int RED = 0xffff0000;

  @TempDir Path folder;

  @Test
  void classes_are_sorted_by_name_and_images_by_file_name() {
    grey("train/dog/b.png", 4, 4, 20);
    grey("train/dog/a.PNG", 4, 4, 10);
    grey("train/cat/z.png", 4, 4, 30);
    grey("test/dog/1.png", 4, 4, 40);
    grey("test/cat/1.png", 4, 4, 50);

    DatasetBundle bundle = load();

    assertThat(bundle.name()).isEqualTo(folder.getFileName().toString());
    assertThat(bundle.classNames()).containsExactly("cat", "dog");
    assertThat(bundle.shape()).isEqualTo(new ImageShape(1, 4, 4));
    assertThat(bundle.training().labels()).containsExactly(0, 1, 1);
    assertThat(firstPixels(bundle.training())).containsExactly(30, 10, 20);
    assertThat(bundle.test().labels()).containsExactly(0, 1);
    assertThat(firstPixels(bundle.test())).containsExactly(50, 40);
    assertThat(bundle.validation()).isEmpty();
  }

  @Test
  void png_and_jpeg_may_be_mixed_and_one_colour_image_makes_all_of_them_coloured() {
    grey("train/a/1.png", 8, 8, 77);
    grey("train/b/1.jpg", 8, 8, 100);
    grey("test/a/1.jpeg", 8, 8, 60);
    colour("test/b/1.png", 8, 8, RED);

    DatasetBundle bundle = load();

    assertThat(bundle.shape()).isEqualTo(new ImageShape(3, 8, 8));
    assertThat(bundle.training().pixels(0)).hasSize(192).containsOnly(77);
    assertThat(bundle.training().pixels(1)).hasSize(192).containsOnly(100);
    assertThat(bundle.test().pixels(0)).containsOnly(60);
  }

  @Test
  void val_is_the_validation_set() {
    grey("train/a/1.png", 4, 4, 1);
    grey("val/a/1.png", 4, 4, 2);
    grey("test/a/1.png", 4, 4, 3);

    DatasetBundle bundle = load();

    assertThat(bundle.validation()).map(ImageFolderTest::firstPixels).contains(new Integer[] {2});
    assertThat(firstPixels(bundle.test())).containsExactly(3);
  }

  @Test
  void without_test_a_fifth_of_every_class_is_held_out_always_the_same() {
    for (int i = 0; i < 10; i++) {
      grey("train/a/" + i + ".png", 2, 2, i);
      grey("train/b/" + i + ".png", 2, 2, 100 + i);
    }

    DatasetBundle bundle = load();

    assertThat(bundle.training().classCounts()).containsExactly(8, 8);
    assertThat(bundle.test().classCounts()).containsExactly(2, 2);
    assertThat(firstPixels(bundle.training())).doesNotContain(firstPixels(bundle.test()));
    assertThat(load().test().contentHash()).isEqualTo(bundle.test().contentHash());
  }

  @Test
  void images_of_several_sizes_are_refused_and_the_first_odd_one_is_named() {
    grey("train/a/1.png", 4, 4, 1);
    grey("train/a/2.png", 5, 3, 1);
    grey("train/b/3.png", 6, 6, 1);

    assertThatIllegalArgumentException()
        .isThrownBy(this::load)
        .withMessageContaining(folder.resolve("train/a/2.png").toString())
        .withMessageContaining("is 5x3 pixels, allowed: 4x4")
        .withMessageContaining("--image-size");
  }

  @Test
  void an_image_size_brings_all_images_to_it() {
    grey("train/a/1.png", 4, 4, 9);
    grey("train/a/2.png", 5, 3, 9);
    grey("test/a/1.png", 20, 30, 9);

    DatasetBundle bundle = Datasets.load(folder.toString(), 8);

    assertThat(bundle.shape()).isEqualTo(new ImageShape(1, 8, 8));
    assertThat(bundle.training().pixels(1)).hasSize(64).containsOnly(9);
    assertThat(bundle.test().pixels(0)).hasSize(64).containsOnly(9);
  }

  @Test
  void a_damaged_image_is_named() {
    for (int i = 0; i < 20; i++) {
      grey("train/a/" + (10 + i) + ".png", 4, 4, i);
    }
    TestData.write(folder.resolve("train/a/15.png"), new byte[] {1, 2, 3});
    TestData.write(folder.resolve("train/a/25.png"), new byte[] {1, 2, 3});

    assertThatIllegalArgumentException()
        .isThrownBy(this::load)
        .withMessageStartingWith(
            folder + ": 2 images cannot be used: train/a/15.png (unknown format)")
        .withMessageContaining("; train/a/25.png (unknown format), allowed: ")
        .withMessageContaining("--skip-bad");
  }

  @Test
  void of_many_damaged_images_the_first_ten_are_named() {
    for (int i = 10; i < 40; i++) {
      grey("train/a/" + i + ".png", 4, 4, i);
      TestData.write(folder.resolve("train/b/" + i + ".png"), new byte[] {1, 2, 3});
    }

    assertThatIllegalArgumentException()
        .isThrownBy(this::load)
        .withMessageContaining(": 30 images cannot be used: train/b/10.png (")
        .withMessageContaining("; train/b/19.png (unknown format); and 20 more, allowed: ")
        .withMessageNotContaining("train/b/20.png");
  }

  @Test
  void damaged_images_are_left_out_and_named_and_the_others_are_as_without_them() {
    for (int i = 0; i < 10; i++) {
      grey("train/a/" + i + ".png", 4, 4, i);
      grey("train/b/" + i + ".png", 4, 4, 100 + i);
      grey("val/a/" + i + ".png", 4, 4, 50 + i);
      grey("val/b/" + i + ".png", 4, 4, 150 + i);
    }
    DatasetBundle good = load();
    TestData.write(folder.resolve("train/a/5 damaged.png"), new byte[] {1, 2, 3});
    TestData.write(folder.resolve("val/b/.png.png"), new byte[0]);
    TestData.write(folder.resolve("val/b/zz.jpg"), new byte[0]);

    DatasetBundle bundle = skippingBad();

    assertThat(bundle.unreadable()).containsExactly("train/a/5 damaged.png", "val/b/zz.jpg");
    assertThat(bundle.notes())
        .contains("2 images left out, unreadable: train/a/5 damaged.png, val/b/zz.jpg");
    assertThat(bundle.training().contentHash()).isEqualTo(good.training().contentHash());
    assertThat(bundle.validation().orElseThrow().contentHash())
        .isEqualTo(good.validation().orElseThrow().contentHash());
    assertThat(bundle.test().contentHash()).isEqualTo(good.test().contentHash());
    assertThat(bundle.limitTraining(5, 0).ensureValidation(0.5, 0).unreadable()).hasSize(2);
  }

  @Test
  void a_class_of_which_nothing_is_left_is_refused() {
    grey("train/a/1.png", 4, 4, 1);
    grey("train/a/2.png", 4, 4, 1);
    TestData.write(folder.resolve("train/b/1.png"), new byte[] {1, 2, 3});

    assertThatIllegalArgumentException()
        .isThrownBy(this::skippingBad)
        .withMessageStartingWith(folder.resolve("train/b") + ": none of its images can be used");
  }

  @Test
  void a_data_set_of_which_nothing_is_left_is_refused() {
    TestData.write(folder.resolve("train/a/1.png"), new byte[] {1, 2, 3});
    TestData.write(folder.resolve("train/b/1.png"), new byte[] {1, 2, 3});

    assertThatIllegalArgumentException()
        .isThrownBy(this::skippingBad)
        .withMessageStartingWith(folder + ": 2 images cannot be used: train/a/1.png (")
        .withMessageEndingWith(", allowed: whole PNG, JPEG, BMP, GIF, TIFF or WebP images");
  }

  @Test
  void folders_of_images_without_train_are_the_classes() {
    tenEach("cat", "dog.small");
    grey("loose.png", 4, 4, 1);
    TestData.write(folder.resolve("docs/notes.txt"), new byte[] {1});
    grey(".cache/1.png", 4, 4, 1);

    DatasetBundle bundle = load();

    assertThat(bundle.classNames()).containsExactly("cat", "dog.small");
    assertThat(bundle.training().classCounts()).containsExactly(8, 8);
    assertThat(bundle.test().classCounts()).containsExactly(2, 2);
    assertThat(bundle.validation()).isEmpty();
    assertThat(bundle.notes())
        .containsExactly(
            "2 folders of images are the classes, as there is no train/CLASS/",
            "no folder test: 4 of 20 images, always the same ones, are held out for it",
            "left out, hidden: .cache",
            "left out, in no class: loose.png",
            "left out, no images in it: docs");
  }

  @Test
  void the_natural_layout_has_the_images_of_the_one_with_train() {
    tenEach("train/cat", "train/dog");
    DatasetBundle sets = load();
    folder = folder.resolve("train");

    DatasetBundle natural = load();

    assertThat(natural.training().contentHash()).isEqualTo(sets.training().contentHash());
    assertThat(natural.test().contentHash()).isEqualTo(sets.test().contentHash());
  }

  @ParameterizedTest
  @ValueSource(strings = {"val", "valid", "validation", "Valid"})
  void a_folder_of_validation_images_has_one_of_several_names(String name) {
    tenEach("a", "b", name + "/a", name + "/b", "Test/a", "Test/b");

    DatasetBundle bundle = load();

    assertThat(bundle.training().size()).isEqualTo(20);
    assertThat(bundle.validation()).map(ImageDataset::size).contains(20);
    assertThat(bundle.test().size()).isEqualTo(20);
  }

  @Test
  void two_folders_for_validation_are_refused() {
    tenEach("train/a", "train/b", "val/a", "val/b", "valid/a", "valid/b");

    assertThatIllegalArgumentException()
        .isThrownBy(this::load)
        .withMessage(
            folder
                + ": has several folders for validation, allowed: one of val, valid, validation");
  }

  @Test
  void folders_of_images_beside_train_are_left_out() {
    tenEach("train/a", "train/b", "c");

    DatasetBundle bundle = load();

    assertThat(bundle.classNames()).containsExactly("a", "b");
    assertThat(bundle.notes()).contains("left out, beside the sets: c");
  }

  @Test
  void trains_are_a_class_beside_others() {
    tenEach("car", "plane", "train");

    assertThat(load().classNames()).containsExactly("car", "plane", "train");
  }

  @Test
  void a_flat_test_folder_beside_classes_is_refused() {
    tenEach("car", "plane", "test");

    assertThatIllegalArgumentException()
        .isThrownBy(this::load)
        .withMessageStartingWith(folder.resolve("test") + ": has no folders, allowed: ");
  }

  @Test
  void one_folder_of_images_is_no_data_set() {
    tenEach("photos");

    assertThatIllegalArgumentException()
        .isThrownBy(this::load)
        .withMessageStartingWith(folder + ": has images in one folder only, photos, allowed: ");
  }

  @Test
  void subfolders_of_a_class_belong_to_it() {
    grey("train/a/1.png", 4, 4, 1);
    grey("train/a/deep/er/2.png", 4, 4, 2);
    grey("train/a/v1.0/3.png", 4, 4, 3);
    grey("train/b/4.png", 4, 4, 4);
    tenEach("test/a", "test/b");

    DatasetBundle bundle = load();

    assertThat(firstPixels(bundle.training())).containsExactly(1, 2, 3, 4);
    assertThat(bundle.training().labels()).containsExactly(0, 0, 0, 1);
    assertThat(bundle.notes()).containsExactly("2 images lie in subfolders of the classes");
  }

  @Test
  void the_content_says_what_is_an_image_and_hidden_images_are_named() throws IOException {
    grey("train/a/1.png", 4, 4, 1);
    grey("train/a/photo", 4, 4, 2);
    grey("train/a/photo.jpeg.bak", 4, 4, 3);
    grey("train/a/.jpg", 4, 4, 4);
    grey("train/a/.../5.png", 4, 4, 5);
    Files.writeString(folder.resolve("train/a/._1.png"), "the system's own");
    Files.writeString(folder.resolve("train/a/sum"), "x");
    tenEach("test/a");

    DatasetBundle bundle = load();

    assertThat(bundle.training().size()).isEqualTo(3);
    assertThat(bundle.notes())
        .containsExactly(
            "left out, hidden: train/a/..., train/a/.jpg",
            "left out, no image of a known format: train/a/sum");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void links_are_followed_but_not_in_circles(@TempDir Path elsewhere) throws IOException {
    tenEach("a", "b");
    grey("a/deep/1.png", 4, 4, 1);
    Files.createSymbolicLink(folder.resolve("self"), folder);
    Files.createSymbolicLink(folder.resolve("a/up"), folder);
    Files.createSymbolicLink(folder.resolve("a/deep/loop"), folder.resolve("a"));
    TestData.write(elsewhere.resolve("x.png"), "png", TestData.grey(4, 4, 9));
    Files.createSymbolicLink(elsewhere.resolve("back"), folder);
    Files.createSymbolicLink(folder.resolve("b/more"), elsewhere);

    DatasetBundle bundle = load();

    assertThat(bundle.classNames()).containsExactly("a", "b");
    assertThat(bundle.training().size() + bundle.test().size()).isEqualTo(22);
    assertThat(bundle.notes())
        .contains(
            "2 images lie in subfolders of the classes",
            "left out, a link that leads back to a folder above it:"
                + " a/deep/loop, a/up, b/more/back and 1 more");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  @Timeout(20)
  void pipes_are_left_out_and_broken_links_are_damaged_images() throws Exception {
    tenEach("a", "b");
    new ProcessBuilder("mkfifo", folder.resolve("a/pipe.png").toString()).start().waitFor();
    Files.createSymbolicLink(folder.resolve("b/gone.png"), Path.of("nowhere.png"));

    assertThatIllegalArgumentException()
        .isThrownBy(this::load)
        .withMessageStartingWith(folder.resolve("b/gone.png") + ": cannot be read (no such file)");
    assertThat(skippingBad().notes())
        .contains(
            "left out, not a regular file: a/pipe.png", "1 image left out, unreadable: b/gone.png");
  }

  @Test
  void of_one_image_or_two_none_can_be_held_out() {
    grey("train/a/1.png", 4, 4, 1);
    String allowed = ", too few to hold out some for testing, allowed: at least 3, or folder test";
    assertThatIllegalArgumentException()
        .isThrownBy(this::load)
        .withMessage("images in " + folder + ": 1" + allowed);
    grey("train/b/1.png", 4, 4, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(this::load)
        .withMessage("images in " + folder + ": 2" + allowed);
    grey("train/b/2.png", 4, 4, 1);
    assertThat(load().test().size()).isEqualTo(1);
  }

  @Test
  void a_single_image_of_a_single_class_is_a_training_set_that_cannot_be_divided() {
    grey("train/a/1.png", 4, 4, 1);
    grey("test/a/1.png", 4, 4, 2);

    DatasetBundle bundle = load();

    assertThat(bundle.training().size()).isEqualTo(1);
    assertThat(bundle.classNames()).containsExactly("a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bundle.ensureValidation(0.2, 1))
        .withMessage(
            "fraction 0.2 of 1 images holds out 0,"
                + " allowed: one that leaves at least one image on both sides");
  }

  @Test
  void other_classes_in_test_than_in_train_are_refused() {
    grey("train/a/1.png", 4, 4, 1);
    grey("train/b/1.png", 4, 4, 1);
    grey("test/a/1.png", 4, 4, 1);
    grey("test/c/1.png", 4, 4, 1);

    assertThatIllegalArgumentException()
        .isThrownBy(this::load)
        .withMessageContaining(folder.resolve("test").toString())
        .withMessageContaining(
            "has the class c and not the class b, allowed: the classes of the training images");
  }

  @Test
  void a_class_without_images_is_refused() throws IOException {
    grey("train/a/1.png", 4, 4, 1);
    Files.createDirectories(folder.resolve("train/b"));
    Files.writeString(folder.resolve("train/b/notes.txt"), "nothing to see");

    assertThatIllegalArgumentException()
        .isThrownBy(this::load)
        .withMessageContaining(folder.resolve("train/b").toString())
        .withMessageContaining("has no images");
  }

  @Test
  void a_train_folder_without_classes_is_refused() {
    grey("train/1.png", 4, 4, 1);

    assertThatIllegalArgumentException()
        .isThrownBy(this::load)
        .withMessageContaining("train: has no folders, allowed: one folder of images per class");
  }

  @Test
  void hidden_files_and_files_of_other_kinds_are_left_out() throws IOException {
    grey("train/a/1.png", 4, 4, 1);
    grey("test/a/1.png", 4, 4, 1);
    Files.writeString(folder.resolve("train/a/.DS_Store"), "hidden");
    Files.writeString(folder.resolve("train/a/notes.txt"), "text");
    Files.createDirectories(folder.resolve("train/.cache"));

    assertThat(load().training().size()).isEqualTo(1);
  }

  private DatasetBundle skippingBad() {
    return Datasets.load(folder.toString(), Resizing.NONE, BadImages.LEAVE_OUT);
  }

  private void tenEach(String... classes) {
    for (String name : classes) {
      for (int i = 0; i < 10; i++) {
        grey(name + "/" + i + ".png", 4, 4, i);
      }
    }
  }

  private DatasetBundle load() {
    return Datasets.load(folder.toString());
  }

  private void grey(String file, int width, int height, int value) {
    write(file, TestData.grey(width, height, value));
  }

  private void colour(String file, int width, int height, int colour) {
    write(file, TestData.filled(BufferedImage.TYPE_3BYTE_BGR, width, height, colour));
  }

  private void write(String file, BufferedImage image) {
    boolean png = !file.toLowerCase(Locale.ROOT).matches(".*[.]jpe?g");
    TestData.write(folder.resolve(file), png ? "png" : "jpg", image);
  }

  private static Integer[] firstPixels(ImageDataset dataset) {
    Integer[] pixels = new Integer[dataset.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = dataset.pixels(i)[0] & 0xff;
    }
    return pixels;
  }
}
