package io.github.smartaug.cli.preview;

import io.github.smartaug.cli.plot.ContactSheet.Picture;
import io.github.smartaug.cli.plot.ContactSheet.Row;
import io.github.smartaug.data.DecodedImage;
import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.Transform;
import io.github.smartaug.transform.ValueCoefficients;
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

  /** A picture for each value, with the value below; one without a caption if values do nothing. */
  List<Picture> pictures(Transform transform, double[] values) {
    if (!transform.usesValue()) {
      return List.of(new Picture(drawable(apply(transform, new double[1]).get(0)), ""));
    }
    List<DecodedImage> results = apply(transform, values);
    return IntStream.range(0, values.length)
        .mapToObj(
            i ->
                new Picture(
                    drawable(results.get(i)),
                    ValueText.of(values[i], transform.valueDomain().unit())))
        .toList();
  }

  private List<DecodedImage> apply(Transform transform, double[] values) {
    int count = values.length;
    List<DecodedImage> results = new ArrayList<>();
    try (Scope scope = Scope.open();
        NoGradGuard noGradient = new NoGradGuard()) {
      Tensor images = image.toTensor().expand(count, -1, -1, -1).contiguous();
      Tensor transformed = transform.apply(images, Tensors.constant(values, images, count));
      for (int i = 0; i < count; i++) {
        results.add(DecodedImage.of(transformed.narrow(0, i, 1)));
      }
    }
    return results;
  }

  private static java.awt.image.BufferedImage drawable(DecodedImage image) {
    // Java takes grey levels for linear light when it draws them, and makes them brighter.
    return image.inColour().toBufferedImage();
  }
}
