package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.TrainingData;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamedImagesTest {
  private static final LoaderOptions HELD = new LoaderOptions(InMemory.ALWAYS, 0, 0);
  private static final LoaderOptions STREAMED = new LoaderOptions(InMemory.NEVER, 2, 1);

  @TempDir Path folder;

  @Test
  void a_folder_gives_the_same_sets_as_in_memory() {
    writeFolder();

    assertSame(load(HELD), load(STREAMED));
    assertThat(load(STREAMED).shape()).isEqualTo(new ImageShape(3, 6, 5));
  }

  @Test
  void grey_images_keep_one_channel() {
    for (int i = 0; i < 10; i++) {
      writeGrey("train/a/" + i + ".png", i);
      writeGrey("train/b/" + i + ".png", 100 + i);
    }

    assertThat(load(STREAMED).shape()).isEqualTo(new ImageShape(1, 6, 5));
    assertSame(load(HELD), load(STREAMED));
  }

  @Test
  void images_are_resized_whenever_they_are_decoded() {
    writeFolder();
    Resizing resizing = Resizing.toSquare(4);

    DatasetBundle streamed = load(STREAMED, resizing, BadImages.REFUSE);

    assertSame(load(HELD, resizing, BadImages.REFUSE), streamed);
    assertThat(streamed.training().pixels(0)).hasSize(48);
  }

  @Test
  void splits_folds_limits_and_refits_choose_the_same_images() {
    writeFolder();
    List<UnaryOperator<DatasetBundle>> choices =
        List.of(
            all -> all.ensureValidation(0.3, 5),
            all -> all.limitTraining(7, 2).ensureValidation(2, 5),
            all -> all.fold(2, 3).ensureValidation(0.2, 1),
            all -> all.limitTest(2).ensureValidation(0.2, 1));
    for (UnaryOperator<DatasetBundle> choice : choices) {
      DatasetBundle held = choice.apply(load(HELD));
      DatasetBundle streamed = choice.apply(load(STREAMED));
      assertSame(held, streamed);
      assertSameBatches(held.batches(3, 1), streamed.batches(3, 1));
      assertSameBatches(held.batchesTogether(3, 1), streamed.batchesTogether(3, 1));
    }
  }

  @Test
  void a_file_that_names_the_images_of_a_split_is_read_without_decoding_them() throws IOException {
    writeFolder();
    Path split = folder.resolve("split.csv");
    DatasetBundle all = load(STREAMED);
    try (var out = Files.newOutputStream(split)) {
      SplitFile.write(all.ensureValidation(0.3, 5), out);
    }
    deleteImages();

    DatasetBundle selected = SplitFile.select(split, all);

    assertThat(selected.validation().orElseThrow().size()).isEqualTo(4);
    assertThat(selected.limitTraining(2, 1).training().size()).isEqualTo(2);
    assertThat(selected.batches(2, 1).normalization().mean()).hasSize(3);
  }

  @Test
  void a_list_and_an_archive_are_streamed_as_well() throws IOException {
    writeFolder();
    Files.writeString(
        folder.resolve("photos.csv"),
        "path,label\ntrain/a/1.png,x\ntrain/b/2.png,y\ntrain/b/3.png,y\ntrain/a/4.png,x\n");
    String list = folder.resolve("photos.csv").toString();
    assertThat(load(list, STREAMED).training().isInMemory()).isFalse();
    assertSame(load(list, HELD), load(list, STREAMED));

    Path archives = Files.createDirectory(folder.resolve("archives"));
    Fixtures.unpack("tar.zip", archives);
    DatasetBundle streamed = load(archives.toString(), STREAMED);
    assertThat(streamed.training().isInMemory()).isFalse();
    assertThat(Fixtures.levels(streamed.training())).containsExactly(10, 20, 30, 40, 50);
    assertSame(load(archives.toString(), HELD).training(), streamed.training());
  }

  @Test
  void images_of_packed_archives_and_of_one_large_file_are_held() throws IOException {
    Fixtures.unpack("tar.zip", folder);
    Path packed = folder.resolve("packed");
    for (String archive : List.of("a-train-00.tar", "a-train-01.tar")) {
      byte[] content = Files.readAllBytes(folder.resolve(archive));
      TestData.write(packed.resolve(archive + ".gz"), TestData.gzip(content));
    }

    assertThat(load(packed.toString(), STREAMED).training().isInMemory()).isTrue();

    Path idx = folder.resolve("idx");
    for (String set : new String[] {"train", "t10k"}) {
      TestData.write(idx.resolve(set + "-images-idx3-ubyte"), TestData.idxImages(3, 4, 4));
      TestData.write(idx.resolve(set + "-labels-idx1-ubyte"), TestData.idxLabels(0, 1, 2));
    }
    assertThat(load(idx.toString(), STREAMED).training().isInMemory()).isTrue();
  }

  @Test
  void damaged_images_are_refused_or_left_out_before_the_first_batch() {
    writeFolder();
    TestData.write(folder.resolve("train/a/bad.png"), new byte[] {1, 2, 3});

    assertThatIllegalArgumentException()
        .isThrownBy(() -> load(STREAMED))
        .withMessageContaining("bad.png: cannot be read")
        .withMessageEndingWith("or --skip-bad");
    assertSame(
        load(HELD, Resizing.NONE, BadImages.LEAVE_OUT),
        load(STREAMED, Resizing.NONE, BadImages.LEAVE_OUT));
  }

  @Test
  void an_image_that_is_damaged_later_is_named_when_its_turn_comes() {
    writeFolder();
    DatasetBundle bundle = load(STREAMED);
    Path changed = folder.resolve(bundle.training().imageName(0));

    TestData.write(changed, new byte[] {1, 2, 3});
    assertThatExceptionOfType(UnreadableImageException.class)
        .isThrownBy(() -> new SequentialBatches(bundle.training(), 4).batch(0, 0))
        .withMessageStartingWith(changed + ": cannot be read (")
        .withMessageEndingWith("allowed: a whole PNG, JPEG, BMP, GIF, TIFF or WebP image");
    TestData.write(changed, "png", TestData.grey(7, 7, 3));
    assertThatExceptionOfType(UnreadableImageException.class)
        .isThrownBy(() -> bundle.training().pixels(0))
        .withMessage(changed + ": is 3x7x7, allowed: 3x6x5 as when the data set was read");
  }

  @Test
  void images_of_a_program_are_held_if_they_fit_and_may_not_be() {
    CountingDataset images = new CountingDataset(20);
    List<String> classes = CountingDataset.classNames();

    assertThat(ImageDataset.of(images, classes, LoaderOptions.defaults()).isInMemory()).isTrue();
    ImageDataset streamed = ImageDataset.of(images, classes, STREAMED);
    ImageDataset held = ImageDataset.of(images, classes, HELD);
    assertSame(held, streamed);
    images.takeAsked();
    ImageDataset few = streamed.subset(new int[] {3, 1});
    assertThat(images.takeAsked()).isEmpty();
    assertThat(few.pixels(0)).isEqualTo(held.pixels(3));
  }

  @Test
  void images_of_a_program_must_have_classes_and_one_shape() {
    List<String> classes = List.of("a", "b");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageDataset.of(new CountingDataset(20), classes, STREAMED))
        .withMessage("image 2 has label 2, allowed: 0..1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageDataset.of(new CountingDataset(0), classes, STREAMED))
        .withMessage("data set of 0 images, allowed: at least 1");
    Dataset growing =
        new Dataset() {
          @Override
          public int size() {
            return 3;
          }

          @Override
          public Labelled get(int index) {
            ImageShape shape = new ImageShape(1, 2, 2 + index / 2);
            return new Labelled(DecodedImage.of(shape, new byte[2 * shape.width()]), 0);
          }
        };
    for (LoaderOptions options : List.of(HELD, STREAMED)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ImageDataset.of(growing, classes, options).normalization())
          .withMessage("image 2: is 1x2x3, allowed: 1x2x2 as when the data set was read");
    }
  }

  private void writeFolder() {
    for (int i = 0; i < 8; i++) {
      writeGrey("train/a/" + i + ".png", i);
      int colour = 0xff000000 | (i * 0x1f0b05);
      TestData.write(
          folder.resolve("train/b/" + i + ".png"), "png", TestData.filled(1, 5, 6, colour));
    }
  }

  private void writeGrey(String name, int value) {
    TestData.write(folder.resolve(name), "png", TestData.grey(5, 6, value));
  }

  private void deleteImages() throws IOException {
    for (String name : new String[] {"a", "b"}) {
      for (int i = 0; i < 8; i++) {
        Files.delete(folder.resolve("train/" + name + "/" + i + ".png"));
      }
    }
  }

  private DatasetBundle load(LoaderOptions options) {
    return load(options, Resizing.NONE, BadImages.REFUSE);
  }

  private DatasetBundle load(LoaderOptions options, Resizing resizing, BadImages badImages) {
    return Datasets.load(folder.toString(), resizing, badImages, options);
  }

  private static DatasetBundle load(String path, LoaderOptions options) {
    return Datasets.load(path, Resizing.NONE, BadImages.REFUSE, options);
  }

  private static void assertSame(DatasetBundle held, DatasetBundle streamed) {
    assertThat(streamed.notes()).isEqualTo(held.notes());
    assertSame(held.training(), streamed.training());
    assertThat(streamed.validation().isPresent()).isEqualTo(held.validation().isPresent());
    held.validation().ifPresent(set -> assertSame(set, streamed.validation().orElseThrow()));
    assertSame(held.test(), streamed.test());
  }

  private static void assertSame(ImageDataset held, ImageDataset streamed) {
    assertThat(held.isInMemory()).isTrue();
    assertThat(streamed.isInMemory()).isFalse();
    assertThat(streamed.shape()).isEqualTo(held.shape());
    assertThat(streamed.classNames()).isEqualTo(held.classNames());
    assertThat(streamed.labels()).isEqualTo(held.labels());
    assertThat(IntStream.range(0, held.size()).mapToObj(streamed::imageName))
        .isEqualTo(IntStream.range(0, held.size()).mapToObj(held::imageName).toList());
    for (int i = 0; i < held.size(); i++) {
      assertThat(streamed.pixels(i)).isEqualTo(held.pixels(i));
    }
    assertThat(streamed.normalization()).isEqualTo(held.normalization());
    assertThat(streamed.contentHash()).isEqualTo(held.contentHash());
  }

  private static void assertSameBatches(TrainingData held, TrainingData streamed) {
    assertThat(streamed.normalization()).isEqualTo(held.normalization());
    assertThat(streamed.training().size()).isEqualTo(held.training().size());
    try (TensorScope scope = TensorScope.open()) {
      for (int index = 0; index < held.training().batches(); index++) {
        assertThat(Arrays.toString(Tensors.toFloats(streamed.training().batch(1, index).images())))
            .isEqualTo(Arrays.toString(Tensors.toFloats(held.training().batch(1, index).images())));
      }
    }
  }
}
