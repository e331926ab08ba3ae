package io.github.smartaug.data;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A program that decodes images, to be run with little memory. */
final class SmallHeap {
  private SmallHeap() {}

  /**
   * Arguments: {@code none}, {@code square} or {@code shrink}, the side, and the files. Prints
   * shapes and levels.
   */
  public static void main(String[] arguments) {
    int side = Integer.parseInt(arguments[1]);
    Resizing resizing =
        switch (arguments[0]) {
          case "square" -> Resizing.toSquare(side);
          case "shrink" -> Resizing.shrinkingTo(side);
          default -> Resizing.NONE;
        };
    try {
      List<Path> files = Stream.of(arguments).skip(2).map(Path::of).toList();
      ParallelDecoder.Decoded decoded = decode(files, resizing);
      for (StoredImage image : decoded.images()) {
        byte[] pixels = image.pixels();
        int plane = pixels.length / 3;
        System.out.printf(
            "%s: %d %d %d%n",
            decoded.shape(),
            pixels[plane - 1] & 0xFF,
            pixels[2 * plane - 1] & 0xFF,
            pixels[3 * plane - 1] & 0xFF);
      }
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
    }
  }

  private static ParallelDecoder.Decoded decode(List<Path> files, Resizing resizing) {
    Path folder = files.get(0).getParent();
    ImageStream stream = new ImageStream(resizing, LoaderOptions.defaults());
    return new ParallelDecoder(stream).decode(folder, files, BadImages.REFUSE);
  }
}
