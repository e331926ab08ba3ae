package io.github.smartaug.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** How files begin that are taken for images and not read, so that they can be refused by name. */
enum FileSignature {
  BIG_TIFF_LITTLE_ENDIAN("BigTIFF", 0, "II+\0"),
  BIG_TIFF_BIG_ENDIAN("BigTIFF", 0, "MM\0+"),
  AVIF("AVIF", 4, "ftypavif"),
  HEIC("HEIC", 4, "ftyphei"),
  HEIF("HEIF", 4, "ftypmif1"),
  JPEG_2000("JPEG 2000", 4, "jP  "),
  JPEG_XL("JPEG XL", 0, "\u00FF\n"),
  PSD("Photoshop", 0, "8BPS"),
  PDF("PDF", 0, "%PDF"),
  HTML("HTML", 0, "<!"),
  XML("XML or SVG", 0, "<?xml"),
  SVG("SVG", 0, "<svg");

  private final String title;
  private final int position;
  private final String text;

  FileSignature(String title, int position, String text) {
    this.title = title;
    this.position = position;
    this.text = text;
  }

  private boolean begins(byte[] file) {
    int end = position + text.length();
    return file.length >= end
        && new String(file, position, text.length(), StandardCharsets.ISO_8859_1).equals(text);
  }

  /** Why a file is refused that is of no {@link ImageFormat}: says what it is. */
  static IOException refusal(byte[] file) {
    return new IOException(
        Arrays.stream(values())
            .filter(signature -> signature.begins(file))
            .findFirst()
            .map(signature -> "a file of the format " + signature.title)
            .orElse("unknown format"));
  }
}
