package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.PicturePixels;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** One image as unsigned bytes [C,H,W], C is 1 or 3. The array belongs to this object. */
public final class DecodedImage {
  private static final double WHITE = 255;

  /** Weights of the colours in a grey image, ITU-R BT.601. */
  private static final double RED = 0.299;

  private static final double GREEN = 0.587;
  private static final double BLUE = 0.114;

  private final ImageShape shape;
  private final byte[] pixels;

  DecodedImage(ImageShape shape, byte[] pixels) {
    this.shape = shape;
    this.pixels = pixels;
  }

  /**
   * An image of copied pixels.
   *
   * @param shape 1 or 3 channels
   * @param pixels unsigned bytes [C,H,W]
   * @throws IllegalArgumentException if their number is another, or there are other channels
   */
  public static DecodedImage of(ImageShape shape, byte[] pixels) {
    requireChannels(shape);
    if (pixels.length != ImageDataset.byteCount(shape)) {
      throw new IllegalArgumentException(
          "image of shape %s: %d bytes, allowed: %d"
              .formatted(shape, pixels.length, ImageDataset.byteCount(shape)));
    }
    return new DecodedImage(shape, pixels.clone());
  }

  static void requireChannels(ImageShape shape) {
    if (shape.channels() != 1 && shape.channels() != 3) {
      throw new IllegalArgumentException("image of shape " + shape + ", allowed: 1 or 3 channels");
    }
  }

  /** One image of a data set. */
  public static DecodedImage of(ImageDataset dataset, int index) {
    return new DecodedImage(dataset.shape(), dataset.pixels(index));
  }

  /**
   * An image of numbers, each rounded to the nearest of 256 levels.
   *
   * @param image float [1,C,H,W] in [0,1], C is 1 or 3
   * @throws IllegalArgumentException if the shape is another
   */
  public static DecodedImage of(Tensor image) {
    long[] sizes = image.shape();
    if (sizes.length != 4 || sizes[0] != 1 || (sizes[1] != 1 && sizes[1] != 3)) {
      throw new IllegalArgumentException(
          "image of shape " + Tensors.shapeText(image) + ", allowed: [1,1,H,W], [1,3,H,W]");
    }
    ImageShape shape = new ImageShape((int) sizes[1], (int) sizes[2], (int) sizes[3]);
    try (TensorScope scope = TensorScope.open()) {
      Tensor levels =
          image
              .detach()
              .cpu()
              .mul(new Scalar(WHITE))
              .round()
              .clamp(new ScalarOptional(new Scalar(0)), new ScalarOptional(new Scalar(WHITE)))
              .to(ScalarType.Byte)
              .contiguous();
      byte[] pixels = new byte[ImageDataset.byteCount(shape)];
      levels.<ByteBuffer>createBuffer().get(pixels);
      return new DecodedImage(shape, pixels);
    }
  }

  /** A picture of Java's own, of any type, in the levels of {@link PicturePixels}. */
  public static DecodedImage of(BufferedImage picture) {
    PicturePixels stored = PicturePixels.of(picture);
    return new DecodedImage(stored.shape(), stored.levels());
  }

  /** Channels, height and width. */
  public ImageShape shape() {
    return shape;
  }

  byte[] pixels() {
    return pixels;
  }

  /** Float32 [1,C,H,W] on the CPU, each pixel exactly {@code (float) byte / 255}. */
  public Tensor toTensor() {
    try (TensorScope scope = TensorScope.open()) {
      long[] sizes = {1, shape.channels(), shape.height(), shape.width()};
      Tensor bytes = torch.empty(sizes, new TensorOptions(ScalarType.Byte), null);
      bytes.<ByteBuffer>createBuffer().put(pixels);
      return scope.keep(bytes.to(ScalarType.Float).div_(new Scalar(WHITE)));
    }
  }

  /**
   * Images as one batch.
   *
   * @param images at least one, all of one shape
   * @return float32 [B,C,H,W] on the CPU, as {@link #toTensor}
   */
  public static Tensor batch(List<DecodedImage> images) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(
          Tensors.concatenate(images.stream().map(DecodedImage::toTensor).toList(), 0));
    }
  }

  /** The same pixels for Java's own drawing and writing: grey, or red, green and blue. */
  public BufferedImage toBufferedImage() {
    int channels = shape.channels();
    BufferedImage image =
        new BufferedImage(
            shape.width(),
            shape.height(),
            channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    int plane = shape.height() * shape.width();
    int[] band = new int[plane];
    for (int channel = 0; channel < channels; channel++) {
      for (int i = 0; i < plane; i++) {
        band[i] = Byte.toUnsignedInt(pixels[channel * plane + i]);
      }
      image.getRaster().setSamples(0, 0, shape.width(), shape.height(), channel, band);
    }
    return image;
  }

  /** Such as {@code 32x48}: width, height, as image programs say it. */
  public String sizeText() {
    return shape.width() + "x" + shape.height();
  }

  /** A part of this image; itself if that is all of it. */
  DecodedImage cropped(PixelBox box) {
    if (box.height() == shape.height() && box.width() == shape.width()) {
      return this;
    }
    byte[] part = new byte[shape.channels() * box.height() * box.width()];
    for (int row = 0; row < shape.channels() * box.height(); row++) {
      int sourceRow = row / box.height() * shape.height() + box.top() + row % box.height();
      System.arraycopy(
          pixels, sourceRow * shape.width() + box.left(), part, row * box.width(), box.width());
    }
    return new DecodedImage(new ImageShape(shape.channels(), box.height(), box.width()), part);
  }

  /**
   * This image, shrunk in proportion if its longer side has more than {@code pixels}.
   *
   * @param pixels at least 1
   */
  public DecodedImage shrunkTo(int pixels) {
    int longer = Math.max(shape.height(), shape.width());
    if (longer <= pixels) {
      return this;
    }
    double scale = (double) pixels / longer;
    int height = Math.max(1, (int) Math.round(scale * shape.height()));
    int width = Math.max(1, (int) Math.round(scale * shape.width()));
    return Resampler.resize(this, height, width);
  }

  /**
   * This image in another shape: stretched to its height and width, as data sets are resized, and
   * grey or in colour as it has channels. Grey is the brightness of a colour, as JPEG has it.
   *
   * @param target of 1 or 3 channels
   */
  public DecodedImage as(ImageShape target) {
    DecodedImage channels = target.channels() == 1 ? inGrey() : inColour();
    boolean fits = target.height() == shape.height() && target.width() == shape.width();
    return fits ? channels : Resampler.resize(channels, target.height(), target.width());
  }

  /** This image with one channel: of colours their brightness, as JPEG has it. */
  DecodedImage inGrey() {
    if (shape.channels() == 1) {
      return this;
    }
    int plane = shape.height() * shape.width();
    byte[] grey = new byte[plane];
    for (int i = 0; i < plane; i++) {
      double value =
          RED * Byte.toUnsignedInt(pixels[i])
              + GREEN * Byte.toUnsignedInt(pixels[plane + i])
              + BLUE * Byte.toUnsignedInt(pixels[2 * plane + i]);
      grey[i] = (byte) Math.round(value);
    }
    return new DecodedImage(new ImageShape(1, shape.height(), shape.width()), grey);
  }

  /** This image with three channels: a grey one three times over. */
  public DecodedImage inColour() {
    if (shape.channels() == 3) {
      return this;
    }
    byte[] colours = Arrays.copyOf(pixels, 3 * pixels.length);
    System.arraycopy(pixels, 0, colours, pixels.length, pixels.length);
    System.arraycopy(pixels, 0, colours, 2 * pixels.length, pixels.length);
    return new DecodedImage(new ImageShape(3, shape.height(), shape.width()), colours);
  }
}
