package io.github.smartaug.data;

import io.github.smartaug.file.AtomicFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes PNG and JPEG files, grey ones for images of one channel. */
public final class ImageEncoder {
  private static final float JPEG_QUALITY = 0.95f;

  private ImageEncoder() {}

  /**
   * Writes a file, atomically.
   *
   * @throws IllegalArgumentException if the folder of {@code file} does not exist
   */
  public static void write(Path file, DecodedImage image, ImageFormat format) throws IOException {
    AtomicFile.write(file, out -> encode(image.toBufferedImage(), format, out));
  }

  static void encode(BufferedImage image, ImageFormat format, OutputStream out) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format.name()).next();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (format == ImageFormat.JPEG) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(JPEG_QUALITY);
      }
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
  }
}
