package io.github.smartaug.data;

import io.github.smartaug.random.RandomStream;

/**
 * Draws the part of an image that training sees: its area is between 8 % and all of the image, its
 * width between 3/4 and 4/3 of its height, evenly so in the logarithm, and its place is any within
 * the image.
 *
 * <p>The distribution is that of torchvision's {@code RandomResizedCrop} with its own ranges, after
 * Szegedy et al., "Going Deeper with Convolutions", CVPR 2015. After ten draws that do not fit into
 * the image it is the centre, as large as these proportions allow.
 */
final class RandomCrop {
  private static final double SMALLEST_AREA = 0.08;
  private static final double NARROWEST = 3.0 / 4;
  private static final double WIDEST = 4.0 / 3;
  private static final int DRAWS = 10;

  private RandomCrop() {}

  static PixelBox draw(int height, int width, RandomStream random) {
    for (int i = 0; i < DRAWS; i++) {
      double area = (double) height * width * within(SMALLEST_AREA, 1, random);
      double ratio = Math.exp(within(Math.log(NARROWEST), Math.log(WIDEST), random));
      int boxWidth = (int) Math.rint(Math.sqrt(area * ratio));
      int boxHeight = (int) Math.rint(Math.sqrt(area / ratio));
      if (boxWidth > 0 && boxWidth <= width && boxHeight > 0 && boxHeight <= height) {
        int top = random.nextInt(height - boxHeight + 1);
        int left = random.nextInt(width - boxWidth + 1);
        return new PixelBox(top, left, boxHeight, boxWidth);
      }
    }
    return centre(height, width);
  }

  private static double within(double least, double most, RandomStream random) {
    return least + (most - least) * random.nextDouble();
  }

  private static PixelBox centre(int height, int width) {
    double ratio = (double) width / height;
    int boxHeight = ratio < NARROWEST ? (int) Math.rint(width / NARROWEST) : height;
    int boxWidth = ratio > WIDEST ? (int) Math.rint(height * WIDEST) : width;
    return new PixelBox((height - boxHeight) / 2, (width - boxWidth) / 2, boxHeight, boxWidth);
  }

  /** No side of a box is shorter, but for rounding. */
  static double leastSide(int height, int width) {
    double drawn = Math.sqrt(SMALLEST_AREA * NARROWEST * height * width);
    return Math.min(drawn, Math.min(height, width));
  }
}
