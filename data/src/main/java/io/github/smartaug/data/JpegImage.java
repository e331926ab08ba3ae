package io.github.smartaug.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/** A JPEG file. */
final class JpegImage extends ImageContent {
  private static final int INKS = 4;

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
    return segments.components().limit() == INKS
        ? PrintColours.ofJpeg(reader.readRaster(0, parameters), segments.adobeTransform().orElse(0))
        : super.pixels(reader, parameters);
  }
}
