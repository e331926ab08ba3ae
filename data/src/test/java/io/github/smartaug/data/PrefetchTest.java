package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.BatchSource;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class PrefetchTest {
  private static final int BATCH = 8;

  private final CountingDataset images = new CountingDataset(50);
  private final ImageDataset held = set(InMemory.ALWAYS, 0, 0);

  @ParameterizedTest
  @CsvSource({"0,0", "0,3", "1,0", "1,1", "1,3", "2,2", "8,2", "8,9"})
  void batches_are_those_of_a_set_in_memory_whatever_the_threads(int threads, int prefetch) {
    ImageDataset streamed = set(InMemory.NEVER, threads, prefetch);

    assertThat(streamed.isInMemory()).isFalse();
    assertThat(BatchText.ofEpochs(training(streamed), 0, 3))
        .isEqualTo(BatchText.ofEpochs(training(held), 0, 3));
    assertThat(BatchText.ofEpochs(new SequentialBatches(streamed, BATCH), 0, 2))
        .isEqualTo(BatchText.ofEpochs(new SequentialBatches(held, BATCH), 0, 2));
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2", "8"})
  void a_source_goes_on_in_the_middle_of_an_epoch(int threads) {
    List<String> all = BatchText.ofEpochs(training(held), 1, 2);
    BatchSource resumed = training(set(InMemory.NEVER, threads, 2));

    List<String> rest = new ArrayList<>();
    for (int index = 3; index < resumed.batches(); index++) {
      rest.add(BatchText.of(resumed, 1, index));
    }
    assertThat(rest).isEqualTo(all.subList(3, all.size()));
  }

  @Test
  void any_batch_can_be_asked_for_between_others() {
    BatchSource expected = training(held);
    BatchSource streamed = training(set(InMemory.NEVER, 2, 3));

    for (int[] place : new int[][] {{0, 0}, {0, 2}, {7, 5}, {0, 3}, {0, 3}, {0, 4}, {0, 1}}) {
      assertThat(BatchText.of(streamed, place[0], place[1]))
          .isEqualTo(BatchText.of(expected, place[0], place[1]));
    }
  }

  @Test
  void only_so_many_batches_are_decoded_ahead() throws InterruptedException {
    BatchSource source = training(set(InMemory.NEVER, 4, 2));
    images.takeAsked();

    BatchText.of(source, 0, 0);
    waitUntilIdle();

    assertThat(images.takeAsked()).hasSize(3 * BATCH).doesNotHaveDuplicates();
    BatchText.of(source, 0, 1);
    waitUntilIdle();
    assertThat(images.takeAsked()).hasSize(BATCH);
  }

  @Test
  void an_epoch_is_followed_by_the_next_and_an_evaluation_by_nothing() throws InterruptedException {
    ImageDataset streamed = set(InMemory.NEVER, 2, 1);
    BatchSource source = training(streamed);
    images.takeAsked();
    BatchText.of(source, 0, source.batches() - 1);
    waitUntilIdle();
    assertThat(images.takeAsked()).hasSize(2 * BATCH);

    BatchSource evaluated = new SequentialBatches(streamed, BATCH);
    BatchText.of(evaluated, 0, evaluated.batches() - 1);
    waitUntilIdle();
    assertThat(images.takeAsked()).containsExactlyInAnyOrder(48, 49);
  }

  @Test
  void without_threads_nothing_is_decoded_ahead() {
    BatchSource source = training(set(InMemory.NEVER, 0, 5));
    images.takeAsked();

    BatchText.of(source, 0, 0);

    assertThat(images.takeAsked()).hasSize(BATCH);
  }

  @Test
  void the_first_images_of_a_batch_are_decoded_alone_and_do_not_disturb_the_others()
      throws InterruptedException {
    BatchSource source = training(set(InMemory.NEVER, 2, 1));
    BatchText.of(source, 0, 0);
    waitUntilIdle();
    images.takeAsked();

    try (TensorScope scope = TensorScope.open()) {
      float[] few = Tensors.toFloats(source.firstOfBatch(0, 4, 3).images());
      float[] expected = Tensors.toFloats(training(held).batch(0, 4).first(3).images());
      assertThat(few).isEqualTo(expected);
    }
    assertThat(images.takeAsked()).hasSize(3);
    BatchText.of(source, 0, 1);
    waitUntilIdle();
    assertThat(images.takeAsked()).hasSize(BATCH);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "8"})
  void an_image_that_cannot_be_read_ends_its_own_batch_and_no_earlier_one(int threads) {
    ImageDataset streamed = set(InMemory.NEVER, threads, 3);
    images.damage(20);
    BatchSource source = new SequentialBatches(streamed, BATCH);

    BatchText.of(source, 0, 0);
    BatchText.of(source, 0, 1);
    assertThatExceptionOfType(UnreadableImageException.class)
        .isThrownBy(() -> BatchText.of(source, 0, 2))
        .withMessage("image 20: cannot be read, allowed: a whole one");
    assertThat(BatchText.of(source, 0, 3))
        .isEqualTo(BatchText.of(new SequentialBatches(held, BATCH), 0, 3));
  }

  @Test
  void threads_end_when_there_is_nothing_to_do() throws InterruptedException {
    BatchText.of(training(set(InMemory.NEVER, 3, 2)), 0, 0);

    assertThat(loaderThreads()).isPositive();
    while (loaderThreads() > 0) {
      Thread.sleep(50);
    }
  }

  @Test
  void who_waits_for_a_batch_can_be_interrupted() {
    BatchSource source = training(set(InMemory.NEVER, 1, 1));

    Thread.currentThread().interrupt();
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> BatchText.of(source, 0, 0))
        .withMessage("interrupted while decoding images");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void batches_that_would_fill_the_heap_are_not_decoded_ahead() {
    ImageDataset streamed = set(InMemory.NEVER, 2, 1000);
    BatchOrder order = order(streamed);

    assertThat(
            new Prefetch(
                    streamed,
                    order,
                    streamed.stream().orElseThrow(),
                    (image, epoch) -> streamed.storedPixels(image))
                .ahead())
        .isEqualTo(1000);
    double bytes = Runtime.getRuntime().maxMemory() / 100.0;
    assertThat(Prefetch.mostWithin(Runtime.getRuntime().maxMemory(), bytes)).isEqualTo(12);
  }

  @Test
  void a_batch_on_a_device_is_the_same() {
    for (ImageDataset set : List.of(held, set(InMemory.NEVER, 2, 1))) {
      BatchSource source = training(set);
      try (TensorScope scope = TensorScope.open()) {
        Batch expected = source.batch(2, 1);
        Batch there = source.batchOn(new Device("cpu"), 2, 1);
        assertThat(Tensors.toFloats(there.images())).isEqualTo(Tensors.toFloats(expected.images()));
        assertThat(Tensors.toLongs(there.labels())).isEqualTo(Tensors.toLongs(expected.labels()));
      }
    }
  }

  private static BatchOrder order(ImageDataset set) {
    return new BatchOrder() {
      @Override
      public BatchPartition partition() {
        return new BatchPartition(set.size(), BATCH, LastBatch.KEEP);
      }

      @Override
      public int[] positions(long epoch) {
        return IntStream.range(0, set.size()).toArray();
      }

      @Override
      public Optional<Place> after(Place place) {
        return Optional.empty();
      }
    };
  }

  private ImageDataset set(InMemory inMemory, int threads, int prefetch) {
    return ImageDataset.of(
        images, CountingDataset.classNames(), new LoaderOptions(inMemory, threads, prefetch));
  }

  private static BatchSource training(ImageDataset set) {
    return new ShuffledBatches(set, BATCH, 3, "training-batches", LastBatch.DROP);
  }

  private static long loaderThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(ImageStream.THREAD))
        .count();
  }

  /** Threads end when they have had nothing to do for a while. */
  private static void waitUntilIdle() throws InterruptedException {
    while (loaderThreads() > 0) {
      Thread.sleep(20);
    }
  }
}
