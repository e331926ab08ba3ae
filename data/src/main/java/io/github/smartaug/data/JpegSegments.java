package io.github.smartaug.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The segments before the pixels of a JPEG file. */
final class JpegSegments {
  private static final int START_OF_IMAGE = 0xFFD8;
  private static final int START_OF_SCAN = 0xDA;
  private static final int END_OF_IMAGE = 0xD9;
  private static final int APPLICATION_1 = 0xE1;
  private static final String EXIF = "Exif\0\0";

  private JpegSegments() {}

  /** What the segment of orientation and the like holds, if there is one. */
  static Optional<ByteBuffer> exif(ByteBuffer file) {
    if (file.limit() < 2 || Short.toUnsignedInt(file.getShort(0)) != START_OF_IMAGE) {
      return Optional.empty();
    }
    int start = 2;
    while (file.limit() - start >= 4 && (file.get(start) & 0xFF) == 0xFF) {
      int marker = file.get(start + 1) & 0xFF;
      if (marker == 0xFF) {
        start++; // a byte that fills up
        continue;
      }
      int length = Short.toUnsignedInt(file.getShort(start + 2));
      if (marker == START_OF_SCAN
          || marker == END_OF_IMAGE
          || length < 2
          || length > file.limit() - start - 2) {
        return Optional.empty();
      }
      ByteBuffer content = file.slice(start + 4, length - 2);
      if (marker == APPLICATION_1 && startsWith(content, EXIF)) {
        return Optional.of(content.slice(EXIF.length(), content.limit() - EXIF.length()));
      }
      start += 2 + length;
    }
    return Optional.empty();
  }

  private static boolean startsWith(ByteBuffer content, String text) {
    return content.limit() >= text.length()
        && StandardCharsets.ISO_8859_1
            .decode(content.slice(0, text.length()))
            .toString()
            .equals(text);
  }
}
