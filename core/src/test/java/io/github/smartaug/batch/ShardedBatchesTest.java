package io.github.smartaug.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardedBatchesTest {
  /** Numbered images of one pixel, in batches of seven; three are left for the last batch. */
  private static final BatchSource SOURCE =
      new BatchSource() {
        @Override
        public int size() {
          return 17;
        }

        @Override
        public int batches() {
          return 3;
        }

        @Override
        public Batch batch(long epoch, int index) {
          int first = 7 * index;
          long[] numbers =
              IntStream.range(first, Math.min(first + 7, 17))
                  .mapToLong(image -> 100 * epoch + image)
                  .toArray();
          float[] pixels = new float[numbers.length];
          for (int i = 0; i < pixels.length; i++) {
            pixels[i] = numbers[i] / 1000f;
          }
          return new Batch(
              Tensors.of(pixels, pixels.length, 1, 1, 1), Tensors.of(numbers, numbers.length));
        }
      };

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void shards_of_a_batch_put_together_are_the_batch(int count) {
    try (TensorScope scope = TensorScope.open()) {
      for (int index = 0; index < SOURCE.batches(); index++) {
        Batch whole = SOURCE.batch(4, index);
        List<Long> labels = new ArrayList<>();
        List<Float> pixels = new ArrayList<>();
        for (int shard = 0; shard < count; shard++) {
          Batch part = SOURCE.shard(shard, count).batch(4, index);
          for (long label : Tensors.toLongs(part.labels())) {
            labels.add(label);
          }
          for (float pixel : Tensors.toFloats(part.images())) {
            pixels.add(pixel);
          }
        }
        assertThat(labels).containsExactly(boxed(Tensors.toLongs(whole.labels())));
        assertThat(pixels).hasSameSizeAs(labels).isSorted();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void sizes_differ_by_at_most_one_and_add_up(int count) {
    int sum = 0;
    try (TensorScope scope = TensorScope.open()) {
      for (int shard = 0; shard < count; shard++) {
        BatchSource part = SOURCE.shard(shard, count);
        int images = 0;
        for (int index = 0; index < part.batches(); index++) {
          int whole = SOURCE.batch(0, index).size();
          int size = part.batch(0, index).size();
          assertThat(size).isBetween(whole / count, (whole + count - 1) / count);
          images += size;
        }
        assertThat(part.size()).isEqualTo(images);
        sum += images;
      }
    }
    assertThat(sum).isEqualTo(SOURCE.size());
  }

  @Test
  void a_shard_that_there_is_not_is_refused() {
    assertThatThrownBy(() -> SOURCE.shard(2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("index of a shard: 2, allowed: from 0 to 1");
    assertThatThrownBy(() -> SOURCE.shard(-1, 2))
        .hasMessage("index of a shard: -1, allowed: from 0 to 1");
    assertThatThrownBy(() -> SOURCE.shard(0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("number of shards: 0, allowed: at least 1");
  }

  private static Long[] boxed(long[] values) {
    return Arrays.stream(values).boxed().toArray(Long[]::new);
  }
}
