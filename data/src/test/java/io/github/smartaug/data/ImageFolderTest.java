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
import org.junit.jupiter.api.io.TempDir;

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
        .withMessageContaining(folder.resolve("train/a/15.png").toString())
        .withMessageContaining("cannot be read");
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
        .withMessageContaining("has the classes [a, c], allowed: those of train, [a, b]");
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
    boolean png = file.toLowerCase(Locale.ROOT).endsWith(".png");
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
