package io.github.smartaug.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** How files of images begin that are not read, so that they can be refused by their names. */
enum FileSignature {
  GIF("GIF", 0, "GIF8"),
  BMP("BMP", 0, "BM"),
  TIFF_LITTLE_ENDIAN("TIFF", 0, "II*\0"),
  TIFF_BIG_ENDIAN("TIFF", 0, "MM\0*"),
  WEBP("WebP", 8, "WEBP"),
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

  /**
   * Refuses what is neither PNG nor JPEG, whatever its name.
   *
   * @throws IOException that says what it is
   */
  static void requirePngOrJpeg(byte[] file) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(file);
    if (PngChunks.isPng(buffer) || JpegSegments.isJpeg(buffer)) {
      return;
    }
    for (FileSignature signature : values()) {
      if (signature.begins(file)) {
        throw new IOException("a file of the format " + signature.title);
      }
    }
    throw new IOException("unknown format");
  }
}
