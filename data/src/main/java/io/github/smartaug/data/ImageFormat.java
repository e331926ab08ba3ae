package io.github.smartaug.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The formats of image files that are read and written. */
public enum ImageFormat {
  /** Lossless. */
  PNG(".png", "89504e47"),
  /** Lossy; written at a quality of 95 %. */
  JPEG(".jpg .jpeg", "ffd8ff");

  private static final int LONGEST_START = 4;

  private final String suffixes;
  private final String start;

  ImageFormat(String suffixes, String start) {
    this.suffixes = suffixes;
    this.start = start;
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

  /** The format that a file's first bytes are of; empty for others and what is no regular file. */
  public static Optional<ImageFormat> ofContent(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (InputStream input = Files.newInputStream(file)) {
      String first = HexFormat.of().formatHex(input.readNBytes(LONGEST_START));
      return Arrays.stream(values()).filter(format -> first.startsWith(format.start)).findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The names' ends, for messages: {@code .png, .jpg, .jpeg}. */
  public static String allowedSuffixes() {
    return Arrays.stream(values()).flatMap(ImageFormat::suffixes).collect(Collectors.joining(", "));
  }
}
