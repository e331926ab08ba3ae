package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.random.RandomStream;

/** An image that is decoded anew whenever its pixels are asked for. */
final class StreamedImage implements StoredImage {
  private final EncodedImage encoded;
  private final ImageStream stream;
  private final ImageShape shape;

  /** Null until somebody asks. */
  private volatile ImageFacts facts;

  /**
   * An image.
   *
   * @param shape that it has once decoded and given the channels of its set
   * @param facts of that; null if they are not known yet
   */
  StreamedImage(EncodedImage encoded, ImageStream stream, ImageShape shape, ImageFacts facts) {
    this.encoded = encoded;
    this.stream = stream;
    this.shape = shape;
    this.facts = facts;
  }

  /** How it gets from its file into a batch. */
  ImageStream stream() {
    return stream;
  }

  @Override
  public byte[] pixels() {
    return decoded(stream.resizing()).pixels();
  }

  @Override
  public byte[] trainingPixels(RandomStream random) {
    return decoded(stream.resizing().forTraining(random)).pixels();
  }

  private DecodedImage decoded(Resizing resizing) {
    DecodedImage image;
    try {
      image = encoded.decode(resizing);
    } catch (IllegalArgumentException e) {
      throw new UnreadableImageException(e.getMessage(), e);
    }
    DecodedImage fitting = shape.channels() == 3 ? image.inColour() : image;
    if (!fitting.shape().equals(shape)) {
      throw new UnreadableImageException(
          "%s: is %s, allowed: %s as when the data set was read"
              .formatted(encoded.place(), fitting.shape(), shape),
          null);
    }
    return fitting;
  }

  @Override
  public PixelSums sums(int channels) {
    return facts().sums();
  }

  @Override
  public byte[] hash() {
    return facts().hash();
  }

  /** Whether its facts are there without decoding it. */
  boolean isKnown() {
    return facts != null;
  }

  /** Decodes it if need be. */
  private ImageFacts facts() {
    ImageFacts known = facts;
    if (known == null) {
      known = ImageFacts.of(decoded(stream.resizing()));
      facts = known;
    }
    return known;
  }
}
