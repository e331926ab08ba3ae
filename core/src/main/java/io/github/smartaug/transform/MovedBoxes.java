package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Bounding boxes after their images were moved. In the current scope.
 *
 * @param boxes the smallest upright boxes around what the image still shows of them, [B,M,4]; zeros
 *     where nothing is left
 * @param visible whether they have an area, bool [B,M]
 */
public record MovedBoxes(Tensor boxes, Tensor visible) {
  private static final int EDGES = 4;

  /** Pixel edge i is half a pixel before pixel centre i. */
  private static final double EDGE_TO_CENTRE = -0.5;

  static MovedBoxes of(Tensor boxes, PixelTracks tracks) {
    long perImage = boxes.size(1);
    double[] edges = Tensors.toDoubles(boxes);
    requireUpright(edges, perImage);
    long[] visible = new long[edges.length / EDGES];
    for (int i = 0; i < visible.length; i++) {
      ConvexPolygon rest = tracks.follow(box(edges, i), (int) (i / perImage));
      double[] hull = rest.hull();
      boolean hasArea = hull[2] > hull[0] && hull[3] > hull[1];
      for (int edge = 0; edge < EDGES; edge++) {
        edges[i * EDGES + edge] = hasArea ? hull[edge] - EDGE_TO_CENTRE : 0;
      }
      visible[i] = hasArea ? 1 : 0;
    }
    try (TensorScope scope = TensorScope.open()) {
      return new MovedBoxes(
          scope.keep(Tensors.constant(edges, boxes, boxes.shape())),
          scope.keep(
              Tensors.of(visible, boxes.size(0), perImage).to(boxes.device(), ScalarType.Bool)));
    }
  }

  /** An edge that is no number is refused, too. */
  private static void requireUpright(double[] edges, long perImage) {
    for (int i = 0; i < edges.length; i += EDGES) {
      if (!(edges[i] <= edges[i + 2] && edges[i + 1] <= edges[i + 3])) {
        long box = i / EDGES;
        throw new IllegalArgumentException(
            "boxes: image %d, box %d: left %s, top %s, right %s, bottom %s, allowed: left up to right, top up to bottom"
                .formatted(
                    box / perImage,
                    box % perImage,
                    edges[i],
                    edges[i + 1],
                    edges[i + 2],
                    edges[i + 3]));
      }
    }
  }

  private static ConvexPolygon box(double[] edges, int index) {
    int offset = index * EDGES;
    return ConvexPolygon.ofBox(
        edges[offset] + EDGE_TO_CENTRE,
        edges[offset + 1] + EDGE_TO_CENTRE,
        edges[offset + 2] + EDGE_TO_CENTRE,
        edges[offset + 3] + EDGE_TO_CENTRE);
  }
}
