package io.github.smartaug.cli.preview;

import io.github.smartaug.cli.console.ValueText;
import io.github.smartaug.cli.plot.ContactSheet.Picture;
import io.github.smartaug.cli.plot.ContactSheet.Row;
import io.github.smartaug.data.DecodedImage;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.SeededTransform;
import io.github.smartaug.transform.Transform;
import io.github.smartaug.transform.ValueCoefficients;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** One image under transforms of several strengths. */
final class TransformPictures {
  private final DecodedImage image;

  TransformPictures(DecodedImage image) {
    this.image = image;
  }

  /** The image as it is. */
  Row original() {
    return new Row("original", List.of(), List.of(new Picture(drawable(image), "")));
  }

  /** How values follow from magnitudes and draws for this image. */
  ValueCoefficients coefficients(NamedTransform named) {
    return named.mapping().coefficients(image.shape().height(), image.shape().width());
  }

  /**
   * A picture for each value, with the value below; one without a caption if values do nothing.
   *
   * @param seeds one per value, for transforms that draw more than it
   */
  List<Picture> pictures(Transform transform, double[] values, long[] seeds) {
    if (!transform.usesValue()) {
      return List.of(
          new Picture(drawable(apply(transform, new double[1], new long[1]).get(0)), ""));
    }
    List<DecodedImage> results = apply(transform, values, seeds);
    return IntStream.range(0, values.length)
        .mapToObj(
            i -> new Picture(drawable(results.get(i)), ValueText.of(values[i], transform.unit())))
        .toList();
  }

  private List<DecodedImage> apply(Transform transform, double[] values, long[] seeds) {
    int count = values.length;
    List<DecodedImage> results = new ArrayList<>();
    try (TensorScope scope = TensorScope.open();
        NoGradGuard noGradient = new NoGradGuard()) {
      Tensor images = image.toTensor().expand(count, -1, -1, -1).contiguous();
      Tensor own = Tensors.constant(values, images, count);
      Tensor transformed =
          transform instanceof SeededTransform seeded
              ? seeded.apply(images, own, seeds)
              : transform.apply(images, own);
      for (int i = 0; i < count; i++) {
        results.add(DecodedImage.of(transformed.narrow(0, i, 1)));
      }
    }
    return results;
  }

  private static BufferedImage drawable(DecodedImage image) {
    // Java takes grey levels for linear light when it draws them, and makes them brighter.
    return image.inColour().toBufferedImage();
  }
}
