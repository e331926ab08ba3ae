package io.github.smartaug.data;

import io.github.smartaug.random.RandomStream;
import java.util.Optional;

/**
 * Of a training image a part that is drawn anew for every epoch, of all others the centre.
 *
 * @param side of the square, in pixels
 */
record RandomCropResizing(int side) implements Resizing {
  /** What is done to images that are not for training. */
  private CentreCropResizing centre() {
    return new CentreCropResizing(side);
  }

  @Override
  public DecodedImage apply(DecodedImage image) {
    return centre().apply(image);
  }

  @Override
  public double reduction(int width, int height) {
    return centre().reduction(width, height);
  }

  @Override
  public Resizing forTraining(RandomStream random) {
    return new Drawn(side, random);
  }

  @Override
  public ImageFit fit() {
    return ImageFit.RANDOM_CROP;
  }

  /** What is remembered of images is of their centres. */
  @Override
  public Optional<String> key() {
    return centre().key();
  }

  /**
   * One draw.
   *
   * @param random is not drawn from, but its copies are
   */
  private record Drawn(int side, RandomStream random) implements Resizing {
    @Override
    public DecodedImage apply(DecodedImage image) {
      PixelBox box = RandomCrop.draw(image.shape().height(), image.shape().width(), random.copy());
      return Resampler.resize(image.cropped(box), side, side);
    }

    @Override
    public double reduction(int width, int height) {
      return RandomCrop.leastSide(height, width) / side;
    }
  }
}
