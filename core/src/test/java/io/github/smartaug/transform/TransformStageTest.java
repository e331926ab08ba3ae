package io.github.smartaug.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.tensor.TorchRuntime;
import io.github.smartaug.transform.Sampling.AffineChains;
import io.github.smartaug.transform.Sampling.Border;
import io.github.smartaug.transform.Sampling.Interpolation;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class TransformStageTest {
  private static final TransformSet ALL = TransformSets.named("everything");

  /** In float64, where a sample point on a pixel's centre is not thrown aside by rounding. */
  @Property(tries = 25)
  void a_stage_gives_what_its_transforms_give_one_by_one_gradients_included(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 7) int batch,
      @ForAll @IntRange(min = 1, max = 3) int length,
      @ForAll @IntRange(min = 1, max = 9) int height,
      @ForAll @IntRange(min = 1, max = 9) int width,
      @ForAll Interpolation interpolation,
      @ForAll Border border) {
    TransformSet set = ALL.withSampling(new Sampling(interpolation, border, AffineChains.SEPARATE));
    try (TensorScope scope = TensorScope.open()) {
      StageCall call = new StageCall(set, seed, length, batch);
      NamedTensors leaves = call.leaves(ScalarType.Double, height, width);
      Tensor grouped = call.grouped(leaves);
      Tensor single = call.oneByOne(leaves);
      assertClose(grouped, single, 1e-5);
      Tensor weights = TestImages.random(seed + 1, ScalarType.Double, grouped.shape());
      NamedTensors actual = Tensors.gradients(grouped.mul(weights).sum(), leaves);
      NamedTensors expected = Tensors.gradients(single.mul(weights).sum(), leaves);
      for (String name : leaves.names()) {
        assertClose(actual.get(name), expected.get(name), 1e-5);
      }
    }
  }

  /** Large enough for images to be moved run by run, and not by an index. */
  @Property(tries = 3)
  void a_stage_of_large_images_gives_what_its_transforms_give_one_by_one_gradients_included(
      @ForAll long seed) {
    a_stage_gives_what_its_transforms_give_one_by_one_gradients_included(
        seed, 5, 3, 50, 30, Interpolation.BILINEAR, Border.ZEROS);
  }

  @Test
  void a_batch_that_nothing_changes_is_a_copy() {
    TransformSet still = new TransformSet("still", List.of(ALL.transforms().get(0)));
    assertThat(still.transforms().get(0).transform()).isInstanceOf(Identity.class);
    try (TensorScope scope = TensorScope.open()) {
      for (int side : new int[] {2, 200}) {
        Tensor image = TestImages.random(1, ScalarType.Float, 1, 3, side, side);
        Tensor magnitudes = Tensors.full(0.5, image, 1);
        Tensor result =
            new TransformStage(still).apply(image, new int[2][1], new double[2][1], magnitudes);
        assertClose(result, image, 0);
        assertThat(result.is_alias_of(image)).isFalse();
      }
    }
  }

  @Property(tries = 10)
  void a_stage_in_float32_gives_what_its_transforms_give_one_by_one(
      @ForAll long seed, @ForAll Border border) {
    TransformSet set = ALL.withSampling(Sampling.DEFAULT.with(border));
    try (TensorScope scope = TensorScope.open()) {
      StageCall call = new StageCall(set, seed, 2, 16);
      NamedTensors leaves = call.leaves(ScalarType.Float, 11, 6);
      assertClose(call.grouped(leaves), call.oneByOne(leaves), 1e-5);
    }
  }

  @Property(tries = 10)
  void a_replay_gives_the_same_bits(@ForAll long seed, @ForAll AffineChains runs) {
    try (TensorScope scope = TensorScope.open()) {
      StageCall call = new StageCall(ALL.withSampling(Sampling.DEFAULT.with(runs)), seed, 3, 8);
      NamedTensors leaves = call.leaves(ScalarType.Float, 8, 5);
      assertThat(Tensors.toFloats(call.grouped(leaves)))
          .containsExactly(Tensors.toFloats(call.grouped(leaves)));
    }
  }

  @Test
  void nothing_is_learned_where_nothing_is_to_be() {
    try (TensorScope scope = TensorScope.open()) {
      StageCall call = new StageCall(TransformSets.named("wide"), 3, 3, 8);
      NamedTensors plain = call.leaves(ScalarType.Float, 8, 8).map((name, it) -> it.detach());
      assertThat(call.grouped(plain).requires_grad()).isFalse();
    }
  }

  @Test
  void images_alone_or_magnitudes_alone_may_have_a_gradient() {
    try (TensorScope scope = TensorScope.open()) {
      StageCall call = new StageCall(TransformSets.named("wide"), 4, 3, 8);
      NamedTensors both = call.leaves(ScalarType.Double, 8, 8);
      NamedTensors expected = Tensors.gradients(call.grouped(both).sum(), both);
      for (String name : both.names()) {
        NamedTensors one =
            both.map((other, tensor) -> other.equals(name) ? tensor : tensor.detach());
        NamedTensors leaf = NamedTensors.of(name, one.get(name));
        assertClose(
            Tensors.gradients(call.grouped(one).sum(), leaf).get(name), expected.get(name), 1e-12);
      }
    }
  }

  @Test
  void a_rotation_back_returns_the_centre_of_a_smooth_image() {
    try (TensorScope scope = TensorScope.open()) {
      int size = 33;
      double[] pixels = new double[size * size];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = 0.5 + 0.4 * Math.sin(i % size / 6.0) * Math.cos(Math.floorDiv(i, size) / 7.0);
      }
      Tensor image = Tensors.of(pixels, 1, 1, size, size);
      for (double angle : new double[] {-135, -33, 12.5, 90}) {
        Tensor there = new Rotate().apply(image, TestImages.values(angle, image));
        Tensor back = new Rotate().apply(there, TestImages.values(-angle, image));
        assertClose(centre(back), centre(image), 0.01);
      }
    }
  }

  private static Tensor centre(Tensor image) {
    long size = image.size(2);
    return image.narrow(2, size / 3, size / 3).narrow(3, size / 3, size / 3);
  }

  @Test
  void a_batch_of_none_and_a_sequence_of_none_change_nothing() {
    try (TensorScope scope = TensorScope.open()) {
      TransformStage stage = new TransformStage(ALL);
      Tensor magnitudes = Tensors.of(new float[ALL.size()], ALL.size());
      Tensor none = Tensors.of(new float[0], 0, 3, 4, 4);
      assertThat(stage.apply(none, new int[2][0], new double[2][0], magnitudes).shape())
          .containsExactly(0, 3, 4, 4);
      Tensor two = TestImages.random(1, ScalarType.Float, 2, 3, 4, 4);
      assertClose(stage.apply(two, new int[0][2], new double[0][2], magnitudes), two, 0);
    }
  }

  @Test
  void draws_for_another_number_of_images_are_refused() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor two = TestImages.random(1, ScalarType.Float, 2, 3, 4, 4);
      Tensor magnitudes = Tensors.of(new float[ALL.size()], ALL.size());
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> new TransformStage(ALL).apply(two, new int[1][3], new double[1][3], magnitudes))
          .withMessage("draws are for 3 images, the batch has 2");
    }
  }

  @Test
  void hundreds_of_passes_leave_no_memory_behind() {
    for (int i = 0; i < 20; i++) {
      pass(i);
    }
    long handles = Pointer.totalCount();
    long before = TorchRuntime.residentBytes();
    for (int i = 0; i < 200; i++) {
      pass(i);
    }
    assertThat(Pointer.totalCount()).as("live native objects").isLessThanOrEqualTo(handles);
    // One batch left behind by each pass would be 630 MB; the Java heap may grow meanwhile.
    assertThat(TorchRuntime.residentBytes() - before).isLessThan(300_000_000);
  }

  private static void pass(int seed) {
    try (TensorScope scope = TensorScope.open()) {
      StageCall call = new StageCall(TransformSets.named("wide"), seed, 3, 64);
      Tensor images = Tensors.full(0.5, Tensors.of(new float[1], 1), 64, 3, 64, 64);
      Tensor magnitudes = Tensors.full(0.5, images, call.set.size());
      NamedTensors leaf = NamedTensors.of("magnitudes", magnitudes).asLeaves();
      NamedTensors inputs = NamedTensors.of("images", images).with(leaf);
      Tensors.gradients(call.grouped(inputs).sum(), leaf);
    }
  }

  private static void assertClose(Tensor actual, Tensor expected, double tolerance) {
    assertThat(actual.shape()).containsExactly(expected.shape());
    assertThat(Tensors.toDoubles(actual))
        .containsExactly(Tensors.toDoubles(expected), within(tolerance));
  }

  /** A stage with random draws, nothing among them. */
  private static final class StageCall {
    private final TransformSet set;
    private final int[][] chosen;
    private final double[][] uniforms;
    private final RandomStream random;

    StageCall(TransformSet set, long seed, int length, int batch) {
      this.set = set;
      this.random = RandomStream.seeded(seed);
      this.chosen = new int[length][];
      this.uniforms = new double[length][];
      for (int n = 0; n < length; n++) {
        chosen[n] = random.ints(batch, TransformStage.NOTHING, set.size()).toArray();
        uniforms[n] = random.doubles(batch).toArray();
      }
    }

    NamedTensors leaves(ScalarType type, int height, int width) {
      Tensor images =
          TestImages.random(random.nextLong(), type, chosen[0].length, 3, height, width);
      double[] magnitudes = random.doubles(set.size(), 0.05, 1).toArray();
      return NamedTensors.of("images", images)
          .with(NamedTensors.of("magnitudes", Tensors.constant(magnitudes, images, set.size())))
          .asLeaves();
    }

    Tensor grouped(NamedTensors leaves) {
      return new TransformStage(set)
          .apply(leaves.get("images"), chosen, uniforms, leaves.get("magnitudes"));
    }

    Tensor oneByOne(NamedTensors leaves) {
      List<Tensor> results = new ArrayList<>();
      for (int i = 0; i < chosen[0].length; i++) {
        Tensor image = leaves.get("images").narrow(0, i, 1);
        for (int n = 0; n < chosen.length; n++) {
          image = transformed(image, chosen[n][i], uniforms[n][i], leaves.get("magnitudes"));
        }
        results.add(image);
      }
      return Tensors.concatenate(results, 0);
    }

    private Tensor transformed(Tensor image, int transform, double uniform, Tensor magnitudes) {
      if (transform == TransformStage.NOTHING) {
        return image;
      }
      NamedTransform named = set.transforms().get(transform);
      Tensor values =
          named
              .mapping()
              .value(
                  magnitudes.narrow(0, transform, 1),
                  Tensors.constant(new double[] {uniform}, image, 1),
                  (int) image.size(2),
                  (int) image.size(3));
      long[] seeds = Seeds.ofUniforms(new double[] {uniform});
      return named.transform() instanceof SeededTransform seeded
          ? seeded.apply(image, values, seeds, set.sampling())
          : named.transform().apply(image, values, set.sampling());
    }
  }
}
