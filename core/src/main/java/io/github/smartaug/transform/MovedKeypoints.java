package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Keypoints after their images were moved. In the current scope.
 *
 * @param points where they are now, inside the image or not, [B,M,2]
 * @param inside whether they were inside the image all the way, so that it shows them, bool [B,M]
 */
public record MovedKeypoints(Tensor points, Tensor inside) {
  static MovedKeypoints of(Tensor points, PixelTracks tracks) {
    long perImage = points.size(1);
    double[] places = Tensors.toDoubles(points);
    long[] inside = new long[places.length / 2];
    for (int i = 0; i < inside.length; i++) {
      double x = places[2 * i];
      double y = places[2 * i + 1];
      boolean always = tracks.isInFrame(x, y);
      for (AffineMotion[] atPosition : tracks.motions()) {
        AffineMotion motion = atPosition[(int) (i / perImage)];
        double movedX = motion.x(x, y);
        y = motion.y(x, y);
        x = movedX;
        always &= tracks.isInFrame(x, y);
      }
      places[2 * i] = x;
      places[2 * i + 1] = y;
      inside[i] = always ? 1 : 0;
    }
    try (TensorScope scope = TensorScope.open()) {
      return new MovedKeypoints(
          scope.keep(Tensors.constant(places, points, points.shape())),
          scope.keep(
              Tensors.of(inside, points.size(0), perImage).to(points.device(), ScalarType.Bool)));
    }
  }
}
