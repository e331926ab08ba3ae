package io.github.smartaug.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/** A JPEG file. */
final class JpegImage extends ImageContent {
  private static final int INKS = 4;

  /** Where the bytes of a pixel are, in the order of the codec. */
  private static final int[] RED_GREEN_BLUE = {0, 1, 2};

  private final JpegSegments segments;

  private JpegImage(byte[] file, JpegSegments segments) {
    super(segments.withKnownColours(file), segments.exif());
    this.segments = segments;
  }

  static JpegImage of(byte[] file) throws IOException {
    JpegSegments segments = JpegSegments.of(ByteBuffer.wrap(file));
    if (segments.components().limit() == 2) {
      throw new IOException("2 colours");
    }
    return new JpegImage(file, segments);
  }

  @Override
  ImageReader codec() {
    return javaCodec("jpeg");
  }

  @Override
  DecodedImage pixels(ImageReader reader, ImageReadParam parameters) throws IOException {
    if (segments.components().limit() == INKS) {
      return PrintColours.ofJpeg(
          reader.readRaster(0, parameters), segments.adobeTransform().orElse(0));
    }
    takeRowsAsTheyCome(reader, parameters);
    return super.pixels(reader, parameters);
  }

  /**
   * By itself, Java's codec makes pictures of blue, green and red, for screens, and turns each
   * pixel round. In the order of the codec, whole rows are copied: a quarter of the time of
   * decoding.
   */
  private static void takeRowsAsTheyCome(ImageReader reader, ImageReadParam parameters)
      throws IOException {
    ColorModel model = reader.getImageTypes(0).next().getColorModel();
    if (model.getNumComponents() == RED_GREEN_BLUE.length) {
      int width =
          sampled(
              reader.getWidth(0),
              parameters.getSourceXSubsampling(),
              parameters.getSubsamplingXOffset());
      int height =
          sampled(
              reader.getHeight(0),
              parameters.getSourceYSubsampling(),
              parameters.getSubsamplingYOffset());
      WritableRaster rows =
          Raster.createInterleavedRaster(
              DataBuffer.TYPE_BYTE, width, height, 3 * width, 3, RED_GREEN_BLUE, null);
      parameters.setDestination(new BufferedImage(model, rows, false, null));
    }
  }

  /** How many of so many rows or columns are decoded. */
  private static int sampled(int stored, int step, int first) {
    return (stored - first + step - 1) / step;
  }
}
