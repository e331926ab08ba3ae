package io.github.smartaug.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Image files for tests. */
public final class Pictures {
  private Pictures() {}

  /** An image whose pixels all differ. */
  public static BufferedImage colour(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, (7 * x & 0xff) << 16 | (11 * y & 0xff) << 8 | (x + y & 0xff));
      }
    }
    return image;
  }

  /** Writes it as PNG; folders are made. */
  public static Path write(Path file, BufferedImage image) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      ImageIO.write(image, "png", file.toFile());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads an image. */
  public static BufferedImage read(Path file) {
    try {
      return ImageIO.read(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All pixels, row by row, as {@code 0xRRGGBB}. */
  public static int[] pixels(BufferedImage image) {
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] &= 0xffffff;
    }
    return pixels;
  }
}
