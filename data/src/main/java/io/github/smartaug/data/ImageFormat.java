package io.github.smartaug.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The formats of image files that are read and written, known by the names of the files. */
public enum ImageFormat {
  /** Lossless. */
  PNG(".png"),
  /** Lossy; written at a quality of 95 %. */
  JPEG(".jpg .jpeg");

  private final String suffixes;

  ImageFormat(String suffixes) {
    this.suffixes = suffixes;
  }

  private Stream<String> suffixes() {
    return Stream.of(suffixes.split(" ", -1));
  }

  /** The format that a file's name stands for, whatever its case; empty for other names. */
  public static Optional<ImageFormat> ofName(Path file) {
    String name = Datasets.fileName(file).toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> format.suffixes().anyMatch(name::endsWith))
        .findFirst();
  }

  /** The names' ends, for messages: {@code .png, .jpg, .jpeg}. */
  public static String allowedSuffixes() {
    return Arrays.stream(values()).flatMap(ImageFormat::suffixes).collect(Collectors.joining(", "));
  }
}
