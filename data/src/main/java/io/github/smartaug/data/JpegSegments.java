package io.github.smartaug.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the segments before the pixels of a JPEG file say.
 *
 * @param exif what the segment of orientation and the like holds, if there is one
 * @param jfif whether the file says that it is of the usual form: grey, or brightness and two
 *     differences of colours
 * @param adobeTransform what Adobe's segment says of the colours, if there is one
 * @param components the names of the colours, as many as there are; empty if no segment tells
 */
record JpegSegments(
    Optional<ByteBuffer> exif, boolean jfif, OptionalInt adobeTransform, ByteBuffer components) {
  private static final int START_OF_SCAN = 0xDA;
  private static final int END_OF_IMAGE = 0xD9;
  private static final int APPLICATION_0 = 0xE0;
  private static final int APPLICATION_1 = 0xE1;
  private static final int APPLICATION_14 = 0xEE;
  private static final String EXIF = "Exif\0\0";
  private static final String JFIF = "JFIF\0";
  private static final String ADOBE = "Adobe";
  private static final ByteBuffer RED_GREEN_BLUE =
      ByteBuffer.wrap("RGB".getBytes(StandardCharsets.ISO_8859_1));

  /** Version 1.1, pixels that are squares, no small picture. */
  private static final byte[] JFIF_SEGMENT = {
    (byte) 0xFF, (byte) 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
  };

  /** Reads up to the pixels, or to where the file is damaged. */
  static JpegSegments of(ByteBuffer file) {
    Optional<ByteBuffer> exif = Optional.empty();
    boolean jfif = false;
    OptionalInt adobe = OptionalInt.empty();
    ByteBuffer components = ByteBuffer.allocate(0);
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
        break;
      }
      ByteBuffer content = file.slice(start + 4, length - 2);
      if (marker == APPLICATION_0) {
        jfif |= startsWith(content, JFIF);
      } else if (marker == APPLICATION_1 && exif.isEmpty() && startsWith(content, EXIF)) {
        exif = Optional.of(content.slice(EXIF.length(), content.limit() - EXIF.length()));
      } else if (marker == APPLICATION_14 && startsWith(content, ADOBE) && content.limit() >= 12) {
        adobe = OptionalInt.of(content.get(11) & 0xFF);
      } else if (isFrame(marker)) {
        components = components(content);
      }
      start += 2 + length;
    }
    return new JpegSegments(exif, jfif, adobe, components);
  }

  /** Markers of frames, between which there are those of tables and of arithmetic coding. */
  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private static ByteBuffer components(ByteBuffer frame) {
    int count = frame.limit() < 6 ? 0 : Math.min(frame.get(5) & 0xFF, (frame.limit() - 6) / 3);
    ByteBuffer names = ByteBuffer.allocate(count);
    for (int i = 0; i < count; i++) {
      names.put(i, frame.get(6 + 3 * i));
    }
    return names;
  }

  /**
   * The file as the codec takes it. Where a file says nothing of its three colours and numbers them
   * otherwise than 1, 2, 3, Java's codec guesses red, green and blue; other programs read
   * brightness and differences, as nearly all such files have.
   */
  byte[] withKnownColours(byte[] file) {
    boolean guessed =
        components.limit() == 3
            && !jfif
            && adobeTransform.isEmpty()
            && exif.isEmpty()
            && !components.equals(RED_GREEN_BLUE);
    if (!guessed) {
      return file;
    }
    byte[] told = Arrays.copyOf(file, file.length + JFIF_SEGMENT.length);
    System.arraycopy(JFIF_SEGMENT, 0, told, 2, JFIF_SEGMENT.length);
    System.arraycopy(file, 2, told, 2 + JFIF_SEGMENT.length, file.length - 2);
    return told;
  }

  private static boolean startsWith(ByteBuffer content, String text) {
    return content.limit() >= text.length()
        && StandardCharsets.ISO_8859_1
            .decode(content.slice(0, text.length()))
            .toString()
            .equals(text);
  }
}
