package io.github.smartaug.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class RegroupingTest {
  /** Small images go by an index, large ones run by run. */
  @Property(tries = 40)
  void every_image_comes_to_its_place_and_its_gradient_comes_back(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 12) int images,
      @ForAll @IntRange(min = 1, max = 4) int groups,
      @ForAll boolean large) {
    RandomStream random = RandomStream.seeded(seed);
    Grouping own = Grouping.whole(images);
    Grouping before = own.sortedBy(random.ints(images, 0, groups).toArray(), groups);
    Grouping after = before.sortedBy(random.ints(images, 0, groups).toArray(), groups);
    try (TensorScope scope = TensorScope.open()) {
      long side = large ? 100 : 2;
      NamedTensors leaf =
          NamedTensors.of(
                  "images", TestImages.random(seed, ScalarType.Float, images, 1, side, side))
              .asLeaves();
      List<Tensor> start =
          Tensors.split(inOrder(leaf.get("images"), before), before.occupiedSizes());
      List<Tensor> end = Regrouping.between(before, after).apply(start);
      assertThat(end).extracting(group -> group.size(0)).containsExactly(boxed(after));
      Tensor joined = Tensors.concatenate(end, 0);
      assertThat(joined.equal(inOrder(leaf.get("images"), after))).isTrue();
      Tensor weights = TestImages.random(seed + 1, ScalarType.Float, images, 1, side, side);
      Tensor gradient =
          Tensors.gradients(joined.mul(inOrder(weights, after)).sum(), leaf).get("images");
      assertThat(gradient.equal(weights)).isTrue();
    }
  }

  private static Tensor inOrder(Tensor images, Grouping grouping) {
    return images.index_select(0, Tensors.indices(grouping.order()));
  }

  private static Long[] boxed(Grouping grouping) {
    List<Long> sizes = new ArrayList<>();
    for (long size : grouping.occupiedSizes()) {
      sizes.add(size);
    }
    return sizes.toArray(new Long[0]);
  }

  @Test
  void images_that_share_a_family_at_two_positions_stay_neighbours() {
    int[] first = RandomStream.seeded(1).ints(256, 0, 5).toArray();
    int[] second = RandomStream.seeded(2).ints(256, 0, 5).toArray();
    Grouping before = Grouping.whole(256).sortedBy(second, 5).sortedBy(first, 5);
    Grouping after = before.sortedBy(second, 5);
    assertThat(Regrouping.between(before, after).runs()).isEqualTo(25);
  }

  @Test
  void a_batch_that_stays_in_its_order_is_one_run_per_group() {
    Grouping own = Grouping.whole(6);
    assertThat(Regrouping.between(own, own).runs()).isEqualTo(1);
    Grouping grouping = own.sortedBy(IntStream.of(0, 0, 1, 1, 1, 2).toArray(), 3);
    assertThat(Regrouping.between(own, grouping).runs()).isEqualTo(3);
    assertThat(Regrouping.between(grouping, own).runs()).isEqualTo(3);
  }
}
