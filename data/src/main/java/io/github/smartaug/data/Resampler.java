package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import java.util.Arrays;

/**
 * Resizes images by bilinear interpolation, widened to a weighted mean of all pixels under it when
 * shrinking, so that nothing aliases: the triangle filter of Pillow's {@code BILINEAR} and
 * torchvision's {@code Resize(antialias=True)}. Pure arithmetic, so the same bytes on every
 * machine.
 */
final class Resampler {
  /** Rows that are filtered together. */
  private static final int TOGETHER = 4;

  private Resampler() {}

  static DecodedImage resize(DecodedImage image, int height, int width) {
    return resize(image, height, width, new PixelBox(0, 0, height, width));
  }

  /** The same pixels as those of the resized image in a box, without the others. */
  static DecodedImage resize(DecodedImage image, int height, int width, PixelBox box) {
    ImageShape from = image.shape();
    if (from.height() == height && from.width() == width) {
      return image.cropped(box);
    }
    Filter across = Filter.of(from.width(), width, box.left(), box.width());
    Filter down = Filter.of(from.height(), height, box.top(), box.height());
    byte[] target = new byte[from.channels() * box.height() * box.width()];
    float[] narrowed = new float[from.height() * box.width()];
    for (int channel = 0; channel < from.channels(); channel++) {
      filterRows(image.pixels(), channel * from.height(), across, narrowed);
      filterColumns(narrowed, box.width(), down, target, channel * box.height());
    }
    return new DecodedImage(new ImageShape(from.channels(), box.height(), box.width()), target);
  }

  private static void filterRows(byte[] source, int firstRow, Filter filter, float[] target) {
    int rows = target.length / filter.outputs();
    int inFours = rows - rows % TOGETHER;
    float[] four = new float[TOGETHER * filter.inputs()];
    for (int row = 0; row < inFours; row += TOGETHER) {
      for (int i = 0; i < TOGETHER; i++) {
        weave(source, (firstRow + row + i) * filter.inputs(), four, i);
      }
      filterFourRows(four, filter, target, row * filter.outputs());
    }
    for (int row = inFours; row < rows; row++) {
      filterRow(source, (firstRow + row) * filter.inputs(), filter, target, row * filter.outputs());
    }
  }

  /** Puts a row of levels beside those of three other rows, pixel by pixel. */
  private static void weave(byte[] source, int start, float[] four, int which) {
    for (int x = 0; x < four.length / TOGETHER; x++) {
      four[TOGETHER * x + which] = source[start + x] & 0xff;
    }
  }

  /**
   * Four rows at once: a processor adds to four sums in the time that one takes, since each
   * addition waits for the one before to the same sum. What is added to a sum, and in which order,
   * is as in {@link #filterRow}, and so are the results.
   */
  private static void filterFourRows(float[] four, Filter filter, float[] target, int start) {
    int width = filter.outputs();
    for (int x = 0; x < width; x++) {
      float sum0 = 0;
      float sum1 = 0;
      float sum2 = 0;
      float sum3 = 0;
      int at = TOGETHER * filter.first(x);
      for (float weight : filter.weights(x)) {
        sum0 += weight * four[at];
        sum1 += weight * four[at + 1];
        sum2 += weight * four[at + 2];
        sum3 += weight * four[at + 3];
        at += TOGETHER;
      }
      target[start + x] = sum0;
      target[start + width + x] = sum1;
      target[start + 2 * width + x] = sum2;
      target[start + 3 * width + x] = sum3;
    }
  }

  private static void filterRow(
      byte[] source, int sourceStart, Filter filter, float[] target, int targetStart) {
    for (int x = 0; x < filter.outputs(); x++) {
      float sum = 0;
      float[] weights = filter.weights(x);
      int start = sourceStart + filter.first(x);
      for (int k = 0; k < weights.length; k++) {
        sum += weights[k] * (source[start + k] & 0xff);
      }
      target[targetStart + x] = sum;
    }
  }

  private static void filterColumns(
      float[] source, int width, Filter filter, byte[] target, int firstRow) {
    float[] sums = new float[width];
    for (int y = 0; y < filter.outputs(); y++) {
      // Half a step, so that cutting off the fraction rounds.
      Arrays.fill(sums, 0.5f);
      float[] weights = filter.weights(y);
      for (int k = 0; k < weights.length; k++) {
        addScaled(sums, weights[k], source, (filter.first(y) + k) * width);
      }
      for (int x = 0; x < width; x++) {
        // Weights are positive and sum to one: no value can leave 0..255.
        target[(firstRow + y) * width + x] = (byte) (int) sums[x];
      }
    }
  }

  private static void addScaled(float[] sums, float weight, float[] source, int offset) {
    for (int x = 0; x < sums.length; x++) {
      sums[x] += weight * source[offset + x];
    }
  }

  /** For every output position of one axis: the inputs under the triangle and their weights. */
  private static final class Filter {
    private final int inputs;
    private final int[] first;
    private final float[][] weights;

    private Filter(int inputs, int[] first, float[][] weights) {
      this.inputs = inputs;
      this.first = first;
      this.weights = weights;
    }

    /**
     * Of some of the outputs.
     *
     * @param outputs of the whole axis
     */
    static Filter of(int inputs, int outputs, int firstOutput, int count) {
      double scale = (double) inputs / outputs;
      double halfWidth = Math.max(scale, 1);
      int[] first = new int[count];
      float[][] weights = new float[count][];
      for (int i = 0; i < count; i++) {
        double centre = (firstOutput + i + 0.5) * scale;
        first[i] = Math.max((int) Math.round(centre - halfWidth), 0);
        int end = Math.min((int) Math.round(centre + halfWidth), inputs);
        weights[i] = triangle(first[i], end, centre, halfWidth);
      }
      return new Filter(inputs, first, weights);
    }

    private static float[] triangle(int first, int end, double centre, double halfWidth) {
      double[] heights = new double[end - first];
      double sum = 0;
      for (int k = 0; k < heights.length; k++) {
        double distance = Math.abs(first + k + 0.5 - centre) / halfWidth;
        heights[k] = Math.max(1 - distance, 0);
        sum += heights[k];
      }
      float[] weights = new float[heights.length];
      for (int k = 0; k < weights.length; k++) {
        weights[k] = (float) (heights[k] / sum);
      }
      return weights;
    }

    int inputs() {
      return inputs;
    }

    int outputs() {
      return first.length;
    }

    int first(int output) {
      return first[output];
    }

    float[] weights(int output) {
      return weights[output];
    }
  }
}
