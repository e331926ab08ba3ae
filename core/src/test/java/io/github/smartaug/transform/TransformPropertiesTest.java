package io.github.smartaug.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** What holds for random images, values and draws. */
class TransformPropertiesTest {
  private static final Map<String, Double> IDENTITY_VALUES =
      Map.ofEntries(
          Map.entry("rotate", 0.0),
          Map.entry("translate-x", 0.0),
          Map.entry("translate-y", 0.0),
          Map.entry("shear-x", 0.0),
          Map.entry("shear-y", 0.0),
          Map.entry("contrast", 1.0),
          Map.entry("color", 1.0),
          Map.entry("brightness", 1.0),
          Map.entry("sharpness", 1.0),
          Map.entry("posterize", 8.0),
          Map.entry("solarize", 1.0),
          Map.entry("cutout", 0.0),
          Map.entry("soft-cutout", 0.0),
          Map.entry("noise", 0.0),
          Map.entry("randblend", 0.0),
          Map.entry("blur", 0.0),
          Map.entry("crop", 0.0),
          Map.entry("erase", 0.0),
          Map.entry("soft-erase", 0.0),
          Map.entry("hue", 0.0));

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(Transforms.names());
  }

  @Provide
  Arbitrary<String> namesWithAValue() {
    return Arbitraries.of(
        Transforms.names().stream().filter(name -> Transforms.named(name).usesValue()).toList());
  }

  @Provide
  Arbitrary<long[]> shapes() {
    return Arbitraries.of(
        new long[] {4, 3, 8, 8}, new long[] {4, 1, 8, 8}, new long[] {4, 3, 5, 11});
  }

  @Property(tries = 60)
  void identity_values_change_nothing(
      @ForAll("namesWithAValue") String name, @ForAll("shapes") long[] shape, @ForAll long seed) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = TestImages.levels(seed, ScalarType.Float, shape);
      assertThat(IDENTITY_VALUES).containsKey(name);
      Tensor values = TestImages.values(IDENTITY_VALUES.get(name), images);
      Tensor result =
          TestImages.apply(Transforms.named(name), images, values, TestImages.seeds(seed, images));
      assertThat(Tensors.toDoubles(result))
          .containsExactly(Tensors.toDoubles(images), within(2e-6));
    }
  }

  @Property(tries = 10)
  void flipping_twice_changes_nothing(@ForAll("shapes") long[] shape, @ForAll long seed) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = TestImages.random(seed, ScalarType.Float, shape);
      for (String name : List.of("flip-x", "flip-y")) {
        Transform flip = Transforms.named(name);
        Tensor back = flip.apply(flip.apply(images, null), null);
        assertThat(Tensors.toDoubles(back)).containsExactly(Tensors.toDoubles(images));
      }
    }
  }

  @Property(tries = 80)
  void results_stay_in_the_unit_range(
      @ForAll("names") String name,
      @ForAll("shapes") long[] shape,
      @ForAll @DoubleRange(min = 0, max = 1) double part,
      @ForAll long seed) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = TestImages.levels(seed, ScalarType.Float, shape);
      double[] result = Tensors.toDoubles(transformed(name, images, part, seed));
      assertThat(Arrays.stream(result)).allMatch(pixel -> pixel >= 0 && pixel <= 1);
    }
  }

  @Property(tries = 80)
  void the_order_of_a_batch_does_not_matter(
      @ForAll("names") String name,
      @ForAll("shapes") long[] shape,
      @ForAll @DoubleRange(min = 0, max = 1) double part,
      @ForAll long seed) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = TestImages.random(seed, ScalarType.Float, shape);
      Tensor values = TestImages.values(valueOf(name, part), images);
      long[] seeds = TestImages.seeds(seed, images);
      int[] order = RandomStream.seeded(seed).permutation(seeds.length);
      long[] orderedSeeds = Arrays.stream(order).mapToLong(i -> seeds[i]).toArray();
      Transform transform = Transforms.named(name);
      Tensor whole = TestImages.apply(transform, images, values, seeds);
      Tensor ordered =
          TestImages.apply(
              transform, images.index_select(0, Tensors.indices(order)), values, orderedSeeds);
      assertThat(Tensors.toDoubles(ordered))
          .containsExactly(
              Tensors.toDoubles(whole.index_select(0, Tensors.indices(order))), within(1e-6));
    }
  }

  @Property(tries = 15)
  void a_replay_gives_the_same_bits_and_each_image_what_its_transform_alone_gives(
      @ForAll @IntRange(min = 1, max = 16) int batch, @ForAll long seed) {
    TransformSet set = TransformSets.named("everything");
    TransformStage stage = new TransformStage(set);
    try (TensorScope scope = TensorScope.open()) {
      RandomStream random = RandomStream.seeded(seed);
      Tensor images = TestImages.random(seed, ScalarType.Float, batch, 3, 9, 12);
      Tensor magnitudes = TestImages.random(seed + 1, ScalarType.Float, set.size());
      int[] chosen = random.ints(batch, 0, set.size()).toArray();
      double[] uniforms = random.doubles(batch).toArray();
      Tensor result = stage.apply(images, chosen, uniforms, magnitudes);
      assertThat(Tensors.toDoubles(stage.apply(images, chosen, uniforms, magnitudes)))
          .containsExactly(Tensors.toDoubles(result));
      for (int i = 0; i < batch; i++) {
        Tensor alone =
            alone(
                set.transforms().get(chosen[i]),
                images.narrow(0, i, 1),
                magnitudes.narrow(0, chosen[i], 1),
                uniforms[i]);
        assertThat(Tensors.toDoubles(result.narrow(0, i, 1)))
            .as(set.names().get(chosen[i]))
            .containsExactly(Tensors.toDoubles(alone), within(1e-5));
      }
    }
  }

  private static Tensor alone(
      NamedTransform transform, Tensor image, Tensor magnitude, double uniform) {
    Tensor values =
        transform
            .mapping()
            .value(
                magnitude,
                Tensors.full(uniform, image, 1),
                (int) image.size(2),
                (int) image.size(3));
    return TestImages.apply(
        transform.transform(), image, values, Seeds.ofUniforms(new double[] {uniform}));
  }

  private static Tensor transformed(String name, Tensor images, double part, long seed) {
    return TestImages.apply(
        Transforms.named(name),
        images,
        TestImages.values(valueOf(name, part), images),
        TestImages.seeds(seed, images));
  }

  private static double valueOf(String name, double part) {
    return TestImages.allowedValue(Transforms.named(name), part);
  }
}
