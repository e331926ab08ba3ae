package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * How the pixels of a batch were moved by a stage, to be done to the annotations of its images,
 * too: segmentation masks, bounding boxes, keypoints.
 *
 * <p>What an image loses at one position of its sequence is lost for its annotations, even if a
 * later position brought it back; within a {@link Sampling.AffineChains#COMPOSED} run nothing is
 * lost on the way. Mirror images and repeated edges that a border brings into the image count for
 * masks, not for boxes and keypoints.
 *
 * <p>Its tensor belongs to the scope in which it was made.
 */
public final class Geometry {
  private final Tensor inverseMatrices;
  private final int images;
  private final int height;
  private final int width;
  private final Sampling sampling;

  /**
   * A geometry.
   *
   * @param inverseMatrices from output to source pixels at each position, [N,B,2,3]
   * @param height of the images, in pixels
   * @param width of the images, in pixels
   */
  Geometry(Tensor inverseMatrices, int height, int width, Sampling sampling) {
    this.inverseMatrices = inverseMatrices;
    this.images = Math.toIntExact(inverseMatrices.size(1));
    this.height = height;
    this.width = width;
    this.sampling = sampling;
  }

  /** Nothing moves, in a batch of any size. */
  public static Geometry still(int height, int width) {
    return new Geometry(Tensors.of(new float[0], 0, 0, 2, 3), height, width, Sampling.DEFAULT);
  }

  /** Whether there are no positions; then a batch of any size has this geometry. */
  private boolean isStill() {
    return inverseMatrices.size(0) == 0;
  }

  /**
   * For each position of the sequence and each image the matrix that was sampled: rows give the
   * source column and row of output pixel (x, y, 1), (0, 0) the centre of the top left one.
   *
   * @return [N,B,2,3]
   */
  public Tensor inverseMatrices() {
    return inverseMatrices;
  }

  /**
   * Moves segmentation masks, by the nearest pixel.
   *
   * @param masks integer labels, in size below 2^24, [B,H,W] or [B,1,H,W]
   * @param fill label of what comes in from outside where the border is {@link
   *     Sampling.Border#ZEROS}; other borders bring labels of the mask
   * @return of the masks' shape and type
   * @throws IllegalArgumentException if shape or type are not of this kind
   */
  public Tensor masks(Tensor masks, long fill) {
    checkMasks(masks);
    if (isStill() || images == 0) {
      return masks;
    }
    try (TensorScope scope = TensorScope.open()) {
      Tensor matrices = inverseMatrices.detach().to(masks.device(), matrixType());
      AffineSampler sampler =
          new AffineSampler(height, width, sampling.with(Sampling.Interpolation.NEAREST), matrices);
      // The sampler reads 0 outside, so the fill label must be 0 meanwhile.
      Tensor current = masks.to(matrixType()).reshape(-1, 1, height, width).sub(new Scalar(fill));
      for (int n = 0; n < matrices.size(0); n++) {
        current = sampler.sample(current, sampler.prepared(matrices.select(0, n)));
      }
      Tensor moved = current.add(new Scalar(fill));
      return scope.keep(moved.to(masks.scalar_type()).view(masks.shape()));
    }
  }

  private ScalarType matrixType() {
    return inverseMatrices.scalar_type().intern();
  }

  /**
   * Moves bounding boxes. Coordinates are those of pixel edges: (0, 0) is the top left corner of
   * the image, (W, H) its bottom right one, and pixel column i reaches from i to i + 1. Waits for
   * the device.
   *
   * @param boxes floating-point [B,M,4]: left, top, right and bottom edge
   * @throws IllegalArgumentException if shape or type are not of this kind, or a box ends before it
   *     begins
   */
  public MovedBoxes boxes(Tensor boxes) {
    return MovedBoxes.of(boxes, tracks(checked(boxes, 4, "boxes")));
  }

  /**
   * Moves keypoints. Coordinates are those of pixel centres: (0, 0) is the centre of the top left
   * pixel, so a keypoint has half a pixel less than the corner of a box at its place. Waits for the
   * device.
   *
   * @param points floating-point [B,M,2]: x and y
   * @throws IllegalArgumentException if shape or type are not of this kind
   */
  public MovedKeypoints keypoints(Tensor points) {
    return MovedKeypoints.of(points, tracks(checked(points, 2, "keypoints")));
  }

  private PixelTracks tracks(Tensor coordinates) {
    int batch = Math.toIntExact(coordinates.size(0));
    return PixelTracks.of(Tensors.toDoubles(inverseMatrices), batch, height, width);
  }

  private Tensor checked(Tensor coordinates, int last, String what) {
    if (coordinates.dim() != 3
        || (coordinates.size(0) != images && !isStill())
        || coordinates.size(2) != last
        || !torch.is_floating_point(coordinates)) {
      throw new IllegalArgumentException(
          String.format(
              "%s are %s %s, expected floating-point [%s,M,%d]",
              what,
              coordinates.scalar_type().intern(),
              Tensors.shapeText(coordinates),
              batchText(),
              last));
    }
    return coordinates;
  }

  private void checkMasks(Tensor masks) {
    long[] shape = masks.shape();
    long batch = isStill() && shape.length > 0 ? shape[0] : images;
    boolean flat = Arrays.equals(shape, new long[] {batch, height, width});
    boolean withChannel = Arrays.equals(shape, new long[] {batch, 1, height, width});
    if (!(flat || withChannel) || !torch.isIntegralType(masks.scalar_type().intern(), false)) {
      throw new IllegalArgumentException(
          String.format(
              "masks are %1$s %2$s, expected integers [%3$s,%4$d,%5$d] or [%3$s,1,%4$d,%5$d]",
              masks.scalar_type().intern(), Tensors.shapeText(masks), batchText(), height, width));
    }
  }

  private String batchText() {
    return isStill() ? "B" : Integer.toString(images);
  }
}
