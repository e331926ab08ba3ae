package io.github.smartaug.data;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * PNG files of every kind of the standard, written by hand: Java's own codec writes few of them.
 */
final class PngFile {
  static final int GREY = 0;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int GREY_ALPHA = 4;
  static final int RGB_ALPHA = 6;

  /** First column and row, and steps across and down, of the seven passes of Adam7. */
  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private static final int[][] WHOLE = {{0, 0, 1, 1}};

  private final int width;
  private final int height;
  private final int bits;
  private final int kind;
  private final ByteArrayOutputStream chunks = new ByteArrayOutputStream();
  private boolean interlaced;

  /** A picture without pixels yet. */
  PngFile(int width, int height, int bits, int kind) {
    this.width = width;
    this.height = height;
    this.bits = bits;
    this.kind = kind;
  }

  /** One number of the picture. */
  interface Samples {
    int at(int x, int y, int band);
  }

  /** Stores the pixels in the order of Adam7. */
  PngFile interlaced() {
    interlaced = true;
    return this;
  }

  /** A further chunk between the header and the pixels. */
  PngFile with(String type, int... content) {
    byte[] bytes = new byte[content.length];
    for (int i = 0; i < content.length; i++) {
      bytes[i] = (byte) content[i];
    }
    chunk(chunks, type, bytes);
    return this;
  }

  byte[] of(Samples samples) {
    try {
      ByteArrayOutputStream header = new ByteArrayOutputStream();
      DataOutputStream fields = new DataOutputStream(header);
      fields.writeInt(width);
      fields.writeInt(height);
      fields.write(new byte[] {(byte) bits, (byte) kind, 0, 0, (byte) (interlaced ? 1 : 0)});
      ByteArrayOutputStream pixels = new ByteArrayOutputStream();
      try (OutputStream deflated =
          new DeflaterOutputStream(pixels, new Deflater(Deflater.BEST_SPEED), 1 << 16)) {
        for (int[] pass : interlaced ? PASSES : WHOLE) {
          writePass(deflated, pass, samples);
        }
      }
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      file.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
      chunk(file, "IHDR", header.toByteArray());
      chunks.writeTo(file);
      chunk(file, "IDAT", pixels.toByteArray());
      chunk(file, "IEND", new byte[0]);
      return file.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writePass(OutputStream out, int[] pass, Samples samples) throws IOException {
    int columns = (width - pass[0] + pass[2] - 1) / pass[2];
    if (columns == 0) {
      return;
    }
    int bands = bands();
    byte[] row = new byte[1 + (columns * bands * bits + 7) / 8];
    for (int y = pass[1]; y < height; y += pass[3]) {
      Arrays.fill(row, (byte) 0);
      for (int i = 0; i < columns * bands; i++) {
        int sample = samples.at(pass[0] + i / bands * pass[2], y, i % bands);
        put(row, i, sample);
      }
      out.write(row);
    }
  }

  /** Samples begin at the highest bit of each byte; the byte before them says: not filtered. */
  private void put(byte[] row, int index, int sample) {
    int position = index * bits;
    if (bits == 16) {
      row[1 + position / 8] = (byte) (sample >> 8);
      row[2 + position / 8] = (byte) sample;
    } else {
      row[1 + position / 8] |= (byte) (sample << (8 - bits - position % 8));
    }
  }

  private int bands() {
    return switch (kind) {
      case RGB -> 3;
      case GREY_ALPHA -> 2;
      case RGB_ALPHA -> 4;
      default -> 1;
    };
  }

  private static void chunk(ByteArrayOutputStream file, String type, byte[] content) {
    try {
      DataOutputStream out = new DataOutputStream(file);
      byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
      CRC32 checksum = new CRC32();
      checksum.update(name);
      checksum.update(content);
      out.writeInt(content.length);
      out.write(name);
      out.write(content);
      out.writeInt((int) checksum.getValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
