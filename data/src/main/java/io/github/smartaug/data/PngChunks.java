package io.github.smartaug.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/** The chunks that a PNG file consists of. The codec reads them without their checksums. */
final class PngChunks {
  private static final long SIGNATURE = 0x89504E470D0A1A0AL;

  /** Length, type and checksum. */
  private static final int FRAME = 12;

  private PngChunks() {}

  static boolean isPng(ByteBuffer file) {
    return file.limit() >= Long.BYTES && file.getLong(0) == SIGNATURE;
  }

  /**
   * Checks all chunks up to the last.
   *
   * @return what the chunk of orientation and the like holds, if there is one
   * @throws IOException if a checksum is wrong, or the file ends early
   */
  static Optional<ByteBuffer> checkedExif(ByteBuffer file) throws IOException {
    Optional<ByteBuffer> exif = Optional.empty();
    int start = Long.BYTES;
    String type = "";
    while (!type.equals("IEND")) {
      if (file.limit() - start < FRAME) {
        throw new IOException("cut short");
      }
      int length = file.getInt(start);
      if (length < 0 || length > file.limit() - start - FRAME) {
        throw new IOException("cut short");
      }
      type = StandardCharsets.ISO_8859_1.decode(file.slice(start + 4, 4)).toString();
      CRC32 checksum = new CRC32();
      checksum.update(file.slice(start + 4, length + 4));
      if ((int) checksum.getValue() != file.getInt(start + 8 + length)) {
        throw new IOException("wrong checksum of a part");
      }
      if (type.equals("eXIf")) {
        exif = Optional.of(file.slice(start + 8, length));
      }
      start += FRAME + length;
    }
    return exif;
  }
}
