package io.github.smartaug.data.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.data.DecodedImage;
import io.github.smartaug.data.ImageDecoder;
import io.github.smartaug.data.published.DatasetReport.ClassCount;
import io.github.smartaug.data.published.PublishedDataset.Contents;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetCheckTest {
  @TempDir Path folder;
  private final AtomicInteger seen = new AtomicInteger();
  private boolean registered;

  @AfterEach
  void takeBack() {
    if (registered) {
      PublishedDatasets.unregister("few");
    }
  }

  private DatasetReport check(Path path) throws IOException {
    return DatasetCheck.check(path, ImageDecoder.MAX_PIXELS, seen::incrementAndGet);
  }

  /** A grey image whose pixels are all of one level. */
  private void png(String path, int level, int height, int width) throws IOException {
    byte[] pixels = new byte[height * width];
    Arrays.fill(pixels, (byte) level);
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    DecodedImage image = DecodedImage.of(new ImageShape(1, height, width), pixels);
    ImageIO.write(image.toBufferedImage(), "png", file.toFile());
  }

  private void classes() throws IOException {
    png("train/cat/a.png", 1, 4, 4);
    png("train/cat/b.png", 2, 4, 5);
    png("train/dog/c.png", 3, 4, 4);
    png("test/cat/d.png", 4, 4, 4);
    png("test/dog/e.png", 5, 4, 4);
  }

  @Test
  void a_sound_folder_of_images_of_several_sizes_has_no_problems() throws IOException {
    classes();
    DatasetReport report = check(folder);
    assertThat(report.problems()).isEmpty();
    assertThat(report.shapes()).containsExactly(entry("1x4x4", 4L), entry("1x4x5", 1L));
    assertThat(report.classes())
        .containsExactly(new ClassCount("cat", 2, 0, 1), new ClassCount("dog", 1, 0, 1));
    assertThat(report.imbalance()).isEqualTo(2);
    assertThat(report.published()).isEmpty();
    assertThat(seen).hasValue(5);
  }

  @Test
  void damaged_images_are_named_and_the_others_are_checked() throws IOException {
    classes();
    png("train/dog/f.png", 6, 4, 4);
    Files.write(folder.resolve("train/dog/f.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G'});
    Files.writeString(folder.resolve("test/dog/empty.jpg"), "");
    DatasetReport report = check(folder);
    assertThat(report.unreadable())
        .containsExactlyInAnyOrder("train/dog/f.png", "test/dog/empty.jpg");
    assertThat(report.problems()).containsExactly("2 images cannot be read");
    assertThat(report.classes()).hasSize(2);
  }

  @Test
  void images_that_are_there_twice_are_counted_by_where_they_are() throws IOException {
    classes();
    png("train/cat/again.png", 1, 4, 4);
    png("train/dog/of-another-class.png", 1, 4, 4);
    png("test/cat/of-training.png", 2, 4, 5);
    png("test/dog/other-size.png", 2, 4, 4);
    DatasetReport report = check(folder);
    Duplicates duplicates = report.duplicates();
    assertThat(duplicates.withinTraining()).isEqualTo(2);
    assertThat(duplicates.withinTest()).isZero();
    assertThat(duplicates.ofTrainingInTest()).isEqualTo(1);
    assertThat(duplicates.ofOtherClasses()).isEqualTo(1);
    assertThat(duplicates.examples())
        .containsExactly(
            "train/cat/again.png = train/cat/a.png",
            "train/dog/of-another-class.png = train/cat/a.png",
            "test/cat/of-training.png = train/cat/b.png");
    assertThat(report.problems())
        .containsExactly("1 validation or test images are training images, too");
  }

  @Test
  void validation_images_are_compared_with_both_other_sets() throws IOException {
    classes();
    png("val/cat/of-training.png", 1, 4, 4);
    png("val/dog/of-test.png", 5, 4, 4);
    Duplicates duplicates = check(folder).duplicates();
    assertThat(duplicates.ofTrainingInValidation()).isEqualTo(1);
    assertThat(duplicates.ofValidationInTest()).isEqualTo(1);
    assertThat(duplicates.leaks()).isEqualTo(1);
  }

  @Test
  void what_is_no_data_set_is_refused() {
    assertThatThrownBy(() -> check(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds no known data set");
  }

  /** Images of 2x2 pixels with a level each, as IDX files in {@code few}. */
  private Path few(int... levels) throws IOException {
    Path few = Files.createDirectories(folder.resolve("few"));
    for (String set : List.of("train", "t10k")) {
      ByteBuffer images = ByteBuffer.allocate(16 + 4 * levels.length);
      images.putInt(0x803).putInt(levels.length).putInt(2).putInt(2);
      ByteBuffer labels = ByteBuffer.allocate(8 + levels.length);
      labels.putInt(0x801).putInt(levels.length);
      for (int i = 0; i < levels.length; i++) {
        byte level = (byte) (levels[i] + (set.equals("train") ? 0 : 100));
        images.put(level).put(level).put(level).put(level);
        labels.put((byte) (i % 2));
      }
      Files.write(few.resolve(set + "-images-idx3-ubyte"), images.array());
      Files.write(few.resolve(set + "-labels-idx1-ubyte"), labels.array());
    }
    return few;
  }

  private void publish(int images, Map<String, String> fingerprints, String checksum) {
    PublishedFile file =
        new PublishedFile(
            "train-images-idx3-ubyte", 0, Checksum.md5(checksum), List.of(URI.create("http://x/")));
    PublishedDatasets.register(
        new PublishedRow(
            "few",
            Set.of(),
            "made by a test",
            URI.create("http://localhost/"),
            "MIT",
            new Contents(2, new ImageShape(1, 2, 2), images, 0, images),
            Optional.empty(),
            List.of(file),
            fingerprints));
    registered = true;
  }

  @Test
  void a_set_with_the_pixels_that_were_published_is_as_published_duplicates_or_not()
      throws IOException {
    Path few = few(1, 2, 101);
    Map<String, String> fingerprints = check(few).fingerprints();
    assertThat(check(few).problems())
        .containsExactly("1 validation or test images are training images, too");
    publish(3, fingerprints, "0".repeat(32));
    DatasetReport report = check(few);
    assertThat(report.asPublished()).isTrue();
    assertThat(report.problems()).isEmpty();
    assertThat(report.duplicates().ofTrainingInTest()).isEqualTo(1);

    DatasetReport changed = check(few(1, 2, 4));
    assertThat(changed.asPublished()).isFalse();
    assertThat(changed.problems())
        .contains(
            "pixels or labels of the training images are not those that were published",
            "pixels or labels of the test images are not those that were published");
  }

  @Test
  void the_order_of_images_and_their_format_do_not_matter_but_their_labels_do() throws IOException {
    Map<String, String> fingerprints = check(few(1, 2, 3, 4)).fingerprints();
    assertThat(check(few(3, 2, 1, 4)).fingerprints()).isEqualTo(fingerprints);
    assertThat(check(few(2, 1, 3, 4)).fingerprints()).isNotEqualTo(fingerprints);
    for (int level = 1; level <= 4; level++) {
      String file = "/%s/%d.png".formatted(level % 2 == 1 ? "odd" : "x-even", level);
      png("folder/train" + file, level, 2, 2);
      png("folder/test" + file, 100 + level, 2, 2);
    }
    assertThat(check(folder.resolve("folder")).fingerprints()).isEqualTo(fingerprints);
  }

  @Test
  void other_numbers_of_images_than_published_are_told() throws IOException {
    publish(4, Map.of(), "0".repeat(32));
    DatasetReport report = check(few(1, 2, 3));
    assertThat(report.published()).contains("few");
    assertThat(report.problems())
        .contains(
            "3 training images, allowed: 4 as published", "3 test images, allowed: 4 as published");
  }

  @Test
  void without_known_pixels_the_files_are_compared() throws IOException {
    Path few = few(1, 2, 3);
    publish(3, Map.of(), "0".repeat(32));
    assertThat(check(few).problems())
        .containsExactly(
            few.resolve("train-images-idx3-ubyte")
                + " has another checksum than the published MD5 "
                + "0".repeat(32));
    PublishedDatasets.unregister("few");
    Checksum right = Checksum.md5("0".repeat(32)).of(few.resolve("train-images-idx3-ubyte"));
    publish(3, Map.of(), right.digits());
    assertThat(check(few).problems()).isEmpty();
  }
}
