package io.github.smartaug.data;

import java.awt.Dimension;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The chunks that a WebP file consists of, which have to be whole. The size that the first picture
 * has by itself must be the one that the file states for it, as the codec believes either.
 *
 * @see <a href="https://developers.google.com/speed/webp/docs/riff_container">WebP Container
 *     Specification</a>
 */
final class WebpChunks {
  private static final int RIFF_BYTES = 8;
  private static final int FIRST_CHUNK = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int SCREEN_BYTES = 10;
  private static final int FRAME_BYTES = 16;
  private static final int LOSSY_BYTES = 10;
  private static final int LOSSLESS_BYTES = 5;
  private static final int SIDE_BITS = 14;
  private static final int SIDE = (1 << SIDE_BITS) - 1;
  private static final String JPEG_EXIF = "Exif\0\0";

  private Optional<ByteBuffer> exif = Optional.empty();
  private Optional<Dimension> screen = Optional.empty();
  private Optional<Dimension> picture = Optional.empty();
  private Optional<Placement> placement = Optional.empty();

  private WebpChunks() {}

  /**
   * Reads all chunks.
   *
   * @throws IOException if the file ends early, has no picture, or says two things of its size
   */
  static WebpChunks of(ByteBuffer file) throws IOException {
    ByteBuffer content = slice(file, 0, file.limit());
    long end = RIFF_BYTES + Integer.toUnsignedLong(content.getInt(4));
    if (end > content.limit()) {
      throw new IOException("cut short");
    }
    WebpChunks chunks = new WebpChunks();
    chunks.read(slice(content, FIRST_CHUNK, (int) end - FIRST_CHUNK));
    Dimension size = chunks.picture.orElseThrow(() -> new IOException("no picture in it"));
    if (chunks.placement.isEmpty()) {
      if (!chunks.screen.orElse(size).equals(size)) {
        throw new IOException("two different sizes");
      }
      chunks.placement = Optional.of(new Placement(size, 0, 0));
    }
    return chunks;
  }

  /** What the chunk of orientation and the like holds, if there is one. */
  Optional<ByteBuffer> exif() {
    return exif;
  }

  /** Where the first picture lies. */
  Placement placement() {
    return placement.orElseThrow();
  }

  private void read(ByteBuffer chunks) throws IOException {
    int start = 0;
    while (chunks.limit() - start >= CHUNK_HEADER) {
      long length = Integer.toUnsignedLong(chunks.getInt(start + 4));
      int room = chunks.limit() - start - CHUNK_HEADER;
      if (length > room) {
        throw new IOException("cut short");
      }
      read(text(chunks, start, 4), slice(chunks, start + CHUNK_HEADER, (int) length));
      // A chunk of odd length is followed by a byte that fills up.
      start += CHUNK_HEADER + (int) Math.min(room, length + (length & 1));
    }
  }

  private void read(String type, ByteBuffer content) throws IOException {
    int length = content.limit();
    if (type.equals("EXIF") && exif.isEmpty()) {
      exif = Optional.of(withoutPrefix(content));
    } else if (type.equals("VP8X") && length >= SCREEN_BYTES && screen.isEmpty()) {
      screen = Optional.of(new Dimension(1 + number24(content, 4), 1 + number24(content, 7)));
    } else if (type.equals("ANMF") && length >= FRAME_BYTES && placement.isEmpty()) {
      readFrame(content);
    } else if (type.equals("VP8 ") && length >= LOSSY_BYTES && picture.isEmpty()) {
      picture = Optional.of(new Dimension(content.getShort(6) & SIDE, content.getShort(8) & SIDE));
    } else if (type.equals("VP8L") && length >= LOSSLESS_BYTES && picture.isEmpty()) {
      int sides = content.getInt(1);
      picture = Optional.of(new Dimension(1 + (sides & SIDE), 1 + (sides >> SIDE_BITS & SIDE)));
    }
  }

  private void readFrame(ByteBuffer content) throws IOException {
    placement =
        Optional.of(
            new Placement(
                screen.orElseThrow(() -> new IOException("an animation without a screen")),
                2 * number24(content, 0),
                2 * number24(content, 3)));
    read(slice(content, FRAME_BYTES, content.limit() - FRAME_BYTES));
    Dimension stated = new Dimension(1 + number24(content, 6), 1 + number24(content, 9));
    if (picture.filter(stated::equals).isEmpty()) {
      throw new IOException("two different sizes");
    }
    placement().requireFits(stated.width, stated.height);
  }

  private static ByteBuffer slice(ByteBuffer content, int start, int length) {
    return content.slice(start, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int number24(ByteBuffer content, int at) {
    return Short.toUnsignedInt(content.getShort(at))
        | Byte.toUnsignedInt(content.get(at + 2)) << Short.SIZE;
  }

  /** Some programs write what belongs into a JPEG file. */
  private static ByteBuffer withoutPrefix(ByteBuffer exif) {
    int length = JPEG_EXIF.length();
    return exif.limit() >= length && text(exif, 0, length).equals(JPEG_EXIF)
        ? slice(exif, length, exif.limit() - length)
        : exif;
  }

  private static String text(ByteBuffer content, int start, int length) {
    return StandardCharsets.ISO_8859_1.decode(content.slice(start, length)).toString();
  }
}
