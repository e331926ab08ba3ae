package io.github.smartaug.data;

/**
 * Another resizing, of images up to a size.
 *
 * @param resizing what is done to them
 * @param mostPixels of a file
 */
record LimitedResizing(Resizing resizing, long mostPixels) implements Resizing {
  @Override
  public DecodedImage apply(DecodedImage image) {
    return resizing.apply(image);
  }

  @Override
  public double reduction(int width, int height) {
    return resizing.reduction(width, height);
  }
}
