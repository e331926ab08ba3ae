package io.github.smartaug.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.smartaug.augment.Draws;
import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.PolicyFile;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.PolicyParameters;
import io.github.smartaug.augment.SequencePolicy;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformStage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * One policy twice: the library's, and this module's read from its file.
 *
 * @param library its tensors are in the scope in which the twin was made
 */
record LibraryTwin(LearnablePolicy library, AugmentationPolicy own) {
  static LibraryTwin of(LearnablePolicy library) {
    return new LibraryTwin(library, read(json(library)));
  }

  static String json(LearnablePolicy policy) {
    return new PolicyFile(policy, Map.of("smartaug", "test")).toJson();
  }

  static AugmentationPolicy read(String json) {
    try {
      return AugmentationPolicy.read(new ByteArrayInputStream(json.getBytes(UTF_8)), "policy.json");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Independent probabilities; logits and magnitudes at random. */
  static LibraryTwin independent(TransformSet transforms, PolicyOptions options) {
    return of(
        new IndependentPolicy(
            transforms, options, parameters(transforms, options, transforms.size())));
  }

  /** A probability for each sequence; logits and magnitudes at random. */
  static LibraryTwin sequence(TransformSet transforms, PolicyOptions options) {
    int choices = (int) Math.pow(transforms.size(), options.length());
    return of(
        SequencePolicy.initial(transforms, options)
            .withParameters(parameters(transforms, options, choices)));
  }

  private static NamedTensors parameters(
      TransformSet transforms, PolicyOptions options, int choices) {
    RandomStream random = RandomStream.seeded(choices);
    boolean shared = options.sharing() == PolicyOptions.MagnitudeSharing.SHARED;
    int magnitudes = options.classes() * (shared ? 1 : transforms.size());
    return PolicyParameters.of(
            transforms,
            options,
            random.doubles((long) options.classes() * choices, -1, 1).toArray(),
            random.doubles(magnitudes, 0.01, 1).toArray())
        .tensors();
  }

  /** The library's result for one image, [C,H,W]. */
  float[] libraryResult(float[] pixels, PixelFormat planar, ImageDraw draw) {
    int length = draw.steps().size();
    int[][] transforms = new int[length][1];
    double[][] uniforms = new double[length][1];
    for (int n = 0; n < length; n++) {
      transforms[n][0] = draw.steps().get(n).transform();
      uniforms[n][0] = draw.steps().get(n).uniform();
    }
    Draws draws = new Draws(transforms, uniforms, new int[] {draw.imageClass()});
    try (TensorScope scope = TensorScope.open();
        NoGradGuard constant = new NoGradGuard()) {
      Tensor image = Tensors.of(pixels, 1, planar.channels(), planar.height(), planar.width());
      return Tensors.toFloats(library.apply(image, draws).images());
    }
  }

  /** What is applied of the library's draws. */
  List<ImageDraw> ofLibrary(Draws drawn) {
    Draws draws = library.applied(drawn);
    return IntStream.range(0, draws.images())
        .mapToObj(
            i ->
                new ImageDraw(
                    IntStream.range(0, draws.length())
                        .filter(n -> draws.transforms()[n][i] != TransformStage.NOTHING)
                        .mapToObj(
                            n ->
                                new ImageDraw.Step(
                                    draws.transforms()[n][i], draws.uniforms()[n][i]))
                        .toList(),
                    draws.classes()[i]))
        .toList();
  }

  /** An image of whole levels. */
  static float[] levels(PixelFormat format, RandomGenerator random) {
    return pixels(format, i -> random.nextInt(256));
  }

  /** A smooth image of whole levels with edges, as photos have them. */
  static float[] scene(PixelFormat format, RandomGenerator random) {
    int phase = random.nextInt(1000);
    return pixels(
        format,
        i -> {
          int x = i % format.width();
          int y = i / format.width() % format.height();
          double wave = Math.sin((x + phase) * 0.21) * Math.cos((y - phase) * 0.17 + i * 1e-5);
          int object = Math.hypot(x - 9, y - 12) < 7 ? 70 : 0;
          return (int) (90 + 80 * wave) + object;
        });
  }

  private static float[] pixels(PixelFormat format, IntUnaryOperator level) {
    float[] pixels = new float[format.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = level.applyAsInt(i) / 255f;
    }
    return pixels;
  }

  /** As many numbers as differ by more than one level. */
  static int differing(float[] one, float[] other) {
    int count = 0;
    for (int i = 0; i < one.length; i++) {
      count += Math.abs(one[i] - other[i]) <= 1 / 255f ? 0 : 1;
    }
    return count;
  }
}
