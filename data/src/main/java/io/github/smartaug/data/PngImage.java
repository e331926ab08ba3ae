package io.github.smartaug.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/** A PNG file; of an animated one, the picture that programs show which know no animation. */
final class PngImage extends ImageContent {
  private final PngChunks chunks;

  private PngImage(byte[] file, PngChunks chunks) {
    super(file, chunks.exif());
    this.chunks = chunks;
  }

  static PngImage of(byte[] file) throws IOException {
    return new PngImage(file, PngChunks.checked(ByteBuffer.wrap(file)));
  }

  @Override
  ImageReader codec() {
    return javaCodec("png");
  }

  @Override
  DecodedImage pixels(ImageReader reader, ImageReadParam parameters) throws IOException {
    DecodedImage image = super.pixels(reader, parameters);
    chunks.forgottenLevel().ifPresent(level -> makeWhite(image, (byte) level));
    return image;
  }

  private static void makeWhite(DecodedImage image, byte level) {
    byte[] pixels = image.pixels();
    for (int i = 0; i < pixels.length; i++) {
      if (pixels[i] == level) {
        pixels[i] = (byte) 255;
      }
    }
  }
}
