package io.github.smartaug.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.transform.MagnitudeRange;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.Sampling;
import io.github.smartaug.transform.Transform;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.Transforms;
import io.github.smartaug.transform.ValueRange;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every transform gives the library's result to one level, with all that a policy file can say. */
class SameAsLibraryTest {
  private static final int DRAWS = 8;

  private static final List<PixelFormat> SIZES =
      List.of(
          PixelFormat.planar(3, 32, 32),
          PixelFormat.planar(1, 28, 28),
          PixelFormat.planar(3, 21, 50),
          PixelFormat.planar(3, 1, 7),
          PixelFormat.planar(1, 6, 1),
          PixelFormat.planar(3, 1, 1));

  static Stream<Sampling> samplings() {
    return Stream.of(Sampling.Interpolation.values())
        .flatMap(
            interpolation ->
                Stream.of(Sampling.Border.values())
                    .map(border -> Sampling.DEFAULT.with(interpolation).with(border)));
  }

  /** All transforms that there are, each over a wide range of its values. */
  static TransformSet everything(Sampling sampling) {
    return new TransformSet(
        "everything",
        Transforms.names().stream().map(SameAsLibraryTest::overItsRange).toList(),
        sampling);
  }

  private static NamedTransform overItsRange(String name) {
    Transform transform = Transforms.named(name);
    if (!transform.usesValue()) {
      return new NamedTransform(name, transform);
    }
    return new NamedTransform(name, transform, range(transform));
  }

  private static MagnitudeRange range(Transform transform) {
    ValueRange allowed = transform.allowedValues();
    return switch (transform.unit()) {
      case DEGREES -> MagnitudeRange.symmetric(200);
      case PIXELS ->
          allowed.min() < 0 ? MagnitudeRange.symmetric(20) : MagnitudeRange.direct(0, 20);
      case SLOPE, TURNS -> MagnitudeRange.symmetric(1.5);
      case FACTOR -> MagnitudeRange.direct(0, 2.5);
      case BITS -> MagnitudeRange.direct(0, 8);
      default -> MagnitudeRange.direct(0, 1);
    };
  }

  @ParameterizedTest
  @MethodSource("samplings")
  void every_transform_gives_the_library_s_result_to_one_level(Sampling sampling) {
    try (TensorScope scope = TensorScope.open()) {
      LibraryTwin twin = LibraryTwin.independent(everything(sampling), PolicyOptions.learned(1));
      RandomStream random = RandomStream.seeded(3);
      for (int t : transforms(sampling)) {
        for (PixelFormat format : SIZES) {
          for (int k = 0; k < DRAWS; k++) {
            ImageDraw draw = draw(t, random.nextDouble());
            float[] image =
                k % 2 == 0 ? LibraryTwin.levels(format, random) : LibraryTwin.scene(format, random);
            float[] library = twin.libraryResult(image, format, draw);
            assertThat(LibraryTwin.differing(twin.own().apply(image, format, draw), library))
                .as("%s of %s, %s", twin.own().transforms().get(t), format, draw)
                .isLessThanOrEqualTo(allowed(sampling, t, format));
          }
        }
      }
    }
  }

  /** All; of another sampling than the usual one, those to which it makes a difference. */
  private static int[] transforms(Sampling sampling) {
    List<String> names = Transforms.names();
    return IntStream.range(0, names.size())
        .filter(
            t ->
                sampling.equals(Sampling.DEFAULT)
                    || names.get(t).matches("rotate|translate-.|shear-.|flip-.|crop"))
        .toArray();
  }

  /**
   * None; where the nearest pixel is read, those of two places that a turn takes half-way between
   * two pixels: the last digit of a sine decides there.
   */
  private static int allowed(Sampling sampling, int transform, PixelFormat format) {
    boolean nearest = sampling.interpolation() == Sampling.Interpolation.NEAREST;
    boolean turn = Transforms.names().get(transform).equals("rotate");
    return nearest && turn ? 2 * format.channels() : 0;
  }

  private static ImageDraw draw(int transform, double uniform) {
    return new ImageDraw(List.of(new ImageDraw.Step(transform, uniform)), 0);
  }

  @Test
  void every_function_of_the_library_is_known() {
    assertThat(TransformFunction.names())
        .containsExactlyInAnyOrderElementsOf(Transforms.functions());
    assertThat(TransformFunction.values()).hasSize(Transforms.names().size());
  }

  @Test
  void large_photos_are_no_exception() {
    PixelFormat format = PixelFormat.planar(3, 224, 224);
    try (TensorScope scope = TensorScope.open()) {
      LibraryTwin twin =
          LibraryTwin.independent(everything(Sampling.DEFAULT), PolicyOptions.learned(1));
      RandomStream random = RandomStream.seeded(4);
      float[] image = LibraryTwin.scene(format, random);
      for (int t = 0; t < twin.own().transforms().size(); t++) {
        ImageDraw draw = draw(t, random.nextDouble());
        float[] library = twin.libraryResult(image, format, draw);
        assertThat(LibraryTwin.differing(twin.own().apply(image, format, draw), library))
            .as("%s, %s", twin.own().transforms().get(t), draw)
            .isZero();
      }
    }
  }
}
