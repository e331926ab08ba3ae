package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.BatchSource;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchesTest {
  /** Image i has class i, so that labels tell which images a batch has. */
  private static final ImageDataset DATASET =
      TestData.dataset(new ImageShape(3, 2, 4), IntStream.range(0, 23).toArray());

  private TensorScope scope;

  @BeforeEach
  void open_a_scope() {
    scope = TensorScope.open();
  }

  @AfterEach
  void close_the_scope() {
    scope.close();
  }

  @Test
  void pixels_are_exactly_byte_over_255_in_float32_channels_first() {
    Batch batch = new SequentialBatches(DATASET, 5).batch(0, 1);

    assertThat(batch.images().shape()).containsExactly(5, 3, 2, 4);
    assertThat(batch.images().scalar_type().intern()).isEqualTo(ScalarType.Float);
    assertThat(batch.labels().scalar_type().intern()).isEqualTo(ScalarType.Long);
    float[] expected = new float[5 * 24];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = Byte.toUnsignedInt(DATASET.pixels(5 + i / 24)[i % 24]) / 255f;
    }
    assertThat(Tensors.toFloats(batch.images())).isEqualTo(expected);
  }

  @Test
  void all_256_values_of_a_byte_are_converted_exactly() {
    byte[] all = new byte[256];
    float[] expected = new float[256];
    for (int value = 0; value < 256; value++) {
      all[value] = (byte) value;
      expected[value] = value / 255f;
    }
    ImageDataset dataset =
        ImageDataset.of(
            new ImageShape(1, 16, 16), List.of("all"), new byte[][] {all}, new int[] {0});

    assertThat(Tensors.toFloats(new SequentialBatches(dataset, 1).batch(0, 0).images()))
        .isEqualTo(expected);
  }

  @Test
  void sequential_batches_keep_the_order_and_the_smaller_last_batch() {
    SequentialBatches source = new SequentialBatches(DATASET, 10);

    assertThat(source.batches()).isEqualTo(3);
    assertThat(source.size()).isEqualTo(23);
    assertThat(source.batch(0, 2).size()).isEqualTo(3);
    assertThat(epoch(source, 5)).isEqualTo(IntStream.range(0, 23).asLongStream().boxed().toList());
  }

  @Test
  void shuffled_batches_show_every_image_once_an_epoch() {
    BatchSource source = shuffled(1, LastBatch.KEEP);

    assertThat(source.size()).isEqualTo(23);
    for (long epoch = 0; epoch < 3; epoch++) {
      assertThat(epoch(source, epoch))
          .hasSize(23)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, 23).asLongStream().boxed().toList());
    }
  }

  @Test
  void labels_stay_with_their_images() {
    Batch batch = shuffled(1, LastBatch.KEEP).batch(4, 1);
    float[] pixels = Tensors.toFloats(batch.images());
    long[] labels = Tensors.toLongs(batch.labels());

    for (int i = 0; i < labels.length; i++) {
      int first = Byte.toUnsignedInt(DATASET.pixels((int) labels[i])[0]);
      assertThat(pixels[i * 24]).isEqualTo(first / 255f);
    }
  }

  @Test
  void the_order_is_a_function_of_seed_purpose_and_epoch() {
    List<Long> order = epoch(shuffled(1, LastBatch.KEEP), 0);

    assertThat(epoch(shuffled(1, LastBatch.KEEP), 0)).isEqualTo(order);
    assertThat(epoch(shuffled(1, LastBatch.KEEP), 1)).isNotEqualTo(order);
    assertThat(epoch(shuffled(2, LastBatch.KEEP), 0)).isNotEqualTo(order);
    assertThat(epoch(new ShuffledBatches(DATASET, 10, 1, "other", LastBatch.KEEP), 0))
        .isNotEqualTo(order);
    assertThat(order).isNotEqualTo(order.stream().sorted().toList());
  }

  @Test
  void any_batch_of_any_epoch_can_be_asked_for_at_any_time() {
    BatchSource source = shuffled(1, LastBatch.KEEP);
    List<Long> early = epoch(source, 0);
    List<Long> late = epoch(source, 9);

    BatchSource other = shuffled(1, LastBatch.KEEP);
    assertThat(labels(other.batch(9, 2))).isEqualTo(late.subList(20, 23));
    assertThat(labels(other.batch(0, 1))).isEqualTo(early.subList(10, 20));
    assertThat(labels(other.batch(9, 0))).isEqualTo(late.subList(0, 10));
  }

  @Test
  void dropping_the_last_batch_makes_all_batches_full() {
    BatchSource source = shuffled(1, LastBatch.DROP);

    assertThat(source.batches()).isEqualTo(2);
    assertThat(source.size()).isEqualTo(20);
    assertThat(source.batch(0, 1).size()).isEqualTo(10);
    assertThat(epoch(source, 0)).isEqualTo(epoch(shuffled(1, LastBatch.KEEP), 0).subList(0, 20));
  }

  @Test
  void a_set_smaller_than_one_batch_is_one_batch() {
    BatchSource source = new ShuffledBatches(DATASET, 100, 1, "test", LastBatch.DROP);

    assertThat(source.batches()).isEqualTo(1);
    assertThat(source.size()).isEqualTo(23);
    assertThat(source.batch(0, 0).size()).isEqualTo(23);
  }

  @Test
  void a_set_of_whole_batches_has_no_smaller_last_batch() {
    ImageDataset twenty = DATASET.subset(IntStream.range(0, 20).toArray());

    assertThat(new SequentialBatches(twenty, 10).batches()).isEqualTo(2);
    assertThat(new ShuffledBatches(twenty, 10, 1, "test", LastBatch.DROP).batches()).isEqualTo(2);
  }

  @Test
  void batches_that_do_not_exist_are_refused() {
    BatchSource source = shuffled(1, LastBatch.DROP);
    for (int index : new int[] {-1, 2}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> source.batch(0, index))
          .withMessage("batch " + index + ", allowed: 0..1");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SequentialBatches(DATASET, 0))
        .withMessage("batch size is 0, allowed: at least 1");
  }

  private static BatchSource shuffled(long seed, LastBatch lastBatch) {
    return new ShuffledBatches(DATASET, 10, seed, "test", lastBatch);
  }

  private static List<Long> epoch(BatchSource source, long epoch) {
    List<Long> labels = new ArrayList<>();
    for (int index = 0; index < source.batches(); index++) {
      labels.addAll(labels(source.batch(epoch, index)));
    }
    return labels;
  }

  private static List<Long> labels(Batch batch) {
    List<Long> labels = new ArrayList<>();
    for (long label : Tensors.toLongs(batch.labels())) {
      labels.add(label);
    }
    return labels;
  }
}
