package io.github.smartaug.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.SeededTransform;
import io.github.smartaug.transform.TransformStage;
import java.util.Base64;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * What a policy makes of an image under given draws, for tests of programs that should do the same:
 * every transform by itself, weak and strong, and a few whole sequences. Transforms that draw more
 * than their value are left out.
 */
final class ConformanceVectors {
  private static final int CHANNELS = 3;

  /** More pixels than levels, or an image cannot be equalized. */
  private static final int HEIGHT = 18;

  private static final int WIDTH = 20;
  private static final int WHITE = 255;
  private static final int LARGEST = 65_535;
  private static final int SEQUENCES = 4;

  /** None that ends exactly half-way between two pixels. */
  private static final double[] DRAWS = {0.13, 0.87};

  private final LearnablePolicy policy;
  private final RandomStream random = RandomStream.of(0, "conformance");
  private final byte[] pixels = new byte[CHANNELS * HEIGHT * WIDTH];

  ConformanceVectors(LearnablePolicy policy) {
    this.policy = policy;
    // Dark on one side and bright on the other, so that levels are not all alike anywhere.
    for (int i = 0; i < pixels.length; i++) {
      int slope = (i % WIDTH) * WHITE / WIDTH;
      pixels[i] = (byte) ((slope + random.nextInt(WHITE + 1)) / 2);
    }
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("shape").add(CHANNELS).add(HEIGHT).add(WIDTH);
    json.put("input", Base64.getEncoder().encodeToString(pixels));
    ArrayNode vectors = json.putArray("vectors");
    int[] usable =
        IntStream.range(0, policy.transforms().size()).filter(this::drawsNoMore).toArray();
    for (int transform : usable) {
      for (double draw : DRAWS) {
        vectors.add(vector(new int[] {transform}, new double[] {draw}));
      }
    }
    for (int sequence = 0; usable.length > 0 && sequence < SEQUENCES; sequence++) {
      int[] chosen = new int[Math.max(2, policy.length())];
      double[] draws = new double[chosen.length];
      for (int n = 0; n < chosen.length; n++) {
        chosen[n] = usable[random.nextInt(usable.length)];
        draws[n] = DRAWS[random.nextInt(DRAWS.length)];
      }
      vectors.add(vector(chosen, draws));
    }
    return json;
  }

  private boolean drawsNoMore(int transform) {
    return !(policy.transforms().transforms().get(transform).transform()
        instanceof SeededTransform);
  }

  private ObjectNode vector(int[] chosen, double[] draws) {
    ObjectNode vector = JsonNodeFactory.instance.objectNode();
    ArrayNode drawn = vector.putArray("draws");
    for (int n = 0; n < chosen.length; n++) {
      drawn.addArray().add(chosen[n]).add(draws[n]);
    }
    return vector.put("output", Base64.getEncoder().encodeToString(output(chosen, draws)));
  }

  /** Levels of 16 bits, the higher byte first. */
  private byte[] output(int[] chosen, double[] draws) {
    int[][] positions = new int[chosen.length][];
    double[][] uniforms = new double[chosen.length][];
    for (int n = 0; n < chosen.length; n++) {
      positions[n] = new int[] {chosen[n]};
      uniforms[n] = new double[] {draws[n]};
    }
    try (TensorScope scope = TensorScope.open();
        NoGradGuard noGradient = new NoGradGuard()) {
      float[] levels = new float[pixels.length];
      for (int i = 0; i < levels.length; i++) {
        levels[i] = Byte.toUnsignedInt(pixels[i]) / (float) WHITE;
      }
      Tensor image = Tensors.of(levels, 1, CHANNELS, HEIGHT, WIDTH);
      double[] magnitudes = policy.magnitudes();
      Tensor result =
          new TransformStage(policy.transforms())
              .apply(
                  image,
                  positions,
                  uniforms,
                  Tensors.constant(magnitudes, image, magnitudes.length));
      double[] values = Tensors.toDoubles(result);
      byte[] bytes = new byte[2 * values.length];
      for (int i = 0; i < values.length; i++) {
        int level = (int) Math.round(values[i] * LARGEST);
        bytes[2 * i] = (byte) (level >> Byte.SIZE);
        bytes[2 * i + 1] = (byte) level;
      }
      return bytes;
    }
  }
}
