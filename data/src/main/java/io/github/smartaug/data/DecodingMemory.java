package io.github.smartaug.data;

import io.github.smartaug.tensor.MemoryNeed;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * Java's heap as something that decoding images share: together, they take half of it at most, or
 * there is one that takes more.
 */
final class DecodingMemory {
  private static final int PARTS = 1000;
  private static final Semaphore FREE = new Semaphore(PARTS, true);

  private DecodingMemory() {}

  /** What makes an image. */
  interface Decoding {
    DecodedImage decode() throws IOException;
  }

  /**
   * Decodes as soon as there is room.
   *
   * @param what is decoded; messages begin with it
   * @param bytes that it needs
   * @throws IllegalArgumentException if Java's heap does not suffice
   */
  static DecodedImage within(String what, double bytes, Decoding decoding) throws IOException {
    MemoryNeed.requireOfHeap(what, bytes);
    double half = Runtime.getRuntime().maxMemory() / 2.0;
    int parts = (int) Math.max(1, Math.min(PARTS, Math.ceil(PARTS * bytes / half)));
    FREE.acquireUninterruptibly(parts);
    try {
      return decoding.decode();
    } catch (OutOfMemoryError e) {
      throw new IllegalArgumentException(
          what
              + ": more memory than is left, allowed: the "
              + (Runtime.getRuntime().maxMemory() >> 20)
              + " MB of Java's heap",
          e);
    } finally {
      FREE.release(parts);
    }
  }
}
