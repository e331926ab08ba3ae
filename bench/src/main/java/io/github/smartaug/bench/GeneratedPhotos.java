package io.github.smartaug.bench;

import io.github.smartaug.random.RandomStream;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** JPEG files of the size, and about the number of bytes, that photos of ImageNet have. */
final class GeneratedPhotos {
  static final int WIDTH = 500;
  static final int HEIGHT = 375;

  /** Pictures one below the other: a JPEG has 65,500 rows at most. */
  static final int MOST_IN_STRIP = 65_500 / HEIGHT;

  private static final float QUALITY = 0.9f;
  private static final int WAVES = 4;
  private static final double NOISE = 12;

  private GeneratedPhotos() {}

  /** Writes so many of them, one half each into the folders of two classes. */
  static List<Path> write(Path folder, int count) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Path file = folder.resolve("class" + i % 2).resolve(i + ".jpg");
      Files.createDirectories(file.getParent());
      write(file, picture(RandomStream.of(i, "photo")));
      files.add(file);
    }
    return files;
  }

  /** Writes the first pictures into one file, one below the other. */
  static Path writeStrip(Path file, int count) throws IOException {
    BufferedImage strip = new BufferedImage(WIDTH, count * HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < count; i++) {
      strip.getRaster().setRect(0, i * HEIGHT, picture(RandomStream.of(i, "photo")).getRaster());
    }
    write(file, strip);
    return file;
  }

  /** Deletes a folder and all that is in it. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** Waves in each colour, with noise. */
  private static BufferedImage picture(RandomStream random) {
    double[][] across = new double[3][WAVES];
    double[][] down = new double[3][WAVES];
    for (int channel = 0; channel < 3; channel++) {
      for (int wave = 0; wave < WAVES; wave++) {
        across[channel][wave] = 0.2 * random.nextDouble();
        down[channel][wave] = 0.2 * random.nextDouble();
      }
    }
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int colour = 0;
        for (int channel = 0; channel < 3; channel++) {
          double level = 128 + NOISE * random.nextGaussian();
          for (int wave = 0; wave < WAVES; wave++) {
            level += 24 * Math.sin(across[channel][wave] * x + down[channel][wave] * y);
          }
          colour = (colour << Byte.SIZE) | (int) Math.max(0, Math.min(255, level));
        }
        picture.setRGB(x, y, colour);
      }
    }
    return picture;
  }

  private static void write(Path file, BufferedImage picture) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), parameters);
    } finally {
      writer.dispose();
    }
  }
}
