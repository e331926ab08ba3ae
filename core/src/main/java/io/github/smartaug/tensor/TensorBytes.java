package io.github.smartaug.tensor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Copies the elements of tensors from and to streams, little endian and row by row. It copies in
 * pieces, so that a large tensor is never in memory twice.
 */
final class TensorBytes {
  private static final int PIECE = 1 << 18;

  /** As many as NumPy's arrays have at most, and libtorch's operations can go through. */
  private static final int MOST_DIMENSIONS = 64;

  static {
    if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      throw new IllegalStateException("tensor files are little endian, this machine is not");
    }
  }

  private TensorBytes() {}

  /** Rejects a number of dimensions that no tensor can have. */
  static void requireDimensions(int count, String source) {
    if (count > MOST_DIMENSIONS) {
      throw new IllegalArgumentException(
          source + ": " + count + " dimensions, allowed: at most " + MOST_DIMENSIONS);
    }
  }

  /**
   * Reads a tensor on the CPU.
   *
   * @throws IllegalArgumentException if the stream ends too early; the message begins with {@code
   *     source}
   */
  static Tensor read(InputStream in, ElementType type, long[] shape, String source)
      throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      // Libtorch accepts only the bytes 0 and 1 as bool, so they are read as numbers first.
      boolean normalize = type == ElementType.BOOL;
      ScalarType memory = normalize ? ScalarType.Byte : type.scalarType();
      Tensor tensor = torch.empty(shape, new TensorOptions(memory), null);
      fill(tensor, type.bytes(shape), in, source);
      return scope.keep(normalize ? tensor.ne(new Scalar(0)) : tensor);
    }
  }

  private static void fill(Tensor tensor, long size, InputStream in, String source)
      throws IOException {
    if (size == 0) {
      return;
    }
    BytePointer memory = new BytePointer(tensor.data_ptr());
    byte[] piece = new byte[(int) Math.min(size, PIECE)];
    for (long done = 0; done < size; ) {
      int wanted = (int) Math.min(size - done, piece.length);
      int read = in.readNBytes(piece, 0, wanted);
      if (read < wanted) {
        throw new IllegalArgumentException(
            source + ": truncated, has " + (done + read) + " of " + size + " bytes of data");
      }
      memory.position(done).put(piece, 0, read);
      done += read;
    }
  }

  /** Writes the elements of a tensor on any device, in any memory layout. */
  static void write(Tensor tensor, OutputStream out) throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      Tensor plain = tensor.detach().cpu().contiguous();
      long size = plain.nbytes();
      if (size == 0) {
        return;
      }
      BytePointer memory = new BytePointer(plain.data_ptr());
      byte[] piece = new byte[(int) Math.min(size, PIECE)];
      for (long done = 0; done < size; ) {
        int length = (int) Math.min(size - done, piece.length);
        memory.position(done).get(piece, 0, length);
        out.write(piece, 0, length);
        done += length;
      }
    }
  }
}
