package io.github.smartaug.transform;

/**
 * The ways of the pixels of a batch through the positions of a stage.
 *
 * @param motions at each position, of each image
 * @param images of the batch
 * @param height of the images, in pixels
 * @param width of the images, in pixels
 */
@SuppressWarnings("ArrayRecordComponent") // read only, never compared
record PixelTracks(AffineMotion[][] motions, int images, int height, int width) {
  private static final int ENTRIES = 6;

  /**
   * From inverse matrices.
   *
   * @param inverse [N,B,2,3], flat
   */
  static PixelTracks of(double[] inverse, int images, int height, int width) {
    int positions = images == 0 ? 0 : inverse.length / ENTRIES / images;
    AffineMotion[][] motions = new AffineMotion[positions][images];
    for (int n = 0; n < positions; n++) {
      for (int i = 0; i < images; i++) {
        motions[n][i] = AffineMotion.fromInverse(inverse, (n * images + i) * ENTRIES);
      }
    }
    return new PixelTracks(motions, images, height, width);
  }

  /** What is left in the image of what has these corners. */
  ConvexPolygon follow(ConvexPolygon polygon, int image) {
    ConvexPolygon current = inFrame(polygon);
    for (AffineMotion[] atPosition : motions) {
      current = inFrame(current.moved(atPosition[image]));
    }
    return current;
  }

  private ConvexPolygon inFrame(ConvexPolygon polygon) {
    return polygon.clipped(-0.5, -0.5, width - 0.5, height - 0.5);
  }

  /** Whether a point is in the area of the image's pixels. */
  boolean isInFrame(double x, double y) {
    return x >= -0.5 && y >= -0.5 && x < width - 0.5 && y < height - 0.5;
  }
}
