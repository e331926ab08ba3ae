package io.github.smartaug.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.Sampling.AffineChains;
import io.github.smartaug.transform.Sampling.Border;
import io.github.smartaug.transform.Sampling.Interpolation;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Annotations end where their images show them. */
class GeometryTest {
  private static final int HEIGHT = 21;
  private static final int WIDTH = 30;
  private static final TransformSet MOVING = moving();

  /** All transforms that move pixels, with ranges that leave the middle in the image. */
  private static TransformSet moving() {
    List<String> names =
        List.of(
            "identity",
            "flip-x",
            "flip-y",
            "rotate",
            "translate-x",
            "translate-y",
            "shear-x",
            "shear-y",
            "crop",
            "brightness");
    double[] largest = {0, 0, 0, 40, 4, 3, 0.2, 0.2, 3, 1};
    return new TransformSet(
        "moving",
        Stream.iterate(0, i -> i + 1)
            .limit(names.size())
            .map(i -> named(names.get(i), largest[i]))
            .toList());
  }

  private static NamedTransform named(String name, double largest) {
    boolean positive = List.of("crop", "brightness").contains(name);
    return new NamedTransform(
        name,
        Transforms.named(name),
        positive ? MagnitudeRange.direct(largest, largest) : MagnitudeRange.symmetric(largest));
  }

  static Stream<String> names() {
    return MOVING.names().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_bright_spot_is_where_its_keypoint_is(String name) {
    for (double uniform : new double[] {0.03, 0.31, 0.77, 0.96}) {
      try (TensorScope scope = TensorScope.open()) {
        double[] place = {16, 9};
        Draw draw = new Draw(MOVING, List.of(name), uniform);
        double[] shown = centreOfLight(draw.applied(spot(place[0], place[1])));
        MovedKeypoints moved = draw.geometry().keypoints(Tensors.of(place, 1, 1, 2));
        assertThat(Tensors.toDoubles(moved.points())).containsExactly(shown, within(0.05));
        assertThat(Tensors.toLongs(moved.inside().to(ScalarType.Long))).containsExactly(1);
      }
    }
  }

  @Property(tries = 20)
  void a_bright_spot_is_where_its_keypoint_is_after_any_sequence(
      @ForAll long seed, @ForAll AffineChains runs) {
    TransformSet set = MOVING.withSampling(Sampling.DEFAULT.with(runs));
    RandomStream random = RandomStream.seeded(seed);
    List<String> sequence =
        random.ints(3, 0, set.size()).mapToObj(t -> set.names().get(t)).toList();
    try (TensorScope scope = TensorScope.open()) {
      Draw draw = new Draw(set, sequence, 0.25 + random.nextDouble() / 2);
      double[] shown = centreOfLight(draw.applied(spot(15, 10)));
      MovedKeypoints moved = draw.geometry().keypoints(Tensors.of(new double[] {15, 10}, 1, 1, 2));
      assertThat(Tensors.toDoubles(moved.points())).containsExactly(shown, within(0.1));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_bright_box_fills_its_moved_box(String name) {
    for (double uniform : new double[] {0.08, 0.5, 0.9}) {
      try (TensorScope scope = TensorScope.open()) {
        double[] box = {10, 6, 19, 13};
        Draw draw = new Draw(MOVING, List.of(name), uniform);
        double[] shown = extentOfLight(draw.applied(filled(box)));
        MovedBoxes moved = draw.geometry().boxes(Tensors.of(box, 1, 1, 4));
        // A pixel that shows some light is at most one off the edge; corners of turned boxes fade.
        assertThat(Tensors.toDoubles(moved.boxes())).containsExactly(shown, within(1.0));
        assertThat(Tensors.toLongs(moved.visible().to(ScalarType.Long))).containsExactly(1);
      }
    }
  }

  @Property(tries = 20)
  void masks_are_what_nearest_sampling_makes_of_the_image(
      @ForAll long seed, @ForAll Border border, @ForAll AffineChains runs) {
    TransformSet set = MOVING.withSampling(new Sampling(Interpolation.NEAREST, border, runs));
    RandomStream random = RandomStream.seeded(seed);
    // Brightness at factor 1 and a label at every place: the image is its own mask.
    List<String> sequence =
        random.ints(3, 0, set.size()).mapToObj(t -> set.names().get(t)).toList();
    try (TensorScope scope = TensorScope.open()) {
      Draw draw = new Draw(set, sequence, random.nextDouble());
      Tensor labels =
          TestImages.random(seed, ScalarType.Float, 1, 1, HEIGHT, WIDTH)
              .mul(new Scalar(200))
              .to(ScalarType.Long);
      Tensor image = labels.to(ScalarType.Float).div(new Scalar(256.0));
      Tensor moved = draw.geometry().masks(labels, 0);
      Tensor shown = draw.applied(image).mul(new Scalar(256.0)).round().to(ScalarType.Long);
      assertThat(Tensors.toLongs(moved)).containsExactly(Tensors.toLongs(shown));
    }
  }

  @Test
  void what_comes_into_a_mask_from_outside_has_the_fill_label() {
    try (TensorScope scope = TensorScope.open()) {
      TransformSet set = one("translate-x", MagnitudeRange.direct(2, 2));
      Tensor mask = Tensors.of(new long[] {3, 4, 5, 6}, 1, 1, 4).to(ScalarType.Byte);
      Tensor moved = new Draw(set, List.of("translate-x"), 0).geometry(1, 4).masks(mask, 255);
      assertThat(Tensors.toLongs(moved)).containsExactly(255, 255, 3, 4);
      assertThat(moved.scalar_type().intern()).isEqualTo(ScalarType.Byte);
      assertThat(moved.shape()).containsExactly(1, 1, 4);
    }
  }

  @Test
  void a_box_is_clipped_and_one_outside_is_not_visible() {
    try (TensorScope scope = TensorScope.open()) {
      TransformSet set = one("translate-x", MagnitudeRange.direct(20, 20));
      double[] boxes = {5, 2, 15, 8, 12, 3, 29, 4, 0, 0, 0, 5};
      MovedBoxes moved =
          new Draw(set, List.of("translate-x"), 0).geometry().boxes(Tensors.of(boxes, 1, 3, 4));
      assertThat(Tensors.toDoubles(moved.boxes()))
          .containsExactly(new double[] {25, 2, 30, 8, 0, 0, 0, 0, 0, 0, 0, 0}, within(1e-5));
      assertThat(Tensors.toLongs(moved.visible().to(ScalarType.Long))).containsExactly(1, 0, 0);
    }
  }

  @ParameterizedTest
  @CsvSource({"SEPARATE, 0", "COMPOSED, 1"})
  void what_left_the_image_on_the_way_is_lost_unless_the_run_is_resampled_once(
      AffineChains runs, long expected) {
    TransformSet set =
        one("translate-x", MagnitudeRange.direct(20, 20)).withSampling(Sampling.DEFAULT.with(runs));
    TransformSet withFlip =
        new TransformSet(
            "test",
            Stream.concat(set.transforms().stream(), Stream.of(named("flip-x", 0))).toList(),
            set.sampling());
    try (TensorScope scope = TensorScope.open()) {
      Geometry geometry =
          new Draw(withFlip, List.of("translate-x", "flip-x", "translate-x", "flip-x"), 0)
              .geometry();
      MovedKeypoints point = geometry.keypoints(Tensors.of(new double[] {25, 5}, 1, 1, 2));
      MovedBoxes box = geometry.boxes(Tensors.of(new double[] {22, 3, 28, 9}, 1, 1, 4));
      assertThat(Tensors.toDoubles(point.points()))
          .containsExactly(new double[] {25, 5}, within(1e-4));
      assertThat(Tensors.toLongs(point.inside().to(ScalarType.Long))).containsExactly(expected);
      assertThat(Tensors.toLongs(box.visible().to(ScalarType.Long))).containsExactly(expected);
    }
  }

  @Test
  void without_transforms_nothing_moves() {
    try (TensorScope scope = TensorScope.open()) {
      Geometry still = Geometry.still(4, 5);
      Tensor mask = Tensors.of(new long[40], 2, 4, 5);
      assertThat(Tensors.toLongs(still.masks(mask, 9))).containsOnly(0);
      double[] box = {1, 1, 4, 3};
      assertThat(Tensors.toDoubles(still.boxes(Tensors.of(box, 1, 1, 4)).boxes()))
          .containsExactly(box);
    }
  }

  @ParameterizedTest
  @CsvSource({"9, 2, 4, 8", "4, 8, 9, 2", "4, NaN, 9, 8"})
  void a_box_that_ends_before_it_begins_is_refused(
      double left, double top, double right, double bottom) {
    try (TensorScope scope = TensorScope.open()) {
      Geometry geometry = new Draw(MOVING, List.of("rotate"), 0.3).geometry();
      double[] boxes = {1, 1, 4, 3, left, top, right, bottom};
      assertThatIllegalArgumentException()
          .isThrownBy(() -> geometry.boxes(Tensors.of(boxes, 1, 2, 4)))
          .withMessage(
              "boxes: image 0, box 1: left %s, top %s, right %s, bottom %s, allowed: left up to"
                  + " right, top up to bottom",
              left, top, right, bottom);
    }
  }

  @Test
  void annotations_of_other_shapes_and_types_are_refused() {
    try (TensorScope scope = TensorScope.open()) {
      Geometry geometry = new Draw(MOVING, List.of("rotate"), 0.3).geometry();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> geometry.boxes(Tensors.of(new double[8], 2, 1, 4)))
          .withMessage("boxes are Double [2, 1, 4], expected floating-point [1,M,4]");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> geometry.keypoints(Tensors.of(new long[2], 1, 1, 2)))
          .withMessage("keypoints are Long [1, 1, 2], expected floating-point [1,M,2]");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> geometry.masks(Tensors.of(new long[6], 1, 2, 3), 0))
          .withMessage("masks are Long [1, 2, 3], expected integers [1,21,30] or [1,1,21,30]");
      assertThat(geometry.boxes(Tensors.of(new double[0], 1, 0, 4)).visible().shape())
          .containsExactly(1, 0);
    }
  }

  private static TransformSet one(String name, MagnitudeRange range) {
    return new TransformSet(
        "one", List.of(new NamedTransform(name, Transforms.named(name), range)));
  }

  /** A smooth spot, so that interpolation leaves its centre in place. */
  private static Tensor spot(double x, double y) {
    double[] pixels = new double[HEIGHT * WIDTH];
    for (int i = 0; i < pixels.length; i++) {
      double dx = i % WIDTH - x;
      double dy = Math.floorDiv(i, WIDTH) - y;
      pixels[i] = Math.exp(-(dx * dx + dy * dy) / 2);
    }
    return Tensors.of(pixels, 1, 1, HEIGHT, WIDTH).to(ScalarType.Float);
  }

  private static Tensor filled(double[] box) {
    double[] pixels = new double[HEIGHT * WIDTH];
    for (int i = 0; i < pixels.length; i++) {
      int x = i % WIDTH;
      int y = i / WIDTH;
      pixels[i] = x >= box[0] && x < box[2] && y >= box[1] && y < box[3] ? 1 : 0;
    }
    return Tensors.of(pixels, 1, 1, HEIGHT, WIDTH).to(ScalarType.Float);
  }

  private static double[] centreOfLight(Tensor image) {
    double[] pixels = Tensors.toDoubles(image);
    double total = Arrays.stream(pixels).sum();
    double x = 0;
    double y = 0;
    for (int i = 0; i < pixels.length; i++) {
      x += pixels[i] * (i % WIDTH) / total;
      y += pixels[i] * Math.floorDiv(i, WIDTH) / total;
    }
    return new double[] {x, y};
  }

  /** Edges of the pixels that are at least a quarter bright. */
  private static double[] extentOfLight(Tensor image) {
    double[] pixels = Tensors.toDoubles(image);
    double[] extent = {WIDTH, HEIGHT, 0, 0};
    for (int i = 0; i < pixels.length; i++) {
      if (pixels[i] >= 0.25) {
        extent[0] = Math.min(extent[0], i % WIDTH);
        extent[1] = Math.min(extent[1], Math.floorDiv(i, WIDTH));
        extent[2] = Math.max(extent[2], i % WIDTH + 1);
        extent[3] = Math.max(extent[3], i / WIDTH + 1);
      }
    }
    return extent;
  }

  /** A sequence for one image, with the same draw at every position. */
  private static final class Draw {
    private final TransformStage stage;
    private final int[][] chosen;
    private final double[][] uniforms;
    private final Tensor magnitudes;

    Draw(TransformSet set, List<String> sequence, double uniform) {
      this.stage = new TransformStage(set);
      this.chosen =
          sequence.stream()
              .map(name -> new int[] {set.names().indexOf(name)})
              .toArray(int[][]::new);
      this.uniforms = new double[sequence.size()][];
      Arrays.setAll(uniforms, n -> new double[] {uniform});
      this.magnitudes = Tensors.full(1, Tensors.of(new float[1], 1), set.size());
    }

    Tensor applied(Tensor image) {
      return stage.apply(image, chosen, uniforms, magnitudes);
    }

    Geometry geometry() {
      return geometry(HEIGHT, WIDTH);
    }

    Geometry geometry(int height, int width) {
      return stage.geometry(chosen, uniforms, magnitudes, height, width);
    }
  }
}
