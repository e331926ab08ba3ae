package io.github.smartaug.data.parquet;

import io.airlift.compress.Decompressor;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** How the pages of a column are compressed. */
enum PageCodec {
  UNCOMPRESSED(0),
  SNAPPY(1),
  GZIP(2),
  ZSTD(6),
  LZ4_RAW(7);

  private final int number;

  PageCodec(int number) {
    this.number = number;
  }

  /** The codec of that number in a file. */
  static PageCodec of(int number) {
    return Arrays.stream(values())
        .filter(codec -> codec.number == number)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "pages are compressed by the method %d, allowed: %s"
                        .formatted(
                            number,
                            Arrays.stream(values())
                                .map(codec -> codec + " (" + codec.number + ")")
                                .collect(Collectors.joining(", ")))));
  }

  /**
   * What was compressed.
   *
   * @param size of it, in bytes
   */
  byte[] unpack(byte[] packed, int from, int size) throws IOException {
    byte[] unpacked = new byte[size];
    int length =
        switch (this) {
          case UNCOMPRESSED -> copied(packed, from, unpacked);
          case GZIP -> unzipped(packed, from, unpacked);
          case SNAPPY -> decompressed(new SnappyDecompressor(), packed, from, unpacked);
          case ZSTD -> decompressed(new ZstdDecompressor(), packed, from, unpacked);
          case LZ4_RAW -> decompressed(new Lz4Decompressor(), packed, from, unpacked);
        };
    if (length != size) {
      throw Thrift.damaged("a page of %d bytes in place of %d".formatted(length, size));
    }
    return unpacked;
  }

  private static int copied(byte[] packed, int from, byte[] unpacked) {
    int length = packed.length - from;
    System.arraycopy(packed, from, unpacked, 0, Math.min(length, unpacked.length));
    return length;
  }

  private static int unzipped(byte[] packed, int from, byte[] unpacked) throws IOException {
    try (GZIPInputStream in =
        new GZIPInputStream(new ByteArrayInputStream(packed, from, packed.length - from))) {
      return in.readNBytes(unpacked, 0, unpacked.length);
    }
  }

  private int decompressed(Decompressor decompressor, byte[] packed, int from, byte[] unpacked) {
    try {
      return decompressor.decompress(
          packed, from, packed.length - from, unpacked, 0, unpacked.length);
    } catch (MalformedInputException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("is damaged: a page that is not " + this, e);
    }
  }
}
