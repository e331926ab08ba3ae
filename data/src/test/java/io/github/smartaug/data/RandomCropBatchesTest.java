package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.BatchSource;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training images of which every epoch sees another part. */
@Timeout(60)
class RandomCropBatchesTest {
  private static final int SIDE = 6;
  private static final int BATCH = 4;
  private static final long SEED = 3;
  private static final Resizing RANDOM = Resizing.randomCrop(SIDE);
  private static final Resizing CENTRE = Resizing.centreCrop(SIDE);
  private static final LoaderOptions ALONE = new LoaderOptions(InMemory.AUTO, 0, 0);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"0,0", "1,1", "2,2", "8,0", "8,9"})
  void batches_are_the_same_whatever_the_threads(int threads, int prefetch) {
    writePhotos();
    List<String> expected = BatchText.ofEpochs(training(load(ALONE)), 0, 3);

    for (InMemory inMemory : InMemory.values()) {
      LoaderOptions options = new LoaderOptions(inMemory, threads, prefetch);
      assertThat(BatchText.ofEpochs(training(load(options)), 0, 3))
          .as("%s", inMemory)
          .isEqualTo(expected);
    }
    assertThat(Set.copyOf(expected)).hasSameSizeAs(expected);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2", "8"})
  void a_source_goes_on_in_the_middle_of_an_epoch(int threads) {
    writePhotos();
    List<String> all = BatchText.ofEpochs(training(load(ALONE)), 5, 7);
    BatchSource resumed = training(load(new LoaderOptions(InMemory.NEVER, threads, 2)));

    List<String> rest = new ArrayList<>();
    for (int index = 2; index < resumed.batches(); index++) {
      rest.add(BatchText.of(resumed, 5, index));
    }
    rest.addAll(BatchText.ofEpochs(resumed, 6, 7));
    assertThat(rest).isEqualTo(all.subList(2, all.size()));
  }

  @Test
  void every_epoch_has_other_parts_of_all_images_whether_they_are_files_or_in_arrays() {
    writePhotos();
    DatasetBundle arrays =
        Datasets.load(EmbeddedDataset.NAME, RANDOM, BadImages.REFUSE, ALONE).limitTraining(18, 1);
    for (DatasetBundle bundle : List.of(load(ALONE), arrays)) {
      BatchSource all = ShuffledBatches.ofTraining(bundle.training(), 18, SEED);

      Set<String> parts = images(all, 0);
      assertThat(images(all, 0)).isEqualTo(parts);
      assertThat(images(all, 1)).doesNotContainAnyElementsOf(parts);
    }
  }

  /** The images of the first batch of an epoch. */
  private static Set<String> images(BatchSource source, long epoch) {
    Set<String> images = new TreeSet<>();
    try (TensorScope scope = TensorScope.open()) {
      Batch batch = source.batch(epoch, 0);
      for (long i = 0; i < batch.images().size(0); i++) {
        images.add(Arrays.toString(Tensors.toFloats(batch.images().select(0, i))));
      }
    }
    return images;
  }

  @Test
  void the_part_of_an_image_follows_from_seed_epoch_and_name_and_not_from_the_images_beside_it() {
    writePhotos();
    DatasetBundle all = load(ALONE);
    DatasetBundle few = all.limitTraining(7, 1);
    String name = few.training().imageName(5);
    int among = indexOf(all.training(), name);

    byte[] part = few.training().trainingPixels(5, SEED, 2);
    assertThat(all.training().trainingPixels(among, SEED, 2)).isEqualTo(part);
    assertThat(all.training().trainingPixels(among, SEED, 3)).isNotEqualTo(part);
    assertThat(all.training().trainingPixels(among, SEED + 1, 2)).isNotEqualTo(part);
    assertThat(all.training().pixels(among)).isNotEqualTo(part);
  }

  @Test
  void two_images_of_the_same_content_have_parts_of_their_own() {
    BufferedImage photo = photo(3, 20, 30);
    for (int i = 0; i < 8; i++) {
      TestData.write(folder.resolve("CLASS/%d.png".formatted(i)), "png", photo);
      TestData.write(folder.resolve("other/%d.png".formatted(i)), "png", photo);
    }
    ImageDataset training = load(ALONE).training();

    Set<String> parts = new TreeSet<>();
    for (int i = 0; i < training.size(); i++) {
      parts.add(Arrays.toString(training.trainingPixels(i, SEED, 0)));
    }
    assertThat(parts).hasSize(training.size());
  }

  @Test
  void validation_and_test_images_mean_deviation_and_hash_are_those_of_the_centres() {
    writePhotos();
    DatasetBundle random = load(ALONE);
    DatasetBundle centre =
        Datasets.load(folder.toString(), CENTRE, BadImages.REFUSE, LoaderOptions.defaults());

    assertThat(random.fit()).isEqualTo(ImageFit.RANDOM_CROP);
    assertThat(centre.fit()).isEqualTo(ImageFit.CROP);
    assertThat(random.training().contentHash()).isEqualTo(centre.training().contentHash());
    var expected = centre.ensureValidation(0.3, 1).batches(BATCH, SEED);
    var batches = random.ensureValidation(0.3, 1).batches(BATCH, SEED);
    assertThat(batches.normalization()).isEqualTo(expected.normalization());
    assertThat(BatchText.ofEpochs(batches.validation(), 0, 2))
        .isEqualTo(BatchText.ofEpochs(expected.validation(), 0, 2));
    assertThat(BatchText.ofEpochs(batches.test(), 0, 1))
        .isEqualTo(BatchText.ofEpochs(expected.test(), 0, 1));
    assertThat(BatchText.of(batches.training(), 0, 0))
        .isNotEqualTo(BatchText.of(expected.training(), 0, 0));
  }

  @Test
  void a_refit_sees_parts_of_validation_images_as_well() {
    writePhotos();
    DatasetBundle bundle = load(ALONE).ensureValidation(0.3, 1);

    int size = bundle.training().size() + bundle.validation().orElseThrow().size();
    BatchSource together = bundle.batchesTogether(size, SEED).training();

    assertThat(images(together, 0)).hasSize(size);
    assertThat(images(together, 1)).doesNotContainAnyElementsOf(images(together, 0));
  }

  @Test
  void the_first_images_of_a_batch_and_those_on_a_device_are_the_same() {
    writePhotos();
    BatchSource source = training(load(new LoaderOptions(InMemory.NEVER, 2, 1)));
    try (TensorScope scope = TensorScope.open()) {
      Batch batch = source.batch(4, 1);
      assertThat(Tensors.toFloats(source.firstOfBatch(4, 1, 3).images()))
          .isEqualTo(Tensors.toFloats(batch.first(3).images()));
      assertThat(Tensors.toFloats(source.batchOn(new Device("cpu"), 4, 1).images()))
          .isEqualTo(Tensors.toFloats(batch.images()));
    }
  }

  @Test
  void files_that_are_held_are_not_read_again() throws IOException {
    writePhotos();
    DatasetBundle held = load(new LoaderOptions(InMemory.ALWAYS, 1, 0));
    DatasetBundle read = load(new LoaderOptions(InMemory.AUTO, 1, 0));
    List<String> before = BatchText.ofEpochs(training(held), 0, 1);
    delete(folder);

    assertThat(BatchText.ofEpochs(training(held), 0, 1)).isEqualTo(before);
    assertThatExceptionOfType(UnreadableImageException.class)
        .isThrownBy(() -> BatchText.of(training(read), 0, 0))
        .withMessageContaining("cannot be read (no such file)");
  }

  @Test
  void files_that_are_to_be_held_and_cannot_be_read_are_named_as_ever() {
    writePhotos();
    TestData.write(folder.resolve("train/CLASS/bad.png"), new byte[] {1, 2, 3});

    for (InMemory inMemory : InMemory.values()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> load(new LoaderOptions(inMemory, 1, 0)))
          .withMessageContaining("bad.png: cannot be read")
          .withMessageEndingWith("or --skip-bad");
    }
  }

  @Test
  void what_is_known_of_images_is_kept_for_both_ways_of_cropping() throws IOException {
    writePhotos();
    LoaderOptions options =
        new LoaderOptions(InMemory.NEVER, 1, 0).cachingIn(folder.resolve("cache"));
    Path photos = folder.resolve("train");
    Datasets.load(photos.toString(), CENTRE, BadImages.REFUSE, options);
    DatasetBundle random = Datasets.load(photos.toString(), RANDOM, BadImages.REFUSE, options);

    try (var files = Files.list(folder.resolve("cache"))) {
      assertThat(files).hasSize(1);
    }
    assertThat(training(random).batches()).isPositive();
  }

  @Test
  void images_in_arrays_are_cropped_from_what_is_in_memory() {
    for (String set : new String[] {"train", "t10k"}) {
      TestData.write(folder.resolve(set + "-images-idx3-ubyte"), TestData.idxImages(9, 9, 12));
      TestData.write(
          folder.resolve(set + "-labels-idx1-ubyte"),
          TestData.idxLabels(0, 1, 2, 0, 1, 2, 0, 1, 2));
    }
    DatasetBundle random =
        Datasets.load(folder.toString(), RANDOM.withChannels(3), BadImages.REFUSE, ALONE);
    DatasetBundle centre =
        Datasets.load(
            folder.toString(), CENTRE.withChannels(3), BadImages.REFUSE, LoaderOptions.defaults());

    assertThat(random.shape()).isEqualTo(new ImageShape(3, SIDE, SIDE));
    assertThat(random.training().contentHash()).isEqualTo(centre.training().contentHash());
    assertThat(random.training().normalization()).isEqualTo(centre.training().normalization());
    assertThat(random.training().imageName(4)).isEqualTo("training/4");
    List<String> batches = BatchText.ofEpochs(training(random), 0, 3);
    assertThat(Set.copyOf(batches)).hasSameSizeAs(batches);
    DatasetBundle threads =
        Datasets.load(
            folder.toString(),
            RANDOM.withChannels(3),
            BadImages.REFUSE,
            new LoaderOptions(InMemory.AUTO, 8, 3));
    assertThat(BatchText.ofEpochs(training(threads), 0, 3)).isEqualTo(batches);
  }

  @Test
  void images_of_archives_that_cannot_be_read_anywhere_are_held_as_files() throws IOException {
    Path archives = folder.resolve("archives");
    Fixtures.unpack("tar.zip", archives);
    for (String archive : List.of("a-train-00.tar", "a-train-01.tar")) {
      byte[] content = Files.readAllBytes(archives.resolve(archive));
      TestData.write(folder.resolve("packed/" + archive + ".gz"), TestData.gzip(content));
    }
    DatasetBundle packed =
        Datasets.load(folder.resolve("packed").toString(), RANDOM, BadImages.REFUSE, ALONE);
    ImageDataset training = packed.training();
    byte[] part = training.trainingPixels(0, SEED, 1);
    delete(folder);

    assertThat(part).hasSize(ImageDataset.byteCount(training.shape()));
    assertThat(training.trainingPixels(0, SEED, 1)).isEqualTo(part);
  }

  @Test
  void who_listens_hears_of_every_image() {
    writePhotos();
    List<String> heard = new ArrayList<>();
    for (Resizing resizing : List.of(Resizing.toSquare(SIDE), RANDOM)) {
      heard.clear();
      Datasets.load(
          folder.toString(),
          resizing,
          BadImages.REFUSE,
          ALONE.heardBy((done, total) -> heard.add(done + "/" + total.orElse(-1))));

      int images = 36;
      assertThat(heard)
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, images).mapToObj(i -> i + "/" + images).toList());
    }
  }

  private DatasetBundle load(LoaderOptions options) {
    return Datasets.load(folder.toString(), RANDOM, BadImages.REFUSE, options);
  }

  private static BatchSource training(DatasetBundle bundle) {
    return ShuffledBatches.ofTraining(bundle.training(), BATCH, SEED);
  }

  private static int indexOf(ImageDataset set, String name) {
    return IntStream.range(0, set.size())
        .filter(i -> set.imageName(i).equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void writePhotos() {
    for (int i = 0; i < 9; i++) {
      write("train/CLASS/" + i, photo(i, 20 + i, 31 - i));
      write("train/other/" + i, photo(50 + i, 40 - 3 * i, 18));
      write("test/CLASS/" + i, photo(80 + i, 25, 18 + i));
      write("test/other/" + i, photo(90 + i, 18, 18));
    }
  }

  private void write(String name, BufferedImage image) {
    TestData.write(folder.resolve(name + ".png"), "png", image);
  }

  private static BufferedImage photo(int number, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, 0x010305 * (number * 977 + 31 * x + 57 * y + x * y));
      }
    }
    return image;
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }
}
