package io.github.smartaug.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32;

/**
 * The chunks that a PNG file consists of. The codec reads them without their checksums.
 *
 * @param exif what the chunk of orientation and the like holds, if there is one
 * @param forgottenLevel the grey, from 0 to 255, that is transparent and the codec does not say so,
 *     as in all greys of fewer than eight bits
 */
record PngChunks(Optional<ByteBuffer> exif, OptionalInt forgottenLevel) {
  /** Length, type and checksum. */
  private static final int FRAME = 12;

  private static final int BITS_AT = 24;
  private static final int COLOUR_TYPE_AT = 25;
  private static final int GREY = 0;

  /**
   * Reads and checks all chunks up to the last.
   *
   * @throws IOException if a checksum is wrong, or the file ends early
   */
  static PngChunks checked(ByteBuffer file) throws IOException {
    Optional<ByteBuffer> exif = Optional.empty();
    OptionalInt forgottenLevel = OptionalInt.empty();
    int start = Long.BYTES;
    String type = "";
    while (!type.equals("IEND")) {
      int length = checkedLength(file, start);
      type = StandardCharsets.ISO_8859_1.decode(file.slice(start + 4, 4)).toString();
      ByteBuffer content = file.slice(start + 8, length);
      if (type.equals("eXIf")) {
        exif = Optional.of(content);
      } else if (type.equals("tRNS")) {
        forgottenLevel = forgottenLevel(file, content);
      }
      start += FRAME + length;
    }
    return new PngChunks(exif, forgottenLevel);
  }

  private static int checkedLength(ByteBuffer file, int start) throws IOException {
    if (file.limit() - start < FRAME) {
      throw new IOException("cut short");
    }
    int length = file.getInt(start);
    if (length < 0 || length > file.limit() - start - FRAME) {
      throw new IOException("cut short");
    }
    CRC32 checksum = new CRC32();
    checksum.update(file.slice(start + 4, length + 4));
    if ((int) checksum.getValue() != file.getInt(start + 8 + length)) {
      throw new IOException("wrong checksum of a part");
    }
    return length;
  }

  private static OptionalInt forgottenLevel(ByteBuffer file, ByteBuffer transparency) {
    int bits = file.get(BITS_AT);
    if (file.get(COLOUR_TYPE_AT) != GREY || bits >= Byte.SIZE || transparency.limit() != 2) {
      return OptionalInt.empty();
    }
    int largest = (1 << bits) - 1;
    return OptionalInt.of((transparency.getShort(0) & largest) * 255 / largest);
  }
}
