package io.github.smartaug.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The formats of image files that are read, and those of them that are written. */
public enum ImageFormat {
  /** Lossless; read and written. */
  PNG("PNG", "png", "89504e470d0a1a0a"),
  /** Lossy; read, and written at a quality of 95 %. */
  JPEG("JPEG", "jpg jpeg", "ffd8ff"),
  /** Windows bitmaps. */
  BMP("BMP", "bmp", "424d.{24}(0c|28|34|38|40|6c|7c)000000"),
  /** Of an animation, the first picture. */
  GIF("GIF", "gif", "47494638(37|39)61"),
  /** Of several pages, the first. */
  TIFF("TIFF", "tif tiff", "49492a00|4d4d002a"),
  /** Lossless and lossy; of an animation, the first picture. */
  WEBP("WebP", "webp", "52494646.{8}57454250");

  private static final int LONGEST_START = 18;

  private final String title;
  private final String suffixes;
  private final String start;

  /** A format by the ends of names, and the first bytes in hexadecimal digits. */
  ImageFormat(String title, String suffixes, String start) {
    this.title = title;
    this.suffixes = suffixes;
    this.start = start;
  }

  private Stream<String> suffixes() {
    return Stream.of(suffixes.split(" ", -1));
  }

  /** Whether images are written in this format, too. */
  public boolean isWritten() {
    return this == PNG || this == JPEG;
  }

  /** The format that a file's name stands for, otherwise that of its first bytes. */
  public static Optional<ImageFormat> of(Path file) {
    return ofName(file).or(() -> ofContent(file));
  }

  /** The format that a file's name stands for, whatever its case; empty for other names. */
  public static Optional<ImageFormat> ofName(Path file) {
    String name = Datasets.fileName(file).toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> format.suffixes().anyMatch(end -> name.endsWith("." + end)))
        .findFirst();
  }

  /**
   * The format that a file's first bytes are of; empty for others, for what is no regular file, and
   * for TIFF: raw pictures of cameras begin so, too, and only a file's name says which it is.
   */
  public static Optional<ImageFormat> ofContent(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (InputStream input = Files.newInputStream(file)) {
      return ofContent(input.readNBytes(LONGEST_START)).filter(format -> format != TIFF);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The format of a file's content, or of its first bytes. */
  static Optional<ImageFormat> ofContent(byte[] content) {
    int length = Math.min(content.length, LONGEST_START);
    String first = HexFormat.of().formatHex(content, 0, length);
    return Arrays.stream(values())
        .filter(format -> Pattern.compile(format.start).matcher(first).lookingAt())
        .findFirst();
  }

  /** What is read, for messages: {@code PNG, JPEG, ... or WebP}. */
  static String titles() {
    List<String> titles = Arrays.stream(values()).map(format -> format.title).toList();
    int last = titles.size() - 1;
    return String.join(", ", titles.subList(0, last)) + " or " + titles.get(last);
  }

  /** The names' ends of what is read, for messages: {@code .png, .jpg, .jpeg, ...}. */
  public static String allowedSuffixes() {
    return dotted(suffixes(format -> true));
  }

  /** The names' ends of what is written, for messages: {@code .png, .jpg, .jpeg}. */
  public static String writtenSuffixes() {
    return dotted(suffixes(ImageFormat::isWritten));
  }

  private static Stream<String> suffixes(Predicate<ImageFormat> which) {
    return Arrays.stream(values()).filter(which).flatMap(ImageFormat::suffixes);
  }

  private static String dotted(Stream<String> suffixes) {
    return suffixes.map(suffix -> "." + suffix).collect(Collectors.joining(", "));
  }
}
