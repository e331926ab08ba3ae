package io.github.smartaug.data;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.Dimension;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/** A WebP file; of an animation, the first picture, on a transparent screen. */
final class WebpImage extends ImageContent {
  private final Placement placement;

  private WebpImage(byte[] file, WebpChunks chunks) {
    super(file, chunks.exif());
    this.placement = chunks.placement();
  }

  static WebpImage of(byte[] file) throws IOException {
    return new WebpImage(file, WebpChunks.of(ByteBuffer.wrap(file)));
  }

  @Override
  ImageReader codec() {
    // Made here, not looked up: which codecs Java finds depends on the class loader of the thread.
    return new WebPImageReaderSpi().createReaderInstance(null);
  }

  @Override
  Dimension storedSize(ImageReader reader) {
    return placement.screen();
  }

  @Override
  boolean canLeaveOutRows() {
    return false;
  }

  @Override
  DecodedImage pixels(ImageReader reader, ImageReadParam parameters) throws IOException {
    return placement.applyTo(super.pixels(reader, parameters));
  }
}
