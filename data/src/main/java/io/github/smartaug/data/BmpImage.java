package io.github.smartaug.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import javax.imageio.ImageReader;

/** A Windows bitmap. */
final class BmpImage extends ImageContent {
  private static final int HEADER_SIZE_AT = 14;
  private static final int SMALL_HEADER = 12;
  private static final int COMPRESSION_AT = 30;
  private static final int AS_JPEG = 4;
  private static final int AS_PNG = 5;

  private BmpImage(byte[] file) {
    super(file, Optional.empty());
  }

  static BmpImage of(byte[] file) throws IOException {
    ByteBuffer content = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (content.getInt(HEADER_SIZE_AT) > SMALL_HEADER
        && content.limit() >= COMPRESSION_AT + Integer.BYTES) {
      int compression = content.getInt(COMPRESSION_AT);
      if (compression == AS_JPEG || compression == AS_PNG) {
        // What is within may have another size than the one that is looked at.
        throw new IOException("a bitmap that holds a JPEG or PNG");
      }
    }
    return new BmpImage(file);
  }

  @Override
  ImageReader codec() {
    return javaCodec("bmp");
  }
}
