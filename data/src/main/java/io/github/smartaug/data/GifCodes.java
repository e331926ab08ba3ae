package io.github.smartaug.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Counts the pixels that the LZW codes of a GIF picture stand for. Java's codec leaves those black
 * for which there are none.
 */
final class GifCodes {
  private static final int LONGEST_CODE = 12;
  private static final int NONE = -1;

  private final int clear;
  private final int[] lengths = new int[1 << LONGEST_CODE];
  private int next;
  private int bits;
  private int previous;
  private int waiting;
  private int waitingBits;
  private boolean ended;
  private long pixels;

  /**
   * No pixels yet.
   *
   * @param bits of a pixel, as the picture states it, from 1 to 11
   * @throws IOException if there are others
   */
  GifCodes(int bits) throws IOException {
    if (bits < 1 || bits >= LONGEST_CODE) {
      throw new IOException(bits + " bits a pixel");
    }
    clear = 1 << bits;
    Arrays.fill(lengths, 0, clear, 1);
    reset();
  }

  private void reset() {
    next = clear + 2;
    bits = Integer.numberOfTrailingZeros(clear) + 1;
    previous = NONE;
  }

  /** Takes a part of the codes. */
  void read(ByteBuffer part) throws IOException {
    while (part.hasRemaining() && !ended) {
      waiting |= Byte.toUnsignedInt(part.get()) << waitingBits;
      waitingBits += Byte.SIZE;
      while (waitingBits >= bits && !ended) {
        int code = waiting & ((1 << bits) - 1);
        waiting >>>= bits;
        waitingBits -= bits;
        read(code);
      }
    }
  }

  private void read(int code) throws IOException {
    if (code == clear) {
      reset();
      return;
    }
    if (code == clear + 1) {
      ended = true;
      return;
    }
    if (code > next || (previous == NONE && code >= clear)) {
      throw new IOException("a code that stands for nothing");
    }
    int length = code < next ? lengths[code] : lengths[previous] + 1;
    if (previous != NONE && next < lengths.length) {
      lengths[next] = lengths[previous] + 1;
      next++;
      if (next == 1 << bits && bits < LONGEST_CODE) {
        bits++;
      }
    }
    pixels += length;
    previous = code;
  }

  /** How many there are so far. */
  long pixels() {
    return pixels;
  }
}
