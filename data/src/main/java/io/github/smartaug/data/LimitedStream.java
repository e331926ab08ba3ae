package io.github.smartaug.data;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A part of a stream, of a length that is known before: it ends there, and where the stream ends
 * earlier it is cut short. Closing it passes over what was not read, and leaves the stream open.
 */
final class LimitedStream extends FilterInputStream {
  private static final int BUFFER_BYTES = 1 << 13;

  private long remaining;

  LimitedStream(InputStream in, long length) {
    super(in);
    this.remaining = length;
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(single[0]);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (remaining == 0) {
      return -1;
    }
    int count = in.read(bytes, offset, (int) Math.min(length, remaining));
    if (count < 0) {
      throw new EOFException();
    }
    remaining -= count;
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    return readNBytes((int) Math.min(count, BUFFER_BYTES)).length;
  }

  @Override
  public int available() {
    return 0;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public void close() throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    while (remaining > 0) {
      read(buffer, 0, buffer.length);
    }
  }
}
