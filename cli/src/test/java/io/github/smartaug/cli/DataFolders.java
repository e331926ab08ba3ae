package io.github.smartaug.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Small data sets of every format, on disk. */
final class DataFolders {
  private static final int IMAGES = 40;
  private static final int CLASSES = 4;
  private static final int SIDE = 8;

  private DataFolders() {}

  /** Writes one of {@code idx}, {@code idx.gz}, {@code cifar}, {@code pictures}. */
  static Path write(Path folder, String format) throws IOException {
    Files.createDirectories(folder);
    switch (format) {
      case "idx", "idx.gz" -> writeIdx(folder, format.endsWith(".gz"));
      case "cifar" -> writeCifar(folder);
      case "pictures" -> writePictures(folder);
      default -> throw new IllegalArgumentException(format);
    }
    return folder;
  }

  private static void writeIdx(Path folder, boolean zipped) throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + IMAGES * SIDE * SIDE);
    images.putInt(0x803).putInt(IMAGES).putInt(SIDE).putInt(SIDE);
    ByteBuffer labels = ByteBuffer.allocate(8 + IMAGES);
    labels.putInt(0x801).putInt(IMAGES);
    for (int i = 0; i < IMAGES; i++) {
      labels.put((byte) (i % CLASSES));
      images.put(pixels(i, SIDE * SIDE));
    }
    for (String part : new String[] {"train", "t10k"}) {
      write(folder.resolve(part + "-images-idx3-ubyte"), images.array(), zipped);
      write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array(), zipped);
    }
  }

  private static void write(Path file, byte[] content, boolean zipped) throws IOException {
    if (!zipped) {
      Files.write(file, content);
      return;
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    }
    Files.write(file.resolveSibling(file.getFileName() + ".gz"), packed.toByteArray());
  }

  private static void writeCifar(Path folder) throws IOException {
    ByteBuffer records = ByteBuffer.allocate(10 * 3073);
    for (int i = 0; i < 10; i++) {
      records.put((byte) i).put(pixels(i, 3072));
    }
    for (int batch = 1; batch <= 5; batch++) {
      Files.write(folder.resolve("data_batch_" + batch + ".bin"), records.array());
    }
    Files.write(folder.resolve("test_batch.bin"), records.array());
  }

  private static void writePictures(Path folder) {
    for (int i = 0; i < IMAGES; i++) {
      Path kind = folder.resolve((i % 5 == 0 ? "test/" : "train/") + "class" + i % CLASSES);
      Pictures.write(kind.resolve(i + ".png"), Pictures.colour(SIDE + i % 2, SIDE));
    }
  }

  private static byte[] pixels(int image, int count) {
    byte[] pixels = new byte[count];
    for (int p = 0; p < count; p++) {
      pixels[p] = (byte) (31 * image + p);
    }
    return pixels;
  }
}
