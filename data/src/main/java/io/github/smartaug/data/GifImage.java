package io.github.smartaug.data;

import java.awt.Dimension;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/** A GIF file, whose first picture is read. What it leaves free of the screen is transparent. */
final class GifImage extends ImageContent {
  private final Placement placement;

  private GifImage(byte[] file, Placement placement) {
    super(file, Optional.empty());
    this.placement = placement;
  }

  static GifImage of(byte[] file) throws IOException {
    return new GifImage(file, GifBlocks.firstPicture(ByteBuffer.wrap(file)));
  }

  @Override
  ImageReader codec() {
    return javaCodec("gif");
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
