package io.github.smartaug.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.augment.ImageAugmenter;
import io.github.smartaug.augment.PolicyFile;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.ProbabilityGradient;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.transform.Sampling;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformSets;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies of all kinds draw what the library draws, and do what it does. */
class WholePolicyTest {
  private static final PixelFormat FORMAT = PixelFormat.planar(3, 32, 32);
  private static final int IMAGES = 40;

  @TempDir Path folder;

  static Stream<Arguments> policies() {
    TransformSet everything = TransformSets.named("everything");
    TransformSet few = TransformSets.named("geometric-bad");
    PolicyOptions.Builder options = PolicyOptions.builder();
    Sampling composed = Sampling.DEFAULT.with(Sampling.AffineChains.COMPOSED);
    Sampling nearest = composed.with(Sampling.Interpolation.NEAREST);
    return Stream.of(
        row("two in turn", () -> twin(everything, options.length(2))),
        row("four in turn", () -> twin(TransformSets.named("randaugment"), options.length(4))),
        row(
            "without repeats",
            () ->
                twin(
                    few,
                    PolicyOptions.builder()
                        .length(5)
                        .temperature(2)
                        .repeats(PolicyOptions.Repeats.LEFT_OUT))),
        row(
            "sequences without repeats",
            () ->
                LibraryTwin.sequence(
                    few,
                    PolicyOptions.builder()
                        .length(3)
                        .repeats(PolicyOptions.Repeats.LEFT_OUT)
                        .build())),
        row(
            "composed, without repeats",
            () ->
                twin(
                    few.withSampling(composed),
                    PolicyOptions.builder()
                        .length(4)
                        .classes(2)
                        .temperature(2)
                        .repeats(PolicyOptions.Repeats.LEFT_OUT))),
        row("none", () -> twin(everything, options.length(0))),
        row("cold", () -> twin(everything, options.length(2).temperature(7.5))),
        row(
            "composed",
            () -> twin(few.withSampling(composed.with(Sampling.Border.EDGE)), options.length(4))),
        row("composed, nearest", () -> twin(few.withSampling(nearest), options.length(3))),
        row(
            "sequences",
            () -> LibraryTwin.sequence(few, PolicyOptions.builder().length(3).build())),
        row("classes", () -> twin(everything, PolicyOptions.builder().length(2).classes(5))),
        row(
            "sequences of classes",
            () -> LibraryTwin.sequence(few, PolicyOptions.builder().classes(3).build())),
        row(
            "one magnitude",
            () ->
                twin(
                    everything.withoutStraightThrough(),
                    PolicyOptions.builder().sharing(PolicyOptions.MagnitudeSharing.SHARED))),
        row(
            "one magnitude, nearest",
            () ->
                twin(
                    everything.withSampling(nearest),
                    PolicyOptions.builder()
                        .classes(2)
                        .sharing(PolicyOptions.MagnitudeSharing.SHARED))),
        row(
            "a learned temperature",
            () ->
                twin(
                    everything,
                    PolicyOptions.builder()
                        .temperature(0.7)
                        .temperatureLearning(PolicyOptions.Learning.LEARNED)
                        .probabilityGradient(ProbabilityGradient.SCORE_FUNCTION))));
  }

  private static Arguments row(String name, Supplier<LibraryTwin> twin) {
    return Arguments.of(name, twin);
  }

  private static LibraryTwin twin(TransformSet set, PolicyOptions.Builder options) {
    return LibraryTwin.independent(set, options.build());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("policies")
  void the_draws_of_a_batch_are_the_library_s(String name, Supplier<LibraryTwin> policy) {
    try (TensorScope scope = TensorScope.open()) {
      LibraryTwin twin = policy.get();
      List<ImageDraw> own = twin.own().draw(IMAGES, DrawStream.of(42, "augmentation"));
      assertThat(own)
          .isEqualTo(
              twin.ofLibrary(twin.library().draw(IMAGES, RandomStream.of(42, "augmentation"))));
      int ofClass = twin.own().classes() - 1;
      assertThat(List.of(twin.own().drawForClass(ofClass, DrawStream.of(1, "a"))))
          .isEqualTo(
              twin.ofLibrary(twin.library().draw(new int[] {ofClass}, RandomStream.of(1, "a"))));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("policies")
  void images_become_the_library_s(String name, Supplier<LibraryTwin> policy) {
    try (TensorScope scope = TensorScope.open()) {
      LibraryTwin twin = policy.get();
      RandomStream random = RandomStream.seeded(11);
      int differing = 0;
      for (int i = 0; i < IMAGES; i++) {
        float[] image = LibraryTwin.scene(FORMAT, random);
        ImageDraw draw = twin.own().draw(42, i);
        float[] own = twin.own().augment(image, FORMAT, 42, i);
        differing += LibraryTwin.differing(own, twin.libraryResult(image, FORMAT, draw));
      }
      // Between two transforms there may be pixels within rounding of the second one's jumps.
      assertThat(differing).isLessThanOrEqualTo(IMAGES * FORMAT.size() / 50_000);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("policies")
  void probabilities_and_magnitudes_are_the_library_s(String name, Supplier<LibraryTwin> policy) {
    try (TensorScope scope = TensorScope.open()) {
      LibraryTwin twin = policy.get();
      assertThat(twin.own().transforms()).isEqualTo(twin.library().transforms().names());
      assertThat(twin.own().length()).isEqualTo(twin.library().length());
      for (int c = 0; c < twin.own().classes(); c++) {
        assertThat(twin.own().probabilities(c)).isEqualTo(twin.library().probabilities(c));
        assertThat(twin.own().magnitudes(c)).isEqualTo(twin.library().magnitudes(c));
      }
      assertThat(twin.own().probabilities())
          .usingComparatorWithPrecision(1e-12)
          .containsExactly(twin.library().probabilities());
      assertThat(twin.own().magnitudes())
          .usingComparatorWithPrecision(1e-12)
          .containsExactly(twin.library().magnitudes());
    }
  }

  @Test
  void a_stream_goes_along_with_an_image_augmenter_call_by_call() throws IOException {
    Path file = folder.resolve("policy.json");
    try (TensorScope scope = TensorScope.open()) {
      new PolicyFile(
              LibraryTwin.independent(TransformSets.named("wide"), PolicyOptions.learned(2))
                  .library(),
              Map.of())
          .write(file);
    }
    AugmentationPolicy own = AugmentationPolicy.read(folder);
    DrawStream stream = DrawStream.of(42, "augmentation");
    try (ImageAugmenter library = ImageAugmenter.load(file, 42)) {
      for (int i = 0; i < 10; i++) {
        float[] image = LibraryTwin.scene(FORMAT, RandomStream.seeded(i));
        assertThat(
                LibraryTwin.differing(
                    own.apply(image, FORMAT, own.draw(stream)),
                    library.augment(image, new ImageShape(3, 32, 32))))
            .isLessThanOrEqualTo(3);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_4BYTE_ABGR_PRE,
        BufferedImage.TYPE_BYTE_GRAY,
        BufferedImage.TYPE_USHORT_GRAY,
        BufferedImage.TYPE_USHORT_565_RGB,
        BufferedImage.TYPE_BYTE_BINARY,
        BufferedImage.TYPE_BYTE_INDEXED
      })
  void pictures_of_any_type_become_the_library_s(int type) {
    BufferedImage picture = new BufferedImage(20, 30, type);
    RandomStream random = RandomStream.seeded(type);
    for (int y = 0; y < 30; y++) {
      for (int x = 0; x < 20; x++) {
        picture.setRGB(x, y, random.nextInt());
      }
    }
    try (TensorScope scope = TensorScope.open()) {
      LibraryTwin twin =
          LibraryTwin.independent(TransformSets.named("base"), PolicyOptions.learned(1));
      for (int i = 0; i < 8; i++) {
        ImageAugmenter library =
            new ImageAugmenter(twin.library(), RandomStream.of(7, "augmentation/" + i));
        BufferedImage own = twin.own().augment(picture, 7, i);
        assertThat(own.getType()).isEqualTo(BufferedImage.TYPE_INT_RGB);
        assertThat(largestDifference(own, library.augment(picture))).isLessThanOrEqualTo(1);
      }
    }
  }

  private static int largestDifference(BufferedImage one, BufferedImage other) {
    int[] levels = one.getRaster().getPixels(0, 0, one.getWidth(), one.getHeight(), (int[]) null);
    int[] others = other.getRaster().getPixels(0, 0, one.getWidth(), one.getHeight(), (int[]) null);
    int largest = 0;
    for (int i = 0; i < levels.length; i++) {
      largest = Math.max(largest, Math.abs(levels[i] - others[i]));
    }
    return largest;
  }
}
